import { useState, type FormEvent } from 'react';
import { useTranslation } from 'react-i18next';

import { useCommand } from '../host/query';
import { Button, Dialog, NewPassword, Problem, TextInput, toast } from '../shared/ui';
import styles from './session.module.css';

export function ChangePassword({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation('session');
  const change = useCommand('session.change_password');
  const [current, setCurrent] = useState('');
  const [next, setNext] = useState('');
  const [again, setAgain] = useState('');
  const [allowed, setAllowed] = useState(false);
  const differ = again !== '' && again !== next;
  const onSubmit = (event: FormEvent) => {
    event.preventDefault();
    change.mutate({ current, new: next }, {
      onSuccess: () => {
        toast(t('change.done'));
        onClose();
      },
    });
  };
  return (
    <Dialog
      open onOpenChange={onClose} size="small" title={t('change.title')}
      footer={<Button type="submit" form="change-password" kind="primary" busy={change.isPending} disabled={current === '' || !allowed || next !== again}>{t('change.go')}</Button>}
    >
      <form id="change-password" className={styles.form} onSubmit={onSubmit}>
        <TextInput label={t('change.current')} type="password" autoComplete="current-password" value={current} onChange={(event) => setCurrent(event.target.value)} />
        <NewPassword label={t('change.next')} value={next} onChange={setNext} onJudged={setAllowed} />
        <TextInput label={t('change.again')} type="password" autoComplete="new-password" error={differ ? t('change.differ') : undefined} value={again} onChange={(event) => setAgain(event.target.value)} />
        {change.error && <Problem error={change.error} small />}
      </form>
    </Dialog>
  );
}
