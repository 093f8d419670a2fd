import { useState, type FormEvent } from 'react';
import { useTranslation } from 'react-i18next';

import type { LastBackupView, SetupStatus } from '../bindings/types';
import type { Failure } from '../host';
import { useCommand } from '../host/query';
import { showMoment } from '../i18n/dates';
import { Alone, Button, Problem, TextInput } from '../shared/ui';
import { DemoAccounts } from './DemoAccounts';
import { Join } from './Join';
import { Others } from './Others';
import { Recover } from './Recover';
import styles from './session.module.css';
import { useWait } from './wait';

/** What the record says when the password was right and a code is due. */
const CODE_DUE: ReadonlySet<string> = new Set(['authenticator-code-needed', 'email-code-needed', 'email-code-not-sent']);

export function SignIn({ status, onRestore }: { status: SetupStatus; onRestore: (folder: string | null) => void }) {
  const { t } = useTranslation('session');
  const signIn = useCommand('session.sign_in');
  const [login, setLogin] = useState('');
  const [password, setPassword] = useState('');
  const [asked, setAsked] = useState<string | null>(null);
  const [way, setWay] = useState<'sign-in' | 'recover' | 'join'>('sign-in');
  const wait = useWait(signIn.error);

  if (way === 'recover') return <Recover onDone={() => setWay('sign-in')} />;
  if (way === 'join') return <Join onDone={(joined) => {
    setLogin(joined);
    setWay('sign-in');
  }} />;
  const onError = (error: Failure) => (CODE_DUE.has(error.message_id) ? setAsked(error.message_id) : setPassword(''));
  if (asked !== null) {
    return <Code asked={asked} login={login.trim()} password={password} onAgain={() => signIn.mutate({ login: login.trim(), password, code: null }, { onError })} onBack={() => {
      setAsked(null);
      setPassword('');
      signIn.reset();
    }} />;
  }
  const onSubmit = (event: FormEvent) => {
    event.preventDefault();
    signIn.mutate({ login: login.trim(), password, code: null }, { onError });
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
        {signIn.error?.code === 'damaged' && status.last_backup !== null && <Offer last={status.last_backup} onRestore={onRestore} />}
        {wait > 0 && <p role="timer" className="numbers">{t('signIn.wait', { count: wait })}</p>}
        <Button type="submit" kind="primary" busy={signIn.isPending} disabled={wait > 0 || login === '' || password === ''}>{t('signIn.go')}</Button>
      </form>
      {status.demo && <DemoAccounts accounts={status.demo_accounts} busy={signIn.isPending} onChoose={(account) => signIn.mutate({ login: account.login, password: account.password, code: null })} />}
      <Others />
      {!status.demo && (
        <div className={styles.ways}>
          <Button kind="quiet" onClick={() => setWay('join')}>{t('signIn.invited')}</Button>
          <Button kind="quiet" onClick={() => setWay('recover')}>{t('signIn.forgot')}</Button>
          <Button kind="quiet" onClick={() => onRestore(null)}>{t('backup:restore.entry')}</Button>
        </div>
      )}
    </Alone>
  );
}

/** The record does not open: what brings it back is one step away. */
function Offer({ last, onRestore }: { last: LastBackupView; onRestore: (folder: string | null) => void }) {
  const { t } = useTranslation('backup');
  const when = showMoment(last.at);
  return (
    <div className={styles.form}>
      <p>{t(last.there ? 'restore.offer' : 'restore.offerMissing', { when })}</p>
      <Button onClick={() => onRestore(last.there ? last.folder : null)}>{t(last.there ? 'restore.offerGo' : 'restore.entry')}</Button>
    </div>
  );
}

/** The second step: a code of the app or of the letter, or a recovery code. */
function Code({ asked, login, password, onAgain, onBack }: { asked: string; login: string; password: string; onAgain: () => void; onBack: () => void }) {
  const { t } = useTranslation('session');
  const signIn = useCommand('session.sign_in');
  const [code, setCode] = useState('');
  const [lost, setLost] = useState(false);
  const wait = useWait(signIn.error);
  const mailed = asked !== 'authenticator-code-needed';
  const onSubmit = (event: FormEvent) => {
    event.preventDefault();
    signIn.mutate({ login, password, code }, { onError: () => setCode('') });
  };
  const hint = lost ? t('code.hint.recovery') : t(`code.hint.${asked === 'email-code-not-sent' ? 'notSent' : mailed ? 'email' : 'authenticator'}`);
  return (
    <Alone title={t('code.title')} hint={hint}>
      <form className={styles.form} onSubmit={onSubmit}>
        {/* eslint-disable-next-line jsx-a11y/no-autofocus */}
        <TextInput key={String(lost)} label={t(lost ? 'code.recovery' : 'code.label')} name="code" dir="ltr" className={styles.code} autoFocus autoComplete="one-time-code" {...(lost ? {} : { inputMode: 'numeric' as const, maxLength: 7 })} value={code} onChange={(event) => setCode(event.target.value)} />
        {signIn.error && <Problem error={signIn.error} small />}
        {wait > 0 && <p role="timer" className="numbers">{t('signIn.wait', { count: wait })}</p>}
        <div className={styles.row}>
          <Button kind="quiet" onClick={onBack}>{t('common:back')}</Button>
          <Button type="submit" kind="primary" busy={signIn.isPending} disabled={wait > 0 || code.trim() === ''}>{t('signIn.go')}</Button>
        </div>
      </form>
      <div className={styles.ways}>
        {mailed && !lost && <Button kind="quiet" onClick={onAgain}>{t('code.again')}</Button>}
        <Button kind="quiet" onClick={() => {
          setLost(!lost);
          setCode('');
        }}>{t(lost ? 'code.useCode' : 'code.lost')}</Button>
      </div>
    </Alone>
  );
}
