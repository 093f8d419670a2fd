// One report: the editor while its author writes, the signed text with its history otherwise.
import { useTranslation } from 'react-i18next';

import { useView } from '../host/query';
import { showDate } from '../i18n/dates';
import { usePatientOnScreen } from '../shared/patient';
import { Page, Problem, Skeleton } from '../shared/ui';
import { DraftActs } from './editor/DraftActs';
import { Editor } from './editor/Editor';
import { State } from './list/State';
import styles from './Report.module.css';
import { Signed } from './signed/Signed';
import { SignedActs } from './signed/SignedActs';

export function Report({ reportId }: { reportId: string }) {
  const { t } = useTranslation('reports');
  const { data: report, error, refetch } = useView('reports.view', { report_id: reportId });
  usePatientOnScreen(report?.patient);
  if (error) return <Page title={t('title')}><Problem error={error} retry={() => void refetch()} /></Page>;
  if (report === undefined) return <Page title={t('title')}><Skeleton rows={12} /></Page>;
  const writing = report.mine ? report.draft : null;
  const title = writing?.content.title ?? report.content?.title ?? '';
  return (
    <div className={styles.report}>
      <header className={styles.head}>
        <h1><bdi>{title === '' ? t('title') : title}</bdi></h1>
        <p className={styles.facts}>
          <State state={report.state} />
          {report.number !== null && <span className="numbers">{report.number}</span>}
          <span className="numbers">{[report.modality, report.study_date === null ? '' : showDate(report.study_date)].filter(Boolean).join(' · ')}</span>
          {!report.mine && <bdi>{report.author}</bdi>}
        </p>
        {writing === null ? <SignedActs report={report} /> : <DraftActs report={report} />}
      </header>
      {writing === null ? <Signed report={report} /> : <Editor report={report} draft={writing} />}
    </div>
  );
}
