// One of the patient's reports: the pages that were signed, what became of it since, and a copy to take home.
import { ArrowLeft, Download } from 'lucide-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';

import { imageUrl } from '../../host';
import { useView } from '../../host/query';
import { showDate } from '../../i18n/dates';
import { useGo } from '../../shared/go';
import { usePatientOnScreen } from '../../shared/patient';
import { useSession } from '../../shared/session-store';
import { Button, Page, Problem, Skeleton } from '../../shared/ui';
import { KeepCopy } from './KeepCopy';
import { Standing } from './OwnReports';
import styles from './own.module.css';

export function OwnReport({ reportId }: { reportId: string }) {
  const { t } = useTranslation('clinic');
  const go = useGo();
  const identity = useView('own.identity', null);
  const report = useView('own.report', { report_id: reportId });
  const [keeping, setKeeping] = useState(false);
  usePatientOnScreen(identity.data);
  const row = report.data?.row;
  const title = row === undefined ? t('ownReports.one') : `${row.exam}, ${row.number}`;
  return (
    <Page title={title} {...(row === undefined ? {} : { hint: t('ownReports.signed', { by: row.author, date: showDate(row.signed) }) })}>
      <div className={styles.acts}>
        <Button icon={ArrowLeft} onClick={() => go.to('/my-reports')}>{t('ownReports.back')}</Button>
        {row !== undefined && row.state !== 'entered_in_error' && <Button kind="primary" icon={Download} onClick={() => setKeeping(true)}>{t('ownReports.keep')}</Button>}
      </div>
      {report.error && <Problem error={report.error} retry={() => void report.refetch()} />}
      {report.isPending && <Skeleton rows={6} />}
      {report.data?.addenda[0] !== undefined && row !== undefined && (
        <section className={styles.since}>
          <Standing state={row.state} />
          {row.state === 'entered_in_error' && <p>{t('ownReports.withdrawnHint')}</p>}
          {report.data.addenda.map(({ at, by, reason, text }) => (
            <p key={at}><span>{t('ownReports.said', { by, date: showDate(at) })}</span> <bdi className={styles.said}>{[reason, text].filter((words) => words !== '').join(' ')}</bdi></p>
          ))}
        </section>
      )}
      {row !== undefined && <Pages reportId={reportId} title={title} />}
      {keeping && row !== undefined && <KeepCopy reportId={reportId} fileName={`${row.number}.pdf`} onClose={() => setKeeping(false)} />}
    </Page>
  );
}

/** As they were typeset and signed. */
function Pages({ reportId, title }: { reportId: string; title: string }) {
  const { t } = useTranslation('clinic');
  const grant = useSession((session) => session.grant);
  const preview = useView('own.report_preview', { report_id: reportId });
  if (preview.error) return <Problem error={preview.error} retry={() => void preview.refetch()} />;
  if (preview.data === undefined) return <Skeleton rows={12} />;
  const { pages, stamp } = preview.data;
  return (
    <ol className={styles.pages}>
      {Array.from({ length: pages }, (_, n) => (
        <li key={n}><img src={imageUrl(`page/${grant}/${reportId}/${stamp}/${n}`)} alt={t('ownReports.page', { title, n: n + 1, of: pages })} /></li>
      ))}
    </ol>
  );
}
