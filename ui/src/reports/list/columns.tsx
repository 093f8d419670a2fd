import { useMemo, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';

import type { ReportRow } from '../../bindings/types';
import { showBirth, showDate, showMoment, showSince } from '../../i18n/dates';
import type { Column } from '../../shared/ui';
import { isFinal } from '../sections';
import { Delivered } from './Delivered';
import styles from './list.module.css';
import { State } from './State';

export function useColumns(): readonly Column<ReportRow>[] {
  const { t } = useTranslation('reports');
  return useMemo(() => [
    { id: 'state', header: t('list.state'), width: '8.5rem', cell: (row) => <Stack top={<State state={row.state} />} below={row.open && row.state !== 'draft' ? t('list.open') : ''} /> },
    { id: 'patient', header: t('list.patient'), width: 'minmax(calc(var(--birth) + 5.5rem), 1.3fr)', cell: ({ patient }) => <Stack strong top={<bdi title={patient.name}>{patient.name}</bdi>} below={[patient.birth_date === null ? t('common:notKnown') : showBirth(patient.birth_date), patient.number].join(' · ')} /> },
    { id: 'number', header: t('list.number'), width: '5.5rem', cell: ({ number }) => (number === null ? <span className={styles.quiet}>{t('list.noNumber')}</span> : <span className="numbers">{number}</span>) },
    { id: 'exam', header: t('list.exam'), width: 'minmax(8rem, 1.1fr)', cell: (row) => <Stack top={<bdi title={row.exam}>{row.exam}</bdi>} below={[row.modality, row.study_date === null ? '' : showDate(row.study_date)].filter(Boolean).join(' · ')} /> },
    { id: 'author', header: t('list.author'), width: 'minmax(7.5rem, 0.8fr)', optional: true, cell: ({ author }) => <bdi title={author}>{author}</bdi> },
    { id: 'delivery', header: t('list.delivery'), width: 'minmax(8.5rem, 0.7fr)', cell: ({ deliveries, state }) => (isFinal(state) || deliveries.delivered > 0 ? <Delivered deliveries={deliveries} /> : null) },
    { id: 'age', header: t('list.changed'), width: '4.5rem', numeric: true, cell: ({ changed }) => <time dateTime={changed} title={showMoment(changed)}>{showSince(changed)}</time> },
  ], [t]);
}

function Stack({ top, below, strong = false }: { top: ReactNode; below: string; strong?: boolean }) {
  return (
    <span className={[styles.stack, 'numbers'].join(' ')}>
      <span className={strong ? styles.strong : undefined}>{top}</span>
      {below !== '' && <span className={styles.quiet}>{below}</span>}
    </span>
  );
}
