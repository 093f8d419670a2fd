import { useState, type FormEvent } from 'react';
import { useTranslation } from 'react-i18next';

import { useCommand } from '../host/query';
import { Alone, Button, NewPassword, Problem, TextInput, toast } from '../shared/ui';
import styles from './session.module.css';
import { useWait } from './wait';

/** Whoever was invited types the code once and chooses a password. */
export function Join({ onDone }: { onDone: (login: string) => void }) {
  const { t } = useTranslation('session');
  const join = useCommand('session.join');
  const [login, setLogin] = useState('');
  const [code, setCode] = useState('');
  const [password, setPassword] = useState('');
  const [allowed, setAllowed] = useState(false);
  const wait = useWait(join.error);
  const onSubmit = (event: FormEvent) => {
    event.preventDefault();
    join.mutate({ login: login.trim(), code, password }, {
      onSuccess: () => {
        toast(t('join.done'));
        onDone(login.trim());
      },
    });
  };
  return (
    <Alone title={t('join.title')} hint={t('join.hint')}>
      <form className={styles.form} onSubmit={onSubmit}>
        {/* eslint-disable-next-line jsx-a11y/no-autofocus */}
        <TextInput label={t('login')} name="login" autoFocus autoCapitalize="none" value={login} onChange={(event) => setLogin(event.target.value)} />
        <TextInput label={t('join.code')} hint={t('join.codeHint')} name="code" dir="ltr" className={styles.code} autoCapitalize="characters" value={code} onChange={(event) => setCode(event.target.value)} />
        <NewPassword label={t('join.password')} name="new_password" about={[login]} value={password} onChange={setPassword} onJudged={setAllowed} />
        {join.error && <Problem error={join.error} small />}
        {wait > 0 && <p role="timer" className="numbers">{t('signIn.wait', { count: wait })}</p>}
        <div className={styles.row}>
          <Button kind="quiet" onClick={() => onDone('')}>{t('common:back')}</Button>
          <Button type="submit" kind="primary" busy={join.isPending} disabled={login.trim() === '' || code.replace(/[^0-9a-z]/gi, '').length < 16 || !allowed || wait > 0}>{t('join.go')}</Button>
        </div>
      </form>
    </Alone>
  );
}
