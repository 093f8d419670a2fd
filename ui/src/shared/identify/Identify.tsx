// Two identifiers, read again before anything is signed, sent, handed over or dispensed: the person ticks what they have compared.
import { Controller, type Control, type FieldValues, type Path } from 'react-hook-form';
import { useTranslation } from 'react-i18next';

import type { ConfirmedIdentifier, PatientView } from '../../bindings/types';
import { showBirth } from '../../i18n/dates';
import styles from './Identify.module.css';

type Who = Pick<PatientView, 'name' | 'birth_date' | 'number'>;

/** The two that are asked: the name, and the birth date, or the clinic's number where that is not known. */
export function identifiersOf({ name, birth_date, number }: Who): readonly [ConfirmedIdentifier, ConfirmedIdentifier] {
  return [{ identifier: 'name', value: name }, birth_date === null ? { identifier: 'number', value: number } : { identifier: 'birth_date', value: birth_date }];
}

export interface Compared {
  first: boolean;
  second: boolean;
}

/** Nothing compared yet. */
export const NOT_COMPARED: Compared = { first: false, second: false };

/** The two boxes on their own; `compared` says which are ticked. */
export function IdentifyBoxes({ patient, compared, onCompared }: { patient: Who; compared: Compared; onCompared: (compared: Compared) => void }) {
  const { t } = useTranslation('reports');
  const [first, second] = identifiersOf(patient);
  return (
    <fieldset className={styles.identify}>
      <legend>{t('identify.title')}</legend>
      <Box of={first} checked={compared.first} onChecked={(checked) => onCompared({ ...compared, first: checked })} />
      <Box of={second} checked={compared.second} onChecked={(checked) => onCompared({ ...compared, second: checked })} />
    </fieldset>
  );
}

/** The same inside a form. */
export function Identify<T extends FieldValues & Compared>({ patient, control }: { patient: Who; control: Control<T> }) {
  const { t } = useTranslation('reports');
  const [first, second] = identifiersOf(patient);
  const rows = [['first', first], ['second', second]] as const;
  return (
    <fieldset className={styles.identify}>
      <legend>{t('identify.title')}</legend>
      {rows.map(([key, of]) => (
        <Controller key={key} name={key as Path<T>} control={control} render={({ field }) => <Box of={of} checked={field.value === true} onChecked={field.onChange} onBlur={field.onBlur} name={field.name} refer={field.ref} />} />
      ))}
    </fieldset>
  );
}

interface BoxProps {
  of: ConfirmedIdentifier;
  checked: boolean;
  onChecked: (checked: boolean) => void;
  onBlur?: () => void;
  name?: string;
  refer?: (element: HTMLInputElement | null) => void;
}

function Box({ of: { identifier, value }, checked, onChecked, onBlur, name, refer }: BoxProps) {
  const { t } = useTranslation('reports');
  return (
    <label data-ticked={checked || undefined}>
      <input type="checkbox" ref={refer} name={name ?? identifier} checked={checked} onChange={(event) => onChecked(event.target.checked)} onBlur={onBlur} />
      <span className={styles.what}>{t(`identify.${identifier}`)}</span>
      <strong className="numbers"><bdi>{identifier === 'birth_date' ? showBirth(value) : value}</bdi></strong>
    </label>
  );
}
