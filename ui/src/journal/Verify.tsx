import { ShieldAlert, ShieldCheck, ShieldQuestion } from 'lucide-react';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';

import type { JournalProgress } from '../bindings/types';
import { on } from '../host';
import { useView } from '../host/query';
import { showCount } from '../i18n/numbers';
import { Button, Problem } from '../shared/ui';
import styles from './Journal.module.css';

/** Checks every row, every link and the signed head, when asked. */
export function Verify() {
  const { t } = useTranslation('journal');
  const [asked, setAsked] = useState(false);
  const report = useView('journal.verify', null, { enabled: asked });
  const [progress, setProgress] = useState<JournalProgress | null>(null);
  useEffect(() => on('journal.progress', setProgress), []);
  const run = () => {
    setProgress(null);
    if (asked) void report.refetch();
    else setAsked(true);
  };
  const Icon = report.data === undefined ? ShieldQuestion : report.data.intact ? ShieldCheck : ShieldAlert;
  return (
    <div className={styles.verify} data-state={report.data === undefined ? undefined : report.data.intact ? 'intact' : 'broken'}>
      <Icon size={18} aria-hidden />
      <p role="status">
        {report.isFetching && (progress === null ? t('verify.running') : t('verify.sofar', { rows: showCount(progress.rows), of: showCount(progress.of) }))}
        {!report.isFetching && report.data === undefined && t('verify.hint')}
        {!report.isFetching && report.data?.intact && t('verify.intact', { rows: showCount(report.data.rows), ms: Math.ceil(report.data.ms) })}
        {!report.isFetching && report.data && !report.data.intact && t('verify.broken', { problem: t(`problem.${report.data.problem ?? 'unknown'}`, { defaultValue: report.data.problem ?? '' }), row: showCount(report.data.first_bad ?? 0) })}
      </p>
      {report.isFetching && progress !== null && <progress className={styles.progress} max={Math.max(1, progress.of)} value={progress.rows} aria-label={t('verify.progress')} />}
      <Button busy={report.isFetching} onClick={run}>{t('verify.go')}</Button>
      {report.data?.fingerprint != null && <code className={styles.id} dir="ltr" title={t('verify.fingerprint')}>{report.data.fingerprint.slice(0, 16)}…</code>}
      {report.error && <Problem error={report.error} small />}
    </div>
  );
}
