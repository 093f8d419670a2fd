// WhatsApp through a provider: off until an administrator switches it on, having read what leaves the clinic then.
import { ShieldAlert } from 'lucide-react';
import { useState, type FormEvent } from 'react';
import { useTranslation } from 'react-i18next';

import type { WhatsAppView } from '../../bindings/types';
import { useCommand, useView } from '../../host/query';
import { Button, Panel, Problem, Skeleton, TextInput, toast, Toggle } from '../../shared/ui';
import styles from '../settings.module.css';
import { isSafeAddress } from './FhirSettings';
import { Steps } from './Steps';

export function WhatsAppSettings() {
  const { t } = useTranslation('settings');
  const settings = useView('delivery.settings', null);
  const test = useCommand('delivery.test_whatsapp');
  const whatsapp = settings.data?.whatsapp ?? null;
  return (
    <Panel title={t('whatsapp.title')} aside={whatsapp !== null && <Button busy={test.isPending} onClick={() => test.mutate(null)}>{t('whatsapp.test')}</Button>}>
      {settings.error && <Problem error={settings.error} retry={() => void settings.refetch()} />}
      {settings.isPending && <Skeleton rows={3} />}
      {test.error && <Problem error={test.error} small />}
      {test.data !== undefined && !test.isPending && <Steps result={test.data} />}
      {settings.data !== undefined && <Form key={JSON.stringify(whatsapp)} whatsapp={whatsapp} onSaved={test.reset} />}
    </Panel>
  );
}

function Form({ whatsapp, onSaved }: { whatsapp: WhatsAppView | null; onSaved: () => void }) {
  const { t } = useTranslation('settings');
  const save = useCommand('delivery.set_whatsapp');
  const [on, setOn] = useState(whatsapp !== null);
  const [address, setAddress] = useState(whatsapp?.base_url ?? '');
  const [sender, setSender] = useState(whatsapp?.sender_id ?? '');
  const [token, setToken] = useState('');
  const safe = address.trim() === '' || isSafeAddress(address.trim());
  const valid = on ? safe && address.trim() !== '' && sender.trim() !== '' && (whatsapp?.has_token === true || token !== '') : whatsapp !== null;
  const onSubmit = (event: FormEvent) => {
    event.preventDefault();
    save.mutate(on ? { base_url: address.trim(), sender_id: sender.trim(), token: token === '' ? null : token } : { base_url: '', sender_id: '', token: null }, {
      onSuccess: () => {
        toast(t(on ? 'whatsapp.saved' : 'whatsapp.off'));
        onSaved();
      },
    });
  };
  return (
    <form className={styles.form} onSubmit={onSubmit}>
      <Toggle label={t('whatsapp.on')} hint={t('whatsapp.onHint')} checked={on} onChange={setOn} />
      {on && (
        <>
          <div className={styles.leaves} role="note"><ShieldAlert size={18} aria-hidden /><div><strong>{t('whatsapp.leavesTitle')}</strong><p>{t('whatsapp.leaves')}</p><p>{t('whatsapp.law')}</p></div></div>
          <div className={styles.two}>
            <TextInput label={t('whatsapp.address')} hint={t('whatsapp.addressHint')} dir="ltr" value={address} error={safe ? undefined : t('fhir.addressRule')} onChange={(event) => setAddress(event.target.value)} />
            <TextInput label={t('whatsapp.sender')} hint={t('whatsapp.senderHint')} dir="ltr" value={sender} onChange={(event) => setSender(event.target.value)} />
            <TextInput label={t('whatsapp.token')} hint={t(whatsapp?.has_token === true ? 'engine.keyKept' : 'engine.keyHint')} type="password" autoComplete="new-password" dir="ltr" placeholder={whatsapp?.has_token === true ? t('engine.keyUnchanged') : ''} value={token} onChange={(event) => setToken(event.target.value)} />
          </div>
        </>
      )}
      {save.error && <Problem error={save.error} small />}
      {(on || whatsapp !== null) && <div><Button kind="primary" type="submit" busy={save.isPending} disabled={!valid}>{t(on ? 'whatsapp.save' : 'whatsapp.switchOff')}</Button></div>}
    </form>
  );
}
