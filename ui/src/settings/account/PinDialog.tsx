import { useState, type FormEvent } from 'react';
import { useTranslation } from 'react-i18next';

import { useCommand } from '../../host/query';
import { Button, Dialog, Problem, TextInput, toast } from '../../shared/ui';
import styles from './account.module.css';

const digits = (text: string) => text.replace(/\D/g, '');

export function PinDialog({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation('account');
  const set = useCommand('session.set_pin');
  const [password, setPassword] = useState('');
  const [pin, setPin] = useState('');
  const [again, setAgain] = useState('');
  const differ = again.length >= pin.length && again !== '' && again !== pin;
  const onSubmit = (event: FormEvent) => {
    event.preventDefault();
    set.mutate({ password, pin }, {
      onSuccess: () => {
        toast(t('pin.done'));
        onClose();
      },
    });
  };
  const field = { type: 'password', inputMode: 'numeric', dir: 'ltr', maxLength: 8, autoComplete: 'off', className: styles.code ?? '' } as const;
  return (
    <Dialog open onOpenChange={onClose} size="small" title={t('pin.setTitle')} description={t('pin.setHint')} footer={<Button kind="primary" type="submit" form="set-pin" busy={set.isPending} disabled={password === '' || pin.length < 4 || pin !== again}>{t('pin.go')}</Button>}>
      <form id="set-pin" className={styles.form} onSubmit={onSubmit}>
        <TextInput {...field} label={t('pin.pin')} hint={t('pin.rule')} value={pin} onChange={(event) => setPin(digits(event.target.value))} />
        <TextInput {...field} label={t('pin.again')} error={differ ? t('pin.differ') : undefined} value={again} onChange={(event) => setAgain(digits(event.target.value))} />
        <TextInput label={t('ownPassword')} type="password" autoComplete="current-password" value={password} onChange={(event) => setPassword(event.target.value)} />
        {set.error && <Problem error={set.error} small />}
      </form>
    </Dialog>
  );
}
