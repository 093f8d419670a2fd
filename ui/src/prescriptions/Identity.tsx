// Two identifiers in one tick: the name, and the birth date, or the clinic's number where that is not known.
import { useTranslation } from 'react-i18next';

import type { ConfirmedIdentifier, PatientView } from '../bindings/types';
import { showBirth } from '../i18n/dates';
import styles from './prescriptions.module.css';

export function identifiersOf({ name, birth_date, number }: PatientView): ConfirmedIdentifier[] {
  return [{ identifier: 'name', value: name }, birth_date === null ? { identifier: 'number', value: number } : { identifier: 'birth_date', value: birth_date }];
}

interface IdentityProps {
  patient: PatientView;
  label: string;
  checked: boolean;
  onChange: (checked: boolean) => void;
}

export function Identity({ patient, label, checked, onChange }: IdentityProps) {
  const { t } = useTranslation('prescriptions');
  return (
    <label className={styles.identity} data-ticked={checked || undefined}>
      <input type="checkbox" name="identity" checked={checked} onChange={({ target }) => onChange(target.checked)} />
      <span>{label}</span>
      <strong><bdi>{patient.name}</bdi></strong>
      <strong className="numbers"><bdi>{patient.birth_date === null ? patient.number : t('paper.born', { date: showBirth(patient.birth_date) })}</bdi></strong>
    </label>
  );
}
