import { useDeferredValue, useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';

import type { PatientRow } from '../../bindings/types';
import { useView } from '../../host/query';
import { showBirth } from '../../i18n/dates';
import { TextInput } from './Field';
import styles from './PatientPicker.module.css';
import { Problem } from './Problem';
import { Skeleton } from './Skeleton';

/** Finds one patient by name or number; each choice shows two identifiers. `otherwise` is offered where nobody is found. */
export function PatientPicker({ initial, onPick, otherwise }: { initial: string; onPick: (patient: PatientRow) => void; otherwise?: ReactNode }) {
  const { t } = useTranslation();
  const [query, setQuery] = useState(initial);
  const { data, error } = useView('patients.page', { query: useDeferredValue(query.trim()), cursor: null, limit: 20 }, { keep: true });
  return (
    <div className={styles.picker}>
      <TextInput label={t('patient.find')} type="search" name="find-patient" value={query} onChange={(event) => setQuery(event.target.value)} />
      {error && <Problem error={error} small />}
      {data === undefined && !error && <Skeleton rows={4} />}
      {data?.rows.length === 0 && <div className={styles.none}><p>{t('patient.noneFound')}</p>{otherwise}</div>}
      <ul>
        {data?.rows.map((row) => <li key={row.id}><PatientChoice row={row} onPick={() => onPick(row)} /></li>)}
      </ul>
    </div>
  );
}

export function PatientChoice({ row, onPick }: { row: PatientRow; onPick: () => void }) {
  const { t } = useTranslation();
  return (
    <button type="button" className={styles.choice} onClick={onPick}>
      <bdi className={styles.name}>{row.name}</bdi>
      <span className="numbers">{row.birth_date === null ? t('notKnown') : showBirth(row.birth_date)}</span>
      <span>{t(`sex.${row.sex}`)}</span>
      <span className="numbers">{row.number}</span>
    </button>
  );
}
