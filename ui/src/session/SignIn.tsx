import { useState, type FormEvent } from 'react';
import { useTranslation } from 'react-i18next';

import type { SetupStatus } from '../bindings/types';
import { useCommand } from '../host/query';
import { Alone, Button, Problem, TextInput } from '../shared/ui';
import { DemoAccounts } from './DemoAccounts';
import { Recover } from './Recover';
import styles from './session.module.css';
import { useWait } from './wait';

export function SignIn({ status }: { status: SetupStatus }) {
  const { t } = useTranslation('session');
  const signIn = useCommand('session.sign_in');
  const [login, setLogin] = useState('');
  const [password, setPassword] = useState('');
  const [recovering, setRecovering] = useState(false);
  const wait = useWait(signIn.error);

  if (recovering) return <Recover onDone={() => setRecovering(false)} />;
  const onSubmit = (event: FormEvent) => {
    event.preventDefault();
    signIn.mutate({ login: login.trim(), password }, { onError: () => setPassword('') });
  };
  return (
    <Alone
      title={status.clinic_name ?? t('signIn.title')} hint={t('signIn.hint')}
      foot={<>{t('frame:product')} {status.version} · {t('frame:about.notForDiagnosis')}</>}
    >
      <form className={styles.form} onSubmit={onSubmit}>
        {/* The one thing to do on this screen. */}
        {/* eslint-disable-next-line jsx-a11y/no-autofocus */}
        <TextInput label={t('login')} name="login" autoFocus autoComplete="username" autoCapitalize="none" required value={login} onChange={(event) => setLogin(event.target.value)} />
        <TextInput label={t('password')} name="password" type="password" autoComplete="current-password" required value={password} onChange={(event) => setPassword(event.target.value)} />
        {signIn.error && <Problem error={signIn.error} small />}
        {wait > 0 && <p role="timer" className="numbers">{t('signIn.wait', { count: wait })}</p>}
        <Button type="submit" kind="primary" busy={signIn.isPending} disabled={wait > 0 || login === '' || password === ''}>{t('signIn.go')}</Button>
      </form>
      {status.demo && <DemoAccounts accounts={status.demo_accounts} busy={signIn.isPending} onChoose={(account) => signIn.mutate({ login: account.login, password: account.password })} />}
      {!status.demo && <Button kind="quiet" onClick={() => setRecovering(true)}>{t('signIn.forgot')}</Button>}
    </Alone>
  );
}
