// A patient's reports in their chart, newest first.
import { useTranslation } from 'react-i18next';

import type { PatientView } from '../../bindings/types';
import { usePages } from '../../host/query';
import { showMoment } from '../../i18n/dates';
import { useGo } from '../../shared/go';
import { Button, Panel, Problem, Skeleton } from '../../shared/ui';
import styles from './list.module.css';
import { State } from './State';

export function ChartReports({ patient }: { patient: PatientView }) {
  const { t } = useTranslation('reports');
  const go = useGo();
  const pages = usePages('reports.page', { shelf: 'all', patient_id: patient.id, query: '', limit: 5 });
  const rows = pages.data?.pages.flatMap((page) => page.rows) ?? [];
  return (
    <Panel title={t('list.title')} flush={rows.length > 0}>
      {pages.error && <Problem error={pages.error} small retry={() => void pages.refetch()} />}
      {pages.isPending && <Skeleton rows={2} />}
      {pages.data !== undefined && rows.length === 0 && <p className={styles.quiet}>{t('list.noneOfPatient')}</p>}
      {rows.length > 0 && (
        <ul className={styles.rows}>
          {rows.map((row) => (
            <li key={row.id}>
              <button type="button" onClick={() => go.to(`/reports/${row.id}`)}>
                <span className="numbers">{showMoment(row.changed)}</span>
                <bdi>{row.exam}</bdi>
                <State state={row.state} />
                <span className={styles.quiet}>{row.number !== null && <><span className="numbers">{row.number}</span> · </>}<bdi>{row.author}</bdi></span>
              </button>
            </li>
          ))}
        </ul>
      )}
      {pages.hasNextPage && <div className={styles.more}><Button kind="quiet" busy={pages.isFetchingNextPage} onClick={() => void pages.fetchNextPage()}>{t('list.older')}</Button></div>}
    </Panel>
  );
}
