// Every consultation, newest first; the running ones on top where they are found at once.
import { MessagesSquare } from 'lucide-react';
import { useCallback, useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';

import type { ConsultationRow, PatientRow } from '../../bindings/types';
import { usePages } from '../../host/query';
import { showBirth, showMoment } from '../../i18n/dates';
import { showList } from '../../i18n/lists';
import { showCount } from '../../i18n/numbers';
import { useGo } from '../../shared/go';
import { languageName } from '../../shared/languages';
import { Button, DataTable, Dialog, Empty, Page, PatientPicker, Problem, Skeleton, type Column } from '../../shared/ui';
import { useRunning } from '../running';
import { StartConsultation } from '../start/StartConsultation';
import styles from './list.module.css';
import { minutesBetween } from './minutes';
import { RunningCard } from './RunningCard';

export function Consultations() {
  const { t } = useTranslation('live');
  const go = useGo();
  const [cursor, setCursor] = useState(0);
  const [starting, setStarting] = useState<'pick' | PatientRow | null>(null);
  const running = useRunning();
  const pages = usePages('live.page', { patient_id: null, running: false, limit: 100 });
  const rows = useMemo(() => pages.data?.pages.flatMap((page) => page.rows) ?? [], [pages.data]);
  const columns = useColumns();
  const { isFetchingNextPage, fetchNextPage } = pages;
  const more = useCallback(() => {
    if (!isFetchingNextPage) void fetchNextPage();
  }, [isFetchingNextPage, fetchNextPage]);
  const close = () => setStarting(null);
  return (
    <Page title={t('list.title')} width="wide" actions={<Button kind="primary" icon={MessagesSquare} onClick={() => setStarting('pick')}>{t('start.open')}</Button>}>
      {running !== undefined && running.length > 0 && <ul className={styles.running} aria-label={t('list.running')}>{running.map((view) => <li key={view.id}><RunningCard view={view} /></li>)}</ul>}
      {pages.error && <Problem error={pages.error} retry={() => void pages.refetch()} />}
      {pages.isPending && <div className={styles.card}><Skeleton rows={10} /></div>}
      {pages.data && rows.length === 0 && <div className={styles.card}><Empty icon={MessagesSquare} title={t('list.empty')} hint={t('list.emptyHint')}><Button kind="primary" icon={MessagesSquare} onClick={() => setStarting('pick')}>{t('start.open')}</Button></Empty></div>}
      {rows.length > 0 && (
        <DataTable
          label={t('list.title')} columns={columns} rows={rows} total={pages.hasNextPage ? rows.length + 40 : rows.length} cursor={Math.min(cursor, rows.length - 1)} onCursor={setCursor}
          rowKey={({ id }) => id} rowLabel={(row) => `${row.patient.name}, ${showMoment(row.started)}, ${row.ended === null ? t('list.lasts') : t('list.over')}`} onOpen={({ id }) => go.to(`/consultations/${id}`)} onMore={more}
        />
      )}
      <span className={styles.foot} />
      {starting === 'pick' && <Dialog open onOpenChange={close} title={t('start.who')}><PatientPicker initial="" onPick={setStarting} /></Dialog>}
      {starting !== null && starting !== 'pick' && <StartConsultation patient={starting} onClose={close} />}
    </Page>
  );
}

function useColumns(): readonly Column<ConsultationRow>[] {
  const { t } = useTranslation('live');
  return useMemo(() => [
    { id: 'started', header: t('list.started'), width: 'var(--moment)', cell: ({ started }) => <span className="numbers">{showMoment(started)}</span> },
    { id: 'patient', header: t('list.patient'), width: 'minmax(8rem, 2fr)', cell: ({ patient }) => <bdi className={styles.name}>{patient.name}</bdi> },
    { id: 'born', header: t('common:patient.born'), width: 'var(--birth)', optional: true, cell: ({ patient }) => <span className="numbers">{patient.birth_date === null ? t('common:notKnown') : showBirth(patient.birth_date)}</span> },
    { id: 'number', header: t('common:patient.number'), width: '5.75rem', cell: ({ patient }) => <span className="numbers">{patient.number}</span> },
    { id: 'languages', header: t('list.languages'), width: 'minmax(7.5rem, 1fr)', wraps: true, cell: ({ languages }) => showList(languages.map(languageName)) },
    { id: 'messages', header: t('list.messages'), width: '4.5rem', numeric: true, cell: ({ messages }) => showCount(messages) },
    { id: 'doctor', header: t('list.doctor'), width: 'minmax(6.5rem, 1fr)', optional: true, cell: ({ doctor }) => <bdi>{doctor}</bdi> },
    { id: 'state', header: t('list.state'), width: '4.5rem', wraps: true, cell: ({ started, ended }) => (ended === null ? <strong>{t('list.lasts')}</strong> : t('list.minutes', { count: minutesBetween(started, ended) })) },
  ], [t]);
}
