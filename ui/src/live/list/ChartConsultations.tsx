// A patient's consultations in their chart: the way to start one, those before, and the one that lasts.
import { MessagesSquare } from 'lucide-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';

import type { PatientView } from '../../bindings/types';
import { usePages } from '../../host/query';
import { showMoment } from '../../i18n/dates';
import { showList } from '../../i18n/lists';
import { useGo } from '../../shared/go';
import { languageName } from '../../shared/languages';
import { Button, Panel, Problem, Skeleton } from '../../shared/ui';
import { StartConsultation } from '../start/StartConsultation';
import styles from './list.module.css';
import { minutesBetween } from './minutes';

export function ChartConsultations({ patient }: { patient: PatientView }) {
  const { t } = useTranslation('live');
  const go = useGo();
  const [starting, setStarting] = useState(false);
  const pages = usePages('live.page', { patient_id: patient.id, running: false, limit: 5 });
  const rows = pages.data?.pages.flatMap((page) => page.rows) ?? [];
  const lasting = rows.find(({ ended }) => ended === null);
  return (
    <Panel
      title={t('list.title')} flush={rows.length > 0}
      aside={lasting === undefined
        ? <Button icon={MessagesSquare} onClick={() => setStarting(true)}>{t('start.open')}</Button>
        : <Button kind="primary" icon={MessagesSquare} onClick={() => go.to(`/consultations/${lasting.id}`)}>{t('list.back')}</Button>}
    >
      {pages.error && <Problem error={pages.error} small retry={() => void pages.refetch()} />}
      {pages.isPending && <Skeleton rows={2} />}
      {pages.data !== undefined && rows.length === 0 && <p className={styles.quiet}>{t('list.noneOfPatient')}</p>}
      {rows.length > 0 && (
        <ul className={styles.rows}>
          {rows.map((row) => (
            <li key={row.id}>
              <button type="button" onClick={() => go.to(`/consultations/${row.id}`)}>
                <span className="numbers">{showMoment(row.started)}</span>
                <span>{showList(row.languages.map(languageName))}</span>
                <span className={styles.quiet}>{row.ended === null ? <strong>{t('list.lasts')}</strong> : t('list.minutes', { count: minutesBetween(row.started, row.ended) })} · {t('list.said', { count: row.messages })} · <bdi>{row.doctor}</bdi></span>
              </button>
            </li>
          ))}
        </ul>
      )}
      {pages.hasNextPage && <div className={styles.more}><Button kind="quiet" busy={pages.isFetchingNextPage} onClick={() => void pages.fetchNextPage()}>{t('list.older')}</Button></div>}
      {starting && <StartConsultation patient={patient} onClose={() => setStarting(false)} />}
    </Panel>
  );
}
