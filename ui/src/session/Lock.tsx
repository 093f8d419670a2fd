import { Dialog as Radix } from 'radix-ui';
import { useEffect, useState, type FormEvent, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';

import type { SessionView } from '../bindings/types';
import { asFailure, openOther, type Failure } from '../host';
import { useCommand } from '../host/query';
import { Alone, Button, Problem, TextInput } from '../shared/ui';
import { Others } from './Others';
import styles from './session.module.css';
import { useWait } from './wait';

/** Lies over the work, opaque. A dialog, so that it takes the focus from any dialog beneath and gives it back. `beside` goes on
 *  behind the lock: the captions of a consultation. */
export function Lock({ session, beside }: { session: SessionView; beside?: ReactNode }) {
  const { t } = useTranslation('session');
  const signOut = useCommand('session.sign_out');
  const [byPassword, setByPassword] = useState(false);
  const [error, setError] = useState<Failure | null>(null);
  const pin = session.pin && !byPassword;
  // Nothing of the work is drawn beneath, dialogs included.
  useEffect(() => {
    document.documentElement.dataset['locked'] = '';
    return () => {
      delete document.documentElement.dataset['locked'];
    };
  }, []);
  const somebodyElse = () => openOther().catch((thrown: unknown) => setError(asFailure(thrown)));
  return (
    <Radix.Root open>
      <Radix.Portal>
        <Radix.Content className={styles.lock} aria-describedby={undefined} onEscapeKeyDown={(event) => event.preventDefault()} onPointerDownOutside={(event) => event.preventDefault()} onInteractOutside={(event) => event.preventDefault()}>
          <Radix.Title asChild><span className="unseen">{t('lock.title')}</span></Radix.Title>
          <Alone title={t('lock.title')} languages={false} hint={t('lock.hint', { name: session.name })} foot={session.clinic_name}>
            {beside}
            {pin ? <ByPin key="pin" session={session} onPassword={() => setByPassword(true)} /> : <ByPassword key="password" session={session} />}
            <Others />
            {error !== null && <Problem error={error} small />}
            {signOut.error && <Problem error={signOut.error} small />}
            <div className={styles.ways}>
              <Button kind="quiet" onClick={() => void somebodyElse()}>{t('lock.other')}</Button>
              <Button kind="quiet" onClick={() => signOut.mutate(null)} busy={signOut.isPending}>{t('lock.signOut', { name: session.name })}</Button>
            </div>
          </Alone>
        </Radix.Content>
      </Radix.Portal>
    </Radix.Root>
  );
}

function ByPassword({ session }: { session: SessionView }) {
  const { t } = useTranslation('session');
  const unlock = useCommand('session.unlock');
  const [password, setPassword] = useState('');
  const wait = useWait(unlock.error);
  const onSubmit = (event: FormEvent) => {
    event.preventDefault();
    unlock.mutate({ password }, { onError: () => setPassword('') });
  };
  return (
    <form className={styles.form} onSubmit={onSubmit}>
      {/* eslint-disable-next-line jsx-a11y/no-autofocus */}
      <TextInput label={t('lock.password', { name: session.name })} name="password" type="password" autoFocus autoComplete="current-password" value={password} onChange={(event) => setPassword(event.target.value)} />
      {unlock.error && <Problem error={unlock.error} small />}
      {wait > 0 && <p role="timer" className="numbers">{t('signIn.wait', { count: wait })}</p>}
      <Button type="submit" kind="primary" busy={unlock.isPending} disabled={wait > 0 || password === ''}>{t('lock.unlock')}</Button>
    </form>
  );
}

function ByPin({ session, onPassword }: { session: SessionView; onPassword: () => void }) {
  const { t } = useTranslation('session');
  const unlock = useCommand('session.unlock_with_pin');
  const [pin, setPin] = useState('');
  const onSubmit = (event: FormEvent) => {
    event.preventDefault();
    unlock.mutate({ pin }, {
      onError: () => setPin(''),
    });
  };
  return (
    <form className={styles.form} onSubmit={onSubmit}>
      {/* eslint-disable-next-line jsx-a11y/no-autofocus */}
      <TextInput label={t('lock.pin', { name: session.name })} name="pin" type="password" inputMode="numeric" dir="ltr" className={styles.code} maxLength={8} autoFocus autoComplete="off" value={pin} onChange={(event) => setPin(event.target.value.replace(/\D/g, ''))} />
      {unlock.error && <Problem error={unlock.error} small />}
      <div className={styles.row}>
        <Button kind="quiet" onClick={onPassword}>{t('lock.byPassword')}</Button>
        <Button type="submit" kind="primary" busy={unlock.isPending} disabled={pin.length < 4}>{t('lock.unlock')}</Button>
      </div>
    </form>
  );
}
