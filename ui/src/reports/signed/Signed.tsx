// A signed report: the page as it was signed, how it stands, who has it, and everything that was added since.
import { useTranslation } from 'react-i18next';

import type { ReportView } from '../../bindings/types';
import { PageView } from '../page/PageView';
import { usePagesOf } from '../page/use-pages';
import { Deliveries } from '../send/Deliveries';
import { Addenda } from './Addenda';
import { Banner } from './Banner';
import { History } from './History';
import { Sealed } from './Sealed';
import styles from './signed.module.css';

export function Signed({ report }: { report: ReportView }) {
  const { t } = useTranslation('reports');
  const pages = usePagesOf(report.id, null, `signed ${report.revision}`);
  return (
    <div className={styles.signed}>
      <PageView pages={pages} title={`${report.content?.title ?? t('title')}, ${report.patient.name}`} />
      {/* A column that scrolls must be reachable by the keyboard. */}
      {/* eslint-disable-next-line jsx-a11y/no-noninteractive-tabindex */}
      <aside className={styles.side} aria-label={t('signed.side')} data-pane tabIndex={0}>
        <Banner report={report} />
        <Addenda report={report} />
        {report.state !== 'entered_in_error' && report.revision > 0 && <Sealed report={report} />}
        {report.revision > 0 && <Deliveries report={report} />}
        {report.revision > 0 && <History report={report} />}
      </aside>
    </div>
  );
}
