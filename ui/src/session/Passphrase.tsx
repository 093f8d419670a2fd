import { useState, type FormEvent } from 'react';
import { useTranslation } from 'react-i18next';

import { useCommand } from '../host/query';
import { Alone, Button, Problem, TextInput } from '../shared/ui';
import { Recover } from './Recover';
import styles from './session.module.css';
import { useWait } from './wait';

/** Where no keychain answers: the passphrase of the device's key file, asked at each start. */
export function Passphrase() {
  const { t } = useTranslation('session');
  const open = useCommand('setup.passphrase');
  const [passphrase, setPassphrase] = useState('');
  const [recovering, setRecovering] = useState(false);
  const wait = useWait(open.error);
  if (recovering) return <Recover device onDone={() => setRecovering(false)} />;
  const onSubmit = (event: FormEvent) => {
    event.preventDefault();
    open.mutate({ passphrase });
  };
  return (
    <Alone title={t('passphrase.title')} hint={t('passphrase.hint')}>
      <form className={styles.form} onSubmit={onSubmit}>
        {/* eslint-disable-next-line jsx-a11y/no-autofocus */}
        <TextInput label={t('passphrase.label')} name="passphrase" type="password" autoFocus value={passphrase} onChange={(event) => setPassphrase(event.target.value)} />
        {open.error && <Problem error={open.error} small />}
        <Button type="submit" kind="primary" busy={open.isPending} disabled={passphrase === '' || wait > 0}>{t('passphrase.go')}</Button>
      </form>
      <Button kind="quiet" onClick={() => setRecovering(true)}>{t('passphrase.lost')}</Button>
    </Alone>
  );
}
