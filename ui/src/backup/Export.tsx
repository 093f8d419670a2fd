// The record as plain files: one patient's from the chart, the clinic's from the backups. The password is asked for again.
import { FolderOpen, FolderOutput, TriangleAlert } from 'lucide-react';
import { useState, type FormEvent } from 'react';
import { useTranslation } from 'react-i18next';

import type { ExportedView } from '../bindings/types';
import { pickFolder, type Failure } from '../host';
import { useCommand } from '../host/query';
import { showBytes, showCount } from '../i18n/numbers';
import { Button, Dialog, Panel, Problem, TextInput } from '../shared/ui';
import styles from './backup.module.css';

/** Every patient's. */
export function ExportClinic() {
  const { t } = useTranslation('backup');
  const save = useCommand('export.clinic');
  return (
    <Panel title={t('export.clinicTitle')}>
      <p className={styles.quiet}>{t('export.clinicHint')}</p>
      <ExportDialog title={t('export.clinicTitle')} open={t('export.clinicGo')} busy={save.isPending} error={save.error} done={save.data} onReset={save.reset} onGo={(folder, password) => save.mutate({ folder, password })} />
    </Panel>
  );
}

/** One patient's, beside the chart. */
export function ExportPatient({ patientId }: { patientId: string }) {
  const { t } = useTranslation('backup');
  const save = useCommand('export.patient');
  return (
    <Panel title={t('export.patientTitle')}>
      <p className={styles.quiet}>{t('export.patientHint')}</p>
      <ExportDialog title={t('export.patientTitle')} open={t('export.patientGo')} busy={save.isPending} error={save.error} done={save.data} onReset={save.reset} onGo={(folder, password) => save.mutate({ patient_id: patientId, folder, password })} />
    </Panel>
  );
}

interface ExportDialogProps {
  title: string;
  /** What the button says that opens it. */
  open: string;
  busy: boolean;
  error: Failure | null;
  done: ExportedView | undefined;
  onReset: () => void;
  onGo: (folder: string, password: string) => void;
}

function ExportDialog({ title, open, busy, error, done, onReset, onGo }: ExportDialogProps) {
  const { t } = useTranslation('backup');
  const [shown, setShown] = useState(false);
  const [folder, setFolder] = useState('');
  const [password, setPassword] = useState('');
  const toggle = (on: boolean) => {
    if (busy) return;
    setShown(on);
    setPassword('');
    setFolder('');
    onReset();
  };
  const onSubmit = (event: FormEvent) => {
    event.preventDefault();
    onGo(folder, password);
  };
  const choose = () => void pickFolder().then(([picked]) => {
    if (picked !== undefined) setFolder(picked);
  });
  return (
    <>
      <div><Button icon={FolderOutput} onClick={() => toggle(true)}>{open}</Button></div>
      <Dialog title={title} open={shown} onOpenChange={toggle}>
        {done !== undefined ? (
          <div className={styles.form}>
            <p role="status">{t('export.done', { count: done.patients, patients: showCount(done.patients), scans: showCount(done.scans), reports: showCount(done.reports), size: showBytes(done.bytes) })}</p>
            <p className={styles.folder}><bdi dir="ltr">{done.folder}</bdi></p>
            <div><Button kind="primary" onClick={() => toggle(false)}>{t('common:close')}</Button></div>
          </div>
        ) : (
          <form className={styles.form} onSubmit={onSubmit}>
            <p className={styles.warning}><TriangleAlert size={18} aria-hidden /><span>{t('export.warning')}</span></p>
            <p className={styles.quiet}>{t('export.what')}</p>
            <div className={styles.folder}>
              <div><span>{t('export.folder')}</span>{folder === '' ? <span className={styles.quiet}>{t('plan.noFolder')}</span> : <bdi dir="ltr">{folder}</bdi>}</div>
              <Button icon={FolderOpen} onClick={choose}>{t('plan.choose')}</Button>
            </div>
            <TextInput label={t('export.password')} name="password" type="password" autoComplete="current-password" value={password} onChange={(event) => setPassword(event.target.value)} />
            {error && <Problem error={error} small />}
            <div><Button type="submit" kind="danger" busy={busy} disabled={folder === '' || password === ''}>{t('export.go')}</Button></div>
          </form>
        )}
      </Dialog>
    </>
  );
}
