// A patient at the kiosk: their reports, as the doctor signed them. One thing at a time.
import { ChevronRight, FileText, TriangleAlert } from 'lucide-react';
import { useTranslation } from 'react-i18next';

import type { OwnReportRow } from '../../bindings/types';
import { useView } from '../../host/query';
import { showDate } from '../../i18n/dates';
import { useGo } from '../../shared/go';
import { usePatientOnScreen } from '../../shared/patient';
import { Empty, Page, Problem, Skeleton } from '../../shared/ui';
import styles from './own.module.css';

export function OwnReports() {
  const { t } = useTranslation('clinic');
  const identity = useView('own.identity', null);
  const reports = useView('own.reports', null);
  usePatientOnScreen(identity.data);
  return (
    <Page title={t('ownReports.title')} hint={t('ownReports.hint')}>
      {identity.error && <Problem error={identity.error} />}
      {reports.error && <Problem error={reports.error} retry={() => void reports.refetch()} />}
      {reports.isPending && <Skeleton rows={4} />}
      {reports.data?.length === 0 && <Empty icon={FileText} title={t('ownReports.none')} hint={t('ownReports.noneHint')} />}
      <ul className={styles.scans}>{reports.data?.map((row) => <li key={row.id}><Row row={row} /></li>)}</ul>
    </Page>
  );
}

function Row({ row }: { row: OwnReportRow }) {
  const { t } = useTranslation('clinic');
  const go = useGo();
  return (
    <button type="button" className={styles.report} data-withdrawn={row.state === 'entered_in_error' || undefined} onClick={() => go.to(`/my-reports/${row.id}`)}>
      <span className={styles.what}>
        <strong><bdi>{row.exam}</bdi></strong>
        <span>{t('ownReports.signed', { by: row.author, date: showDate(row.signed) })}</span>
        <Standing state={row.state} />
      </span>
      <span className="numbers">{row.number}</span>
      <ChevronRight size={20} aria-hidden className={styles.onward} />
    </button>
  );
}

/** What a patient must know of a report's state; nothing where it is simply final. */
export function Standing({ state }: { state: OwnReportRow['state'] }) {
  const { t } = useTranslation('clinic');
  if (state !== 'amended' && state !== 'appended' && state !== 'entered_in_error') return null;
  return <span className={styles.standing} data-state={state}>{state === 'entered_in_error' && <TriangleAlert size={18} aria-hidden />}{t(`ownReports.state.${state}`)}</span>;
}
