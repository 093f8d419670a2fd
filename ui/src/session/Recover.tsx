import { useState, type FormEvent } from 'react';
import { useTranslation } from 'react-i18next';

import { useCommand } from '../host/query';
import { Alone, Button, Problem, TextArea, TextInput, toast } from '../shared/ui';
import { PASSWORD_LENGTH } from '../shared/validate';
import styles from './session.module.css';

/** The way back in when no administrator knows a password: the phrase that was written down at the start. */
export function Recover({ onDone }: { onDone: () => void }) {
  const { t } = useTranslation('session');
  const recover = useCommand('setup.recover');
  const [phrase, setPhrase] = useState('');
  const [login, setLogin] = useState('');
  const [password, setPassword] = useState('');
  const count = phrase.trim() === '' ? 0 : phrase.trim().split(/\s+/).length;
  const onSubmit = (event: FormEvent) => {
    event.preventDefault();
    recover.mutate({ phrase: phrase.trim(), login: login.trim(), new_password: password }, {
      onSuccess: () => {
        toast(t('recover.done'));
        onDone();
      },
    });
  };
  return (
    <Alone title={t('recover.title')} hint={t('recover.hint')}>
      <form className={styles.form} onSubmit={onSubmit}>
        <TextArea label={t('recover.phrase')} hint={t('recover.words', { count })} name="phrase" dir="ltr" autoComplete="off" spellCheck={false} value={phrase} onChange={(event) => setPhrase(event.target.value)} />
        <TextInput label={t('recover.login')} name="login" autoCapitalize="none" value={login} onChange={(event) => setLogin(event.target.value)} />
        <TextInput label={t('recover.newPassword')} hint={t('passwordRule', { count: PASSWORD_LENGTH })} name="new_password" type="password" autoComplete="new-password" value={password} onChange={(event) => setPassword(event.target.value)} />
        {recover.error && <Problem error={recover.error} small />}
        <div className={styles.row}>
          <Button kind="quiet" onClick={onDone}>{t('common:back')}</Button>
          <Button type="submit" kind="primary" busy={recover.isPending} disabled={count < 12 || login === '' || password.length < PASSWORD_LENGTH}>{t('recover.go')}</Button>
        </div>
      </form>
    </Alone>
  );
}
