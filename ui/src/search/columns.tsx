import { FileText, MessageSquareText, Mic, NotebookPen, type LucideIcon } from 'lucide-react';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';

import type { SearchRow } from '../bindings/types';
import { showBirth, showMoment, showSince } from '../i18n/dates';
import { useSession } from '../shared/session-store';
import type { Column } from '../shared/ui';
import { Excerpt } from './Excerpt';
import styles from './search.module.css';

export function useColumns(): readonly Column<SearchRow>[] {
  const { t } = useTranslation('search');
  const own = useSession(({ role }) => role === 'patient');
  return useMemo(() => [
    ...(own ? [] : [{ id: 'patient', header: t('column.patient'), width: 'minmax(11rem, 1fr)', cell: (row: SearchRow) => <Patient row={row} /> }]),
    { id: 'text', header: t('column.text'), width: 'minmax(18rem, 4fr)', cell: (row) => <Excerpt row={row} /> },
    { id: 'place', header: t('column.place'), width: 'minmax(10rem, 1.1fr)', cell: (row) => <Place row={row} /> },
    { id: 'at', header: t('column.at'), width: '4.5rem', numeric: true, cell: ({ at }) => <time dateTime={at} title={showMoment(at)}>{showSince(at)}</time> },
  ], [t, own]);
}

function Patient({ row }: { row: SearchRow }) {
  const { t } = useTranslation('search');
  return (
    <span className={[styles.stack, 'numbers'].join(' ')}>
      <span className={styles.strong}><bdi title={row.patient_name}>{row.patient_name}</bdi></span>
      <span className={styles.quiet}>{row.birth_date === null ? t('common:notKnown') : showBirth(row.birth_date)}</span>
      <span className={styles.quiet}>{row.patient_number}{row.restricted && ` · ${t('restricted')}`}</span>
    </span>
  );
}

function Place({ row: { place } }: { row: SearchRow }) {
  const { t } = useTranslation('search');
  const Icon: LucideIcon = place.kind === 'report' ? FileText : place.kind === 'note' ? NotebookPen : place.spoken ? Mic : MessageSquareText;
  return (
    <span className={styles.stack}>
      <span className={styles.kind}><Icon size={14} aria-hidden /><span>{place.kind === 'message' && place.spoken ? t('kind.spoken') : t(`kind.${place.kind}`)}</span></span>
      {place.kind === 'report' && <span className={styles.quiet}><span className="numbers">{place.number}</span> · <bdi title={place.title}>{place.title}</bdi></span>}
      <span className={styles.quiet}>{place.kind === 'report' && place.state !== 'final' ? `${t(`state.${place.state}`)} · ` : ''}<bdi title={place.by}>{place.by}</bdi></span>
    </span>
  );
}
