// The record as plain files: one patient's from the chart, the clinic's from the backups. The password is asked for again.
import { CircleCheck, FolderOpen, FolderOutput, TriangleAlert } from 'lucide-react';
import { useState, type FormEvent } from 'react';
import { useTranslation } from 'react-i18next';

import type { ExportJobView, ExportStateView } from '../bindings/types';
import { pickFolder, type Failure } from '../host';
import { useCommand, useView } from '../host/query';
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
      <Standing of={null} />
      <ExportDialog title={t('export.clinicTitle')} open={t('export.clinicGo')} busy={save.isPending} error={save.error} onReset={save.reset} onGo={(folder, password, onSuccess) => save.mutate({ folder, password }, { onSuccess })} />
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
      <Standing of={patientId} />
      <ExportDialog title={t('export.patientTitle')} open={t('export.patientGo')} busy={save.isPending} error={save.error} onReset={save.reset} onGo={(folder, password, onSuccess) => save.mutate({ patient_id: patientId, folder, password }, { onSuccess })} />
    </Panel>
  );
}

/** One's own export of this record or of the clinic: how far it is, or how it ended. It goes on while one works elsewhere. */
function Standing({ of }: { of: string | null }) {
  const state = useView('export.state', null);
  const known = state.data;
  if (known === undefined || known.patient_id !== of) return null;
  if (known.running !== null) return <Running job={known.running} />;
  return <Ended state={known} />;
}

function Running({ job }: { job: ExportJobView }) {
  const { t } = useTranslation('backup');
  const cancel = useCommand('export.cancel');
  const counted = job.total > 0;
  return (
    <div className={styles.progress} role="status">
      <p>{t('export.writing')}<span className="numbers">{counted && <> · {t('export.running', { done: showCount(job.patients), total: showCount(job.total) })}</>} · {showBytes(job.bytes)}</span></p>
      <progress aria-label={t('export.bar')} {...(counted && job.total > 1 ? { value: job.patients, max: job.total } : {})} />
      <Button kind="quiet" busy={cancel.isPending} onClick={() => cancel.mutate(null)}>{t('common:cancel')}</Button>
    </div>
  );
}

function Ended({ state: { done, problem } }: { state: ExportStateView }) {
  const { t } = useTranslation('backup');
  if (problem !== null) return problem.code === 'cancelled' ? <p role="status">{t('export.stopped')}</p> : <Problem error={problem} small />;
  if (done === null) return null;
  return (
    <div className={styles.standing} data-tone="good" role="status">
      <CircleCheck size={20} aria-hidden />
      <div className={styles.exported}>
        <p>{t('export.done', { count: done.patients, patients: showCount(done.patients), scans: showCount(done.scans), reports: showCount(done.reports), size: showBytes(done.bytes) })}</p>
        <p>{t('export.also', { notes: showCount(done.notes), prescriptions: showCount(done.prescriptions) })}</p>
        <p><bdi dir="ltr">{done.folder}</bdi></p>
      </div>
    </div>
  );
}

interface ExportDialogProps {
  title: string;
  /** What the button says that opens it. */
  open: string;
  busy: boolean;
  error: Failure | null;
  onReset: () => void;
  onGo: (folder: string, password: string, onBegun: () => void) => void;
}

function ExportDialog({ title, open, busy, error, onReset, onGo }: ExportDialogProps) {
  const { t } = useTranslation('backup');
  const [shown, setShown] = useState(false);
  const [folder, setFolder] = useState('');
  const [password, setPassword] = useState('');
  const show = (on: boolean) => {
    setShown(on);
    setPassword('');
    setFolder('');
    onReset();
  };
  const toggle = (on: boolean) => {
    if (!busy) show(on);
  };
  const onSubmit = (event: FormEvent) => {
    event.preventDefault();
    onGo(folder, password, () => show(false));
  };
  const choose = () => void pickFolder().then(([picked]) => {
    if (picked !== undefined) setFolder(picked);
  });
  return (
    <>
      <div><Button icon={FolderOutput} onClick={() => toggle(true)}>{open}</Button></div>
      <Dialog title={title} open={shown} onOpenChange={toggle}>
        <form className={styles.form} onSubmit={onSubmit}>
          <p className={styles.warning}><TriangleAlert size={18} aria-hidden /><span>{t('export.warning')}</span></p>
          <p className={styles.quiet}>{t('export.what')} {t('export.more')}</p>
          <div className={styles.folder}>
            <div><span>{t('export.folder')}</span>{folder === '' ? <span className={styles.quiet}>{t('plan.noFolder')}</span> : <bdi dir="ltr">{folder}</bdi>}</div>
            <Button icon={FolderOpen} onClick={choose}>{t('plan.choose')}</Button>
          </div>
          <TextInput label={t('export.password')} name="password" type="password" autoComplete="current-password" value={password} onChange={(event) => setPassword(event.target.value)} />
          {error && <Problem error={error} small />}
          <div><Button type="submit" kind="danger" busy={busy} disabled={folder === '' || password === ''}>{t('export.go')}</Button></div>
        </form>
      </Dialog>
    </>
  );
}
