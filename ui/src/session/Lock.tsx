import { Dialog as Radix } from 'radix-ui';
import { useEffect, useState, type FormEvent } from 'react';
import { useTranslation } from 'react-i18next';

import type { SessionView } from '../bindings/types';
import { useCommand } from '../host/query';
import { Alone, Button, Problem, TextInput } from '../shared/ui';
import styles from './session.module.css';
import { useWait } from './wait';

/** Lies over the work, opaque. A dialog, so that it takes the focus from any dialog beneath and gives it back. */
export function Lock({ session }: { session: SessionView }) {
  const { t } = useTranslation('session');
  const unlock = useCommand('session.unlock');
  const signOut = useCommand('session.sign_out');
  const [password, setPassword] = useState('');
  const wait = useWait(unlock.error);
  // Nothing of the work is drawn beneath, dialogs included.
  useEffect(() => {
    document.documentElement.dataset['locked'] = '';
    return () => {
      delete document.documentElement.dataset['locked'];
    };
  }, []);
  const onSubmit = (event: FormEvent) => {
    event.preventDefault();
    unlock.mutate({ password }, { onError: () => setPassword('') });
  };
  return (
    <Radix.Root open>
      <Radix.Portal>
        <Radix.Content className={styles.lock} aria-describedby={undefined} onEscapeKeyDown={(event) => event.preventDefault()} onPointerDownOutside={(event) => event.preventDefault()} onInteractOutside={(event) => event.preventDefault()}>
          <Radix.Title asChild><span className="unseen">{t('lock.title')}</span></Radix.Title>
          <Alone title={t('lock.title')} hint={t('lock.hint', { name: session.name })} foot={session.clinic_name}>
            <form className={styles.form} onSubmit={onSubmit}>
              {/* eslint-disable-next-line jsx-a11y/no-autofocus */}
              <TextInput label={t('lock.password', { name: session.name })} name="password" type="password" autoFocus autoComplete="current-password" value={password} onChange={(event) => setPassword(event.target.value)} />
              {unlock.error && <Problem error={unlock.error} small />}
              {signOut.error && <Problem error={signOut.error} small />}
              {wait > 0 && <p role="timer" className="numbers">{t('signIn.wait', { count: wait })}</p>}
              <div className={styles.row}>
                <Button kind="quiet" onClick={() => signOut.mutate(null)} busy={signOut.isPending}>{t('lock.other')}</Button>
                <Button type="submit" kind="primary" busy={unlock.isPending} disabled={wait > 0 || password === ''}>{t('lock.unlock')}</Button>
              </div>
            </form>
          </Alone>
        </Radix.Content>
      </Radix.Portal>
    </Radix.Root>
  );
}
