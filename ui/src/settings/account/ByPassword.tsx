import { useState, type FormEvent } from 'react';
import { useTranslation } from 'react-i18next';

import type { Failure } from '../../host';
import { Button, Dialog, Problem, TextInput } from '../../shared/ui';
import styles from './account.module.css';

interface ByPasswordProps {
  title: string;
  hint: string;
  go: string;
  danger?: boolean;
  busy: boolean;
  error: Failure | null;
  onClose: () => void;
  onSubmit: (password: string) => void;
}

/** What changes one's own access is asked for by the password again: a window may have been left open. */
export function ByPassword({ title, hint, go, danger = false, busy, error, onClose, onSubmit }: ByPasswordProps) {
  const { t } = useTranslation('account');
  const [password, setPassword] = useState('');
  const submit = (event: FormEvent) => {
    event.preventDefault();
    onSubmit(password);
  };
  return (
    <Dialog open onOpenChange={onClose} size="small" title={title} description={hint} footer={<Button kind={danger ? 'danger' : 'primary'} type="submit" form="by-password" busy={busy} disabled={password === ''}>{go}</Button>}>
      <form id="by-password" className={styles.form} onSubmit={submit}>
        <TextInput label={t('ownPassword')} type="password" autoComplete="current-password" value={password} onChange={(event) => setPassword(event.target.value)} />
        {error !== null && <Problem error={error} small />}
      </form>
    </Dialog>
  );
}
