import { Ban, CircleCheck, CircleDashed, CircleX, Clock, FileCheck, LockKeyhole, Send, Siren, Zap } from 'lucide-react';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';

import type { WorklistRow } from '../bindings/types';
import { imageUrl } from '../host';
import { showAge, showDate, showMoment, showSince } from '../i18n/dates';
import { showPercent } from '../i18n/numbers';
import { showMeasured } from '../shared/measured';
import { useMeasuredWords } from '../shared/measured-words';
import { useSession } from '../shared/session-store';
import { AiMark, Chip, type Column } from '../shared/ui';
import styles from './Worklist.module.css';

/** A thumbnail, why it stands where it stands, who, what, and three numbers. */
export function useColumns(): readonly Column<WorklistRow>[] {
  const { t } = useTranslation('worklist');
  const grant = useSession((session) => session.grant);
  const hidden = useSession((session) => session.preferences.map_hidden_until_looked);
  return useMemo(() => [
    { id: 'thumb', header: '', width: '2.5rem', cell: ({ scan_id }) => <img className={styles.thumb} src={imageUrl(`thumb/${grant}/${scan_id}`)} alt="" loading="lazy" decoding="async" /> },
    { id: 'urgency', header: t('column.urgency'), width: 'minmax(9rem, 1fr)', cell: (row) => <Urgency row={row} hidden={hidden} /> },
    { id: 'patient', header: t('column.patient'), width: 'minmax(8.5rem, 1.2fr)', cell: ({ patient }) => <Stack top={<><bdi title={patient.name}>{patient.name}</bdi>{patient.restricted && <LockKeyhole size={12} aria-label={t('common:banner.restricted')} />}</>} below={patient.number} strong /> },
    { id: 'born', header: t('column.born'), width: 'var(--day)', optional: true, cell: ({ patient }) => (patient.birth_date === null ? <span className={styles.below}>{t('common:notKnown')}</span> : <Stack top={showDate(patient.birth_date)} below={`${showAge(patient.birth_date)} · ${t(`common:sex.${patient.sex}`)}`} />) },
    { id: 'study', header: t('column.study'), width: 'minmax(6.5rem, 1.5fr)', cell: (row) => <Stack top={<bdi title={row.description ?? undefined}>{row.description ?? t(`modalities.${row.modality}`, { defaultValue: row.modality })}</bdi>} below={[row.modality, row.study_date === null ? '' : showDate(row.study_date), row.frames > 1 ? t('frames', { count: row.frames }) : ''].filter(Boolean).join(' · ')} /> },
    { id: 'numbers', header: t('column.numbers'), width: 'minmax(9.25rem, 1.2fr)', optional: true, cell: (row) => <Numbers row={row} hidden={hidden} /> },
    { id: 'status', header: t('column.status'), width: '6.75rem', cell: (row) => <Standing row={row} /> },
    { id: 'age', header: t('column.age'), width: '3.5rem', numeric: true, cell: ({ imported }) => <time dateTime={imported} title={showMoment(imported)}>{showSince(imported)}</time> },
  ], [t, grant, hidden]);
}

function Stack({ top, below, strong = false }: { top: React.ReactNode; below: React.ReactNode; strong?: boolean }) {
  return (
    <span className={[styles.stack, 'numbers'].join(' ')}>
      <span className={strong ? styles.strong : undefined}>{top}</span>
      <span className={styles.below}>{below}</span>
    </span>
  );
}

/** The clinician's priority with its reason; else the AI's urgency with the class that it comes from. */
function Urgency({ row: { priority, priority_reason, reading, status }, hidden }: { row: WorklistRow; hidden: boolean }) {
  const { t } = useTranslation('worklist');
  const { whyNot } = useMeasuredWords();
  if (priority !== 'routine') {
    const immediate = priority === 'immediate';
    return <Stack top={<Chip tone={immediate ? 'urgent' : 'soon'} icon={immediate ? Siren : Zap}>{t(`priority.${priority}`)}</Chip>} below={priority_reason === null ? '' : <bdi title={priority_reason}>{priority_reason}</bdi>} />;
  }
  if (reading === null) return <span className={styles.below}>{t('notRead')}</span>;
  if (hidden && status === 'read') return <span className={styles.below}>{t('hidden')}</span>;
  if (reading.answer === 'not_assessed') return <Stack top={<><AiMark /> {t('notAssessed')}</>} below={t(`not-assessed:${reading.reason}`, { defaultValue: reading.reason })} />;
  if (reading.urgency === null) return <Stack top={<><AiMark /> {t('measured:brief.what')}</>} below={t('measured:brief.why', { why: whyNot(reading.measured?.missing) })} />;
  return (
    <Stack
      top={<span className={styles.meter}><AiMark /><span className={styles.track}><span style={{ inlineSize: `${reading.urgency * 100}%` }} /></span>{showPercent(reading.urgency)}</span>}
      below={t('because', { name: reading.because })}
    />
  );
}

function Numbers({ row: { reading, status }, hidden }: { row: WorklistRow; hidden: boolean }) {
  const { t } = useTranslation('worklist');
  const { nameOf, lineOf } = useMeasuredWords();
  if (reading?.answer !== 'assessed' || (hidden && status === 'read')) return null;
  const first = reading.measured?.first ?? null;
  if (reading.top.length === 0) return null;
  return (
    <ul className={styles.numbers}>
      {first !== null && <li className={styles.figure} title={`${nameOf(first.key)}: ${showMeasured(first)}`}>{lineOf(first)}</li>}
      {reading.top.slice(0, first === null ? 3 : 2).map(({ name, probability, band }) => (
        <li key={name} title={`${name}: ${showPercent(probability)}, ${t(`band.${band}`)}`}>
          <span className="numbers">{showPercent(probability)}</span> <bdi>{name}</bdi>
        </li>
      ))}
    </ul>
  );
}

const ICONS = { imported: CircleDashed, read: Clock, verified: CircleCheck, reported: FileCheck, delivered: Send };

function Standing({ row: { status, verdict, reading } }: { row: WorklistRow }) {
  const { t } = useTranslation('worklist');
  const Icon = status === 'verified' && verdict !== null && !verdict.agrees ? CircleX : status === 'imported' && reading?.answer === 'not_assessed' ? Ban : ICONS[status];
  return <Stack top={<span className={styles.status}><Icon size={14} aria-hidden />{t(`status.${status}`)}</span>} below={verdict === null ? '' : verdict.agrees ? t('agreed') : <bdi>{verdict.class ?? t('disagreed')}</bdi>} />;
}
