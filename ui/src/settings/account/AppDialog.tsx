// An authenticator app in three steps: password, QR code and a first code, recovery codes.
import { useState, type FormEvent } from 'react';
import { useTranslation } from 'react-i18next';

import { useCommand } from '../../host/query';
import { Button, Dialog, Problem, TextInput } from '../../shared/ui';
import { RecoveryCodes } from './RecoveryCodes';
import styles from './account.module.css';

export function AppDialog({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation('account');
  const begin = useCommand('session.begin_authenticator');
  const confirm = useCommand('session.confirm_factor');
  const [password, setPassword] = useState('');
  const [code, setCode] = useState('');
  if (confirm.data !== undefined) return <RecoveryCodes codes={confirm.data.codes} done={t('app.done')} onClose={onClose} />;
  const shown = begin.data;
  const error = confirm.error ?? begin.error;
  const onSubmit = (event: FormEvent) => {
    event.preventDefault();
    if (shown === undefined) begin.mutate({ password }, { onError: () => setPassword(''), onSuccess: () => setPassword('') });
    else confirm.mutate({ code }, { onError: () => setCode('') });
  };
  return (
    <Dialog
      open onOpenChange={onClose} title={t('app.title')} description={shown === undefined ? t('app.hint') : t('app.scan')}
      footer={<Button kind="primary" type="submit" form="set-up-app" busy={begin.isPending || confirm.isPending} disabled={shown === undefined ? password === '' : code.length !== 6}>{shown === undefined ? t('next') : t('app.go')}</Button>}
    >
      <form id="set-up-app" className={styles.form} onSubmit={onSubmit}>
        {shown === undefined ? (
          <TextInput label={t('ownPassword')} type="password" autoComplete="current-password" value={password} onChange={(event) => setPassword(event.target.value)} />
        ) : (
          <>
            <div className={styles.qr}>
              <img alt={t('app.qr')} src={`data:image/svg+xml;utf8,${encodeURIComponent(shown.qr)}`} />
              <ol>
                <li>{t('app.step1')}</li>
                <li>{t('app.step2')}</li>
                <li>{t('app.step3')} <code className={styles.secret} dir="ltr">{shown.secret}</code></li>
              </ol>
            </div>
            <TextInput label={t('app.code')} dir="ltr" className={styles.code} inputMode="numeric" maxLength={6} autoComplete="one-time-code" value={code} onChange={(event) => setCode(event.target.value.replace(/\D/g, ''))} />
          </>
        )}
        {error !== null && <Problem error={error} small />}
      </form>
    </Dialog>
  );
}
