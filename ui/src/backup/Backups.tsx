// An administrator's screen: where backups go, whether they happened, what is there, and the clinic as plain files.
import { CircleAlert, CircleCheck, CircleSlash, DatabaseBackup } from 'lucide-react';
import { useTranslation } from 'react-i18next';

import type { BackupRunView, BackupView } from '../bindings/types';
import { useCommand, useView } from '../host/query';
import { showMoment } from '../i18n/dates';
import { showBytes, showCount } from '../i18n/numbers';
import { sentenceOf } from '../shared/sentences';
import { useMay } from '../shared/session-store';
import { Button, Empty, Page, Panel, Problem, Skeleton } from '../shared/ui';
import { ExportClinic } from './Export';
import { Plan } from './Plan';
import { Progress, useRunningJob } from './progress';
import { Snapshots } from './Snapshots';
import styles from './backup.module.css';

export function Backups() {
  const { t } = useTranslation('backup');
  const view = useView('backup.view', null);
  return (
    <Page title={t('title')} hint={t('hint')}>
      {view.error && <Problem error={view.error} retry={() => void view.refetch()} />}
      {view.isPending && <Skeleton rows={6} />}
      {view.data !== undefined && <Loaded view={view.data} />}
    </Page>
  );
}

function Loaded({ view }: { view: BackupView }) {
  const { t } = useTranslation('backup');
  const exports = useMay('export.clinic');
  return (
    <>
      {view.plan !== null && <Now view={view} />}
      <Plan key={JSON.stringify(view.plan)} plan={view.plan} />
      {view.plan !== null && <Snapshots view={view} />}
      {view.plan !== null && (
        <Panel title={t('runs.title')}>
          {view.runs.length === 0 ? <Empty icon={DatabaseBackup} title={t('runs.none')} hint={t('runs.noneHint')} /> : <Runs runs={view.runs} />}
        </Panel>
      )}
      {exports && <ExportClinic />}
    </>
  );
}

/** How things stand in one sentence, and the one thing to do. */
function Now({ view: { state } }: { view: BackupView }) {
  const { t } = useTranslation('backup');
  const start = useCommand('backup.start');
  const cancel = useCommand('backup.cancel');
  const job = useRunningJob(state.running);
  const failed = state.problem !== null && state.problem.code !== 'cancelled';
  const tone = failed ? 'bad' : state.overdue ? 'late' : state.last_verified === null ? 'none' : 'good';
  const Icon = tone === 'good' ? CircleCheck : tone === 'none' ? CircleSlash : CircleAlert;
  return (
    <Panel title={t('now.title')} aside={job === null ? <Button kind="primary" busy={start.isPending} onClick={() => start.mutate(null)}>{t('now.go')}</Button> : undefined}>
      <div className={styles.standing} data-tone={tone}>
        <Icon size={20} aria-hidden />
        <div>
          <p>{state.last_verified === null ? t('now.never') : t('now.last', { when: showMoment(state.last_verified) })}</p>
          {state.overdue && <p>{t('now.overdue')}</p>}
          {state.problem !== null && failed && <p>{sentenceOf(state.problem).title} {sentenceOf(state.problem).advice}</p>}
          {state.next !== null && <p className={styles.quiet}>{t('now.next', { when: showMoment(state.next) })}</p>}
        </div>
      </div>
      {start.error && <Problem error={start.error} small />}
      {job !== null && <Progress job={job} busy={cancel.isPending} onCancel={() => cancel.mutate(null)} />}
    </Panel>
  );
}

function Runs({ runs }: { runs: readonly BackupRunView[] }) {
  const { t } = useTranslation('backup');
  return (
    <div className={styles.scroll}>
      <table className={styles.table}>
        <thead><tr><th scope="col">{t('runs.when')}</th><th scope="col">{t('runs.how')}</th><th scope="col" data-numeric>{t('runs.size')}</th><th scope="col" data-numeric>{t('runs.written')}</th><th scope="col" data-numeric>{t('runs.files')}</th></tr></thead>
        <tbody>
          {runs.map((run) => (
            <tr key={run.started}>
              <th scope="row">{showMoment(run.started)}</th>
              <td data-bad={run.outcome === 'failed' || undefined}>{t(`outcome.${run.outcome}`)}{run.outcome === 'failed' && run.problem !== null && <small>{sentenceOf(run.problem).title}</small>}</td>
              <td data-numeric>{run.bytes === null ? '' : showBytes(run.bytes)}</td>
              <td data-numeric>{run.written === null ? '' : showBytes(run.written)}</td>
              <td data-numeric>{run.files === null ? '' : showCount(run.files)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
