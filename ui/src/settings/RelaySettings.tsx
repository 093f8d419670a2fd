// The relay: which one, or a room on this network; enrolled once by a code; tested by a button that says what failed.
import { CircleCheck, CircleX, Link2Off, RouterIcon } from 'lucide-react';
import { useState, type FormEvent } from 'react';
import { useTranslation } from 'react-i18next';

import type { RelayTestView, RelayView } from '../bindings/types';
import { useCommand, useView } from '../host/query';
import { sentenceOf } from '../shared/sentences';
import { useMay } from '../shared/session-store';
import { Button, Dialog, Panel, Problem, Skeleton, TextInput, toast } from '../shared/ui';
import { CertificateNote } from '../shared/ui/CertificateNote';
import styles from './settings.module.css';

export function RelaySettings() {
  const { t } = useTranslation('settings');
  const relay = useView('relay.view', null);
  const test = useCommand('relay.test');
  return (
    <Panel title={t('relay.title')} aside={relay.data !== undefined && relay.data.mode !== 'none' && <Button busy={test.isPending} onClick={() => test.mutate(null)}>{t('relay.test')}</Button>}>
      <p>{t('relay.hint')}</p>
      {relay.error && <Problem error={relay.error} retry={() => void relay.refetch()} />}
      {relay.isPending && <Skeleton rows={3} />}
      {test.error && <Problem error={test.error} small />}
      {test.data !== undefined && !test.isPending && <Tested result={test.data} />}
      {relay.data !== undefined && (relay.data.mode === 'none' ? <Unset /> : <Set relay={relay.data} onChanged={test.reset} />)}
    </Panel>
  );
}

export function Tested({ result: { ok, message_id, args, ms } }: { result: RelayTestView }) {
  const { t } = useTranslation('settings');
  const said = message_id === null ? null : sentenceOf({ code: 'busy', message_id, args });
  return (
    <ul className={styles.checks} aria-live="polite">
      <li data-ok={ok}>
        {ok ? <CircleCheck size={16} aria-hidden /> : <CircleX size={16} aria-hidden />}
        <div><span>{ok ? t('test.works', { ms }) : t('test.fails')}</span>{said !== null && <p>{said.title} {said.advice}</p>}</div>
      </li>
    </ul>
  );
}

function Set({ relay, onChanged }: { relay: RelayView; onChanged: () => void }) {
  const { t } = useTranslation('settings');
  const forget = useCommand('relay.forget');
  const closeRoom = useCommand('relay.close_room');
  const mayClose = useMay('relay.close_room');
  const [asking, setAsking] = useState(false);
  const lan = relay.mode === 'lan';
  return (
    <>
      <dl className={styles.facts}>
        <dt>{t('relay.where')}</dt><dd>{t(`relay.mode.${relay.mode}`)}</dd>
        <dt>{t('relay.address')}</dt><dd><bdi dir="ltr">{relay.address}</bdi></dd>
        <dt>{t('relay.enrolled')}</dt><dd>{relay.enrolled ? t('relay.yes') : t('relay.no')}</dd>
      </dl>
      {relay.lan !== null && !relay.lan.trusted && <CertificateNote lan={relay.lan} />}
      {(forget.error ?? closeRoom.error) && <Problem error={(forget.error ?? closeRoom.error)!} small />}
      {!lan && <div><Button icon={Link2Off} onClick={() => setAsking(true)}>{t('relay.forget')}</Button></div>}
      {lan && mayClose && <div><Button icon={Link2Off} busy={closeRoom.isPending} onClick={() => closeRoom.mutate(null, { onSuccess: onChanged })}>{t('relay.closeRoom')}</Button></div>}
      {asking && (
        <Dialog
          open size="small" onOpenChange={() => setAsking(false)} title={t('relay.forgetTitle')} description={t('relay.forgetHint')}
          footer={<><Button onClick={() => setAsking(false)}>{t('relay.keep')}</Button><Button kind="danger" icon={Link2Off} busy={forget.isPending} onClick={() => forget.mutate(null, { onSuccess: () => {
            setAsking(false);
            onChanged();
          } })}>{t('relay.forget')}</Button></>}
        >{null}</Dialog>
      )}
    </>
  );
}

function Unset() {
  const { t } = useTranslation('settings');
  const enrol = useCommand('relay.enrol');
  const openRoom = useCommand('relay.open_room');
  const mayOpen = useMay('relay.open_room');
  const [address, setAddress] = useState('');
  const [code, setCode] = useState('');
  const [fingerprint, setFingerprint] = useState('');
  const secure = address.trim() === '' || /^https:\/\/\S+$/.test(address.trim());
  const onSubmit = (event: FormEvent) => {
    event.preventDefault();
    enrol.mutate({ address: address.trim(), code: code.trim(), fingerprint: fingerprint.trim() === '' ? null : fingerprint.trim() }, { onSuccess: () => toast(t('relay.enrolDone')) });
  };
  return (
    <>
      <p><strong>{t('relay.mode.none')}</strong> {t('relay.noneHint')}</p>
      <form className={styles.form} onSubmit={onSubmit}>
        <div className={styles.two}>
          <TextInput label={t('relay.address')} hint={t('relay.addressHint')} dir="ltr" placeholder="https://relay.example" value={address} error={secure ? undefined : t('relay.addressRule')} onChange={(event) => setAddress(event.target.value)} />
          <TextInput label={t('relay.code')} hint={t('relay.codeHint')} dir="ltr" value={code} onChange={(event) => setCode(event.target.value)} />
        </div>
        <TextInput label={t('relay.fingerprint')} optional={t('common:optional')} hint={t('relay.fingerprintHint')} dir="ltr" value={fingerprint} onChange={(event) => setFingerprint(event.target.value)} />
        {enrol.error && <Problem error={enrol.error} small />}
        {openRoom.error && <Problem error={openRoom.error} small />}
        <div className={styles.choiceButtons}>
          <Button kind="primary" type="submit" busy={enrol.isPending} disabled={!secure || address.trim() === '' || code.trim() === ''}>{t('relay.enrol')}</Button>
          {mayOpen && <Button icon={RouterIcon} busy={openRoom.isPending} onClick={() => openRoom.mutate(null)}>{t('relay.openRoom')}</Button>}
        </div>
      </form>
      {!mayOpen && <p className={styles.quiet}>{t('relay.roomByDoctor')}</p>}
    </>
  );
}
