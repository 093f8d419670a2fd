// Codes by e-mail: the address is proven by the first one.
import { useState, type FormEvent } from 'react';
import { useTranslation } from 'react-i18next';

import { useCommand } from '../../host/query';
import { Button, Dialog, Problem, TextInput } from '../../shared/ui';
import { RecoveryCodes } from './RecoveryCodes';
import styles from './account.module.css';

export function EmailDialog({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation('account');
  const begin = useCommand('session.begin_email_codes');
  const confirm = useCommand('session.confirm_factor');
  const [password, setPassword] = useState('');
  const [email, setEmail] = useState('');
  const [code, setCode] = useState('');
  if (confirm.data !== undefined) return <RecoveryCodes codes={confirm.data.codes} done={t('email.done')} onClose={onClose} />;
  const sent = begin.isSuccess;
  const error = confirm.error ?? begin.error;
  const onSubmit = (event: FormEvent) => {
    event.preventDefault();
    if (sent) confirm.mutate({ code }, { onError: () => setCode('') });
    else begin.mutate({ password, email: email.trim() }, { onSuccess: () => setPassword('') });
  };
  return (
    <Dialog
      open onOpenChange={onClose} size="small" title={t('email.title')} description={sent ? t('email.sent', { email }) : t('email.hint')}
      footer={<Button kind="primary" type="submit" form="set-up-email" busy={begin.isPending || confirm.isPending} disabled={sent ? code.length !== 6 : password === '' || !email.includes('@')}>{sent ? t('email.go') : t('email.send')}</Button>}
    >
      <form id="set-up-email" className={styles.form} onSubmit={onSubmit}>
        {sent ? (
          <TextInput label={t('email.code')} dir="ltr" className={styles.code} inputMode="numeric" maxLength={6} autoComplete="one-time-code" value={code} onChange={(event) => setCode(event.target.value.replace(/\D/g, ''))} />
        ) : (
          <>
            <TextInput label={t('email.address')} type="email" dir="ltr" autoComplete="email" value={email} onChange={(event) => setEmail(event.target.value)} />
            <TextInput label={t('ownPassword')} type="password" autoComplete="current-password" value={password} onChange={(event) => setPassword(event.target.value)} />
          </>
        )}
        {error !== null && <Problem error={error} small />}
      </form>
    </Dialog>
  );
}
