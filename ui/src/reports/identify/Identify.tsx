// Two identifiers, read again before anything is signed or sent: the person ticks what they have compared.
import { Controller, type Control, type FieldValues, type Path } from 'react-hook-form';
import { useTranslation } from 'react-i18next';

import type { ConfirmedIdentifier, PatientView } from '../../bindings/types';
import { showBirth } from '../../i18n/dates';
import styles from './Identify.module.css';

/** The two that are asked: the name, and the birth date, or the clinic's number where that is not known. */
export function identifiersOf({ name, birth_date, number }: PatientView): readonly [ConfirmedIdentifier, ConfirmedIdentifier] {
  return [{ identifier: 'name', value: name }, birth_date === null ? { identifier: 'number', value: number } : { identifier: 'birth_date', value: birth_date }];
}

export interface Compared {
  first: boolean;
  second: boolean;
}

export function Identify<T extends FieldValues & Compared>({ patient, control }: { patient: PatientView; control: Control<T> }) {
  const { t } = useTranslation('reports');
  const [first, second] = identifiersOf(patient);
  const rows = [['first', first], ['second', second]] as const;
  return (
    <fieldset className={styles.identify}>
      <legend>{t('identify.title')}</legend>
      {rows.map(([key, { identifier, value }]) => (
        <Controller key={key} name={key as Path<T>} control={control} render={({ field }) => (
          <label data-ticked={field.value === true || undefined}>
            <input type="checkbox" name={field.name} ref={field.ref} checked={field.value === true} onChange={(event) => field.onChange(event.target.checked)} onBlur={field.onBlur} />
            <span className={styles.what}>{t(`identify.${identifier}`)}</span>
            <strong className="numbers"><bdi>{identifier === 'birth_date' ? showBirth(value) : value}</bdi></strong>
          </label>
        )} />
      ))}
    </fieldset>
  );
}
