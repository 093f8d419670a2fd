// A copy to take home, sealed with words that only the patient knows.
import { Download, KeyRound } from 'lucide-react';
import { useState, type FormEvent } from 'react';
import { useTranslation } from 'react-i18next';

import { pickSave } from '../../host';
import { useCommand } from '../../host/query';
import { Button, Dialog, Problem, TextInput } from '../../shared/ui';
import styles from './own.module.css';

/** As crates/reports/src/passphrase.rs asks of words that a person made up. */
const LETTERS = 12;
const WORDS = 4;
const DIFFERENT = 5;

export function isStrong(text: string): boolean {
  const trimmed = text.trim();
  const words = trimmed.split(/\s+/).filter((word) => [...word].length > 1);
  return ([...trimmed].length >= LETTERS || words.length >= WORDS) && new Set(trimmed).size >= DIFFERENT;
}

export function KeepCopy({ reportId, fileName, onClose }: { reportId: string; fileName: string; onClose: () => void }) {
  const { t } = useTranslation('clinic');
  const save = useCommand('own.save_report');
  const [passphrase, setPassphrase] = useState('');
  const [again, setAgain] = useState('');
  const strong = isStrong(passphrase);
  const same = passphrase.trim() === again.trim();
  const onSubmit = async (event: FormEvent) => {
    event.preventDefault();
    const path = await pickSave(fileName);
    if (path !== null) save.mutate({ report_id: reportId, passphrase: passphrase.trim(), path });
  };
  if (save.isSuccess) {
    return (
      <Dialog open onOpenChange={onClose} title={t('ownReports.keptTitle')} footer={<Button kind="primary" onClick={onClose}>{t('common:close')}</Button>}>
        <p className={styles.plain}>{t('ownReports.kept')}</p>
      </Dialog>
    );
  }
  return (
    <Dialog open onOpenChange={onClose} title={t('ownReports.keepTitle')} description={t('ownReports.keepHint')}>
      <form className={styles.keep} onSubmit={(event) => void onSubmit(event)}>
        <TextInput label={t('ownReports.passphrase')} hint={t('ownReports.rule')} type="password" autoComplete="new-password" value={passphrase} error={passphrase === '' || strong ? undefined : t('ownReports.weak')} onChange={(event) => setPassphrase(event.target.value)} />
        <TextInput label={t('ownReports.again')} type="password" autoComplete="new-password" value={again} error={again === '' || same ? undefined : t('ownReports.differs')} onChange={(event) => setAgain(event.target.value)} />
        <p className={styles.remember}><KeyRound size={18} aria-hidden />{t('ownReports.remember')}</p>
        {save.error && <Problem error={save.error} small />}
        <div className={styles.acts}>
          <Button kind="primary" type="submit" icon={Download} busy={save.isPending} disabled={!strong || !same}>{t('ownReports.choose')}</Button>
          <Button onClick={onClose}>{t('ownReports.not')}</Button>
        </div>
      </form>
    </Dialog>
  );
}
