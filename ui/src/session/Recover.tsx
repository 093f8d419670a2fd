import { useState, type FormEvent } from 'react';
import { useTranslation } from 'react-i18next';

import { useCommand } from '../host/query';
import { Alone, Button, NewPassword, Problem, TextArea, TextInput, toast } from '../shared/ui';
import { PASSWORD_LENGTH } from '../shared/validate';
import styles from './session.module.css';

/** The way back in when no administrator knows a password: the phrase that was written down at the start. Where this computer's own
 *  passphrase is lost, too (`device`), another is chosen. */
export function Recover({ device = false, onDone }: { device?: boolean; onDone: () => void }) {
  const { t } = useTranslation('session');
  const recover = useCommand('setup.recover');
  const [phrase, setPhrase] = useState('');
  const [login, setLogin] = useState('');
  const [password, setPassword] = useState('');
  const [allowed, setAllowed] = useState(false);
  const [passphrase, setPassphrase] = useState('');
  const count = phrase.trim() === '' ? 0 : phrase.trim().split(/\s+/).length;
  // Where the key file is gone, the record asks for a passphrase by this.
  const asksDevice = device || recover.error?.message_id === 'passphrase-needed';
  const onSubmit = (event: FormEvent) => {
    event.preventDefault();
    recover.mutate({ phrase: phrase.trim(), login: login.trim(), new_password: password, device_passphrase: asksDevice ? passphrase : null }, {
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
        <NewPassword label={t('recover.newPassword')} name="new_password" about={[login]} value={password} onChange={setPassword} onJudged={setAllowed} />
        {asksDevice && <TextInput label={t('recover.device')} hint={t('recover.deviceHint', { count: PASSWORD_LENGTH })} name="device_passphrase" type="password" autoComplete="new-password" value={passphrase} onChange={(event) => setPassphrase(event.target.value)} />}
        {recover.error && <Problem error={recover.error} small />}
        <p className={styles.note}>{t('recover.takes')}</p>
        <div className={styles.row}>
          <Button kind="quiet" onClick={onDone}>{t('common:back')}</Button>
          <Button type="submit" kind="primary" busy={recover.isPending} disabled={count < 12 || login === '' || !allowed || (asksDevice && passphrase.length < PASSWORD_LENGTH)}>{t('recover.go')}</Button>
        </div>
      </form>
    </Alone>
  );
}
