import { ShieldAlert, ShieldCheck, ShieldQuestion } from 'lucide-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';

import { useView } from '../host/query';
import { showCount } from '../i18n/numbers';
import { Button, Problem } from '../shared/ui';
import styles from './Journal.module.css';

/** Checks every row, every link and the signed head, when asked. */
export function Verify() {
  const { t } = useTranslation('journal');
  const [asked, setAsked] = useState(false);
  const report = useView('journal.verify', null, { enabled: asked });
  const run = () => (asked ? void report.refetch() : setAsked(true));
  const Icon = report.data === undefined ? ShieldQuestion : report.data.intact ? ShieldCheck : ShieldAlert;
  return (
    <div className={styles.verify} data-state={report.data === undefined ? undefined : report.data.intact ? 'intact' : 'broken'}>
      <Icon size={18} aria-hidden />
      <p role="status">
        {report.data === undefined && (report.isFetching ? t('verify.running') : t('verify.hint'))}
        {report.data?.intact && t('verify.intact', { rows: showCount(report.data.rows), ms: Math.ceil(report.data.ms) })}
        {report.data && !report.data.intact && t('verify.broken', { problem: t(`problem.${report.data.problem ?? 'unknown'}`, { defaultValue: report.data.problem ?? '' }), row: showCount(report.data.first_bad ?? 0) })}
      </p>
      <Button busy={report.isFetching} onClick={run}>{t('verify.go')}</Button>
      {report.error && <Problem error={report.error} small />}
    </div>
  );
}
