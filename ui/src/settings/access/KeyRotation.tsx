// This computer's secret, on which everybody's wrapped key rests, made anew by the administrator.
import { useState, type FormEvent } from 'react';
import { useTranslation } from 'react-i18next';

import { useCommand, useView } from '../../host/query';
import { Button, Dialog, Panel, Problem, Skeleton, TextInput, toast } from '../../shared/ui';
import styles from '../account/account.module.css';

export function KeyRotation() {
  const { t } = useTranslation('account');
  const rotation = useView('accounts.key_rotation', null);
  const settings = useView('settings.read', null);
  const [asking, setAsking] = useState(false);
  const waiting = rotation.data?.waiting ?? 0;
  return (
    <Panel title={t('rotation.title')} aside={<Button disabled={rotation.data === undefined || waiting > 0} onClick={() => setAsking(true)}>{t('rotation.go')}</Button>}>
      {rotation.error && <Problem error={rotation.error} retry={() => void rotation.refetch()} />}
      {rotation.isPending && <Skeleton rows={2} />}
      {rotation.data && (
        <>
          <p>{t('rotation.text')}</p>
          <p className={styles.quiet}>{rotation.data.generation === 0 ? t('rotation.never') : t('rotation.times', { count: rotation.data.generation })} {waiting > 0 && t('rotation.waiting', { count: waiting })}</p>
        </>
      )}
      {asking && <Ask passphrase={settings.data?.key_store === 'passphrase_file'} onClose={() => setAsking(false)} />}
    </Panel>
  );
}

function Ask({ passphrase, onClose }: { passphrase: boolean; onClose: () => void }) {
  const { t } = useTranslation('account');
  const rotate = useCommand('accounts.rotate_keys');
  const [password, setPassword] = useState('');
  const [device, setDevice] = useState('');
  const onSubmit = (event: FormEvent) => {
    event.preventDefault();
    rotate.mutate({ password, passphrase: passphrase ? device : null }, {
      onSuccess: () => {
        toast(t('rotation.done'));
        onClose();
      },
    });
  };
  return (
    <Dialog open onOpenChange={onClose} size="small" title={t('rotation.askTitle')} description={t('rotation.askHint')} footer={<Button kind="primary" type="submit" form="rotate" busy={rotate.isPending} disabled={password === '' || (passphrase && device === '')}>{t('rotation.go')}</Button>}>
      <form id="rotate" className={styles.form} onSubmit={onSubmit}>
        <TextInput label={t('ownPassword')} type="password" autoComplete="current-password" value={password} onChange={(event) => setPassword(event.target.value)} />
        {passphrase && <TextInput label={t('rotation.passphrase')} type="password" autoComplete="new-password" value={device} onChange={(event) => setDevice(event.target.value)} />}
        {rotate.error && <Problem error={rotate.error} small />}
      </form>
    </Dialog>
  );
}
