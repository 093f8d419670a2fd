// A FHIR server that gets reports on a doctor's word.
import { useState, type FormEvent } from 'react';
import { useTranslation } from 'react-i18next';

import type { FhirView } from '../../bindings/types';
import { useCommand, useView } from '../../host/query';
import { Button, Panel, Problem, Skeleton, TextInput, toast } from '../../shared/ui';
import styles from '../settings.module.css';
import { Steps } from './Steps';

export function FhirSettings() {
  const { t } = useTranslation('settings');
  const settings = useView('delivery.settings', null);
  const test = useCommand('delivery.test_fhir');
  const fhir = settings.data?.fhir ?? null;
  return (
    <Panel title={t('fhir.title')} aside={fhir !== null && <Button busy={test.isPending} onClick={() => test.mutate(null)}>{t('fhir.test')}</Button>}>
      <p>{t('fhir.hint')}</p>
      {settings.error && <Problem error={settings.error} retry={() => void settings.refetch()} />}
      {settings.isPending && <Skeleton rows={3} />}
      {test.error && <Problem error={test.error} small />}
      {test.data !== undefined && !test.isPending && <Steps result={test.data} />}
      {settings.data !== undefined && <Form key={JSON.stringify(fhir)} fhir={fhir} onSaved={test.reset} />}
    </Panel>
  );
}

/** Encrypted, or on this computer. */
export const isSafeAddress = (text: string) => /^https:\/\/\S+$/.test(text) || /^http:\/\/(localhost|127(\.\d+){3}|\[::1\])([:/]\S*)?$/.test(text);

function Form({ fhir, onSaved }: { fhir: FhirView | null; onSaved: () => void }) {
  const { t } = useTranslation('settings');
  const save = useCommand('delivery.set_fhir');
  const [address, setAddress] = useState(fhir?.base_url ?? '');
  const [token, setToken] = useState('');
  const safe = address.trim() === '' || isSafeAddress(address.trim());
  const changed = address.trim() !== (fhir?.base_url ?? '') || token !== '';
  const onSubmit = (event: FormEvent) => {
    event.preventDefault();
    save.mutate({ base_url: address.trim(), token: token === '' ? null : token }, {
      onSuccess: () => {
        toast(t(address.trim() === '' ? 'fhir.off' : 'fhir.saved'));
        onSaved();
      },
    });
  };
  return (
    <form className={styles.form} onSubmit={onSubmit}>
      <div className={styles.two}>
        <TextInput label={t('fhir.address')} hint={t('fhir.addressHint')} dir="ltr" placeholder="https://fhir.example/r4" value={address} error={safe ? undefined : t('fhir.addressRule')} onChange={(event) => setAddress(event.target.value)} />
        <TextInput label={t('fhir.token')} optional={t('common:optional')} hint={t(fhir?.has_token === true ? 'engine.keyKept' : 'engine.keyOptional')} type="password" autoComplete="new-password" dir="ltr" placeholder={fhir?.has_token === true ? t('engine.keyUnchanged') : ''} value={token} onChange={(event) => setToken(event.target.value)} />
      </div>
      {save.error && <Problem error={save.error} small />}
      <div><Button kind="primary" type="submit" busy={save.isPending} disabled={!safe || !changed}>{t('fhir.save')}</Button></div>
    </form>
  );
}
