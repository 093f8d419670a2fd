// Who a patient is. One form for adding, correcting and for a file that names nobody.
import { zodResolver } from '@hookform/resolvers/zod';
import type { FormEvent } from 'react';
import { useForm, useWatch } from 'react-hook-form';
import { useTranslation } from 'react-i18next';
import { z } from 'zod';

import type { PatientDetails } from '../../bindings/types';
import { showBirth } from '../../i18n/dates';
import { isPastDate } from '../validate';
import { Select, TextInput } from './Field';
import styles from './PatientForm.module.css';

const SEXES = ['female', 'male', 'other', 'unknown'] as const;

const schema = z.object({
  name: z.string().trim().min(1, 'form.nameNeeded').max(200, 'form.tooLong'),
  birth_date: z.string().refine((date) => date === '' || isPastDate(date), 'form.dateWrong'),
  sex: z.enum(SEXES),
  external_id: z.string().trim().max(64, 'form.tooLong'),
});

type Fields = z.infer<typeof schema>;

interface PatientFormProps {
  /** Ties a submit button outside the form to it. */
  id: string;
  initial?: PatientDetails;
  onSubmit: (details: PatientDetails) => void;
}

/** A date that was begun has no value yet; it is not the same as none. */
const unfinished = (form: HTMLFormElement) => form.querySelector<HTMLInputElement>('[name=birth_date]')?.validity.badInput === true;

export function PatientForm({ id, initial, onSubmit }: PatientFormProps) {
  const { t } = useTranslation();
  const { register, handleSubmit, control, setError, formState: { errors } } = useForm<Fields>({
    resolver: zodResolver(schema),
    defaultValues: { name: initial?.name ?? '', birth_date: initial?.birth_date ?? '', sex: initial?.sex ?? 'unknown', external_id: initial?.external_id ?? '' },
  });
  const said = (message: string | undefined) => (message === undefined ? undefined : t(message));
  const birth = useWatch({ control, name: 'birth_date' });
  const refuse = (event: FormEvent) => {
    event.preventDefault();
    setError('birth_date', { message: 'form.dateWrong' });
  };
  return (
    <form id={id} className={styles.form} noValidate onSubmit={(event) => (unfinished(event.currentTarget) ? refuse(event) : void handleSubmit(({ name, birth_date, sex, external_id }) => onSubmit({
      name, birth_date: birth_date === '' ? null : birth_date, sex, external_id: external_id === '' ? null : external_id,
    }))(event))}>
      <div className={styles.wide}><TextInput label={t('patient.fullName')} hint={t('patient.fullNameHint')} error={said(errors.name?.message)} {...register('name')} /></div>
      <TextInput label={t('patient.born')} type="date" max={new Date().toISOString().slice(0, 10)} hint={isPastDate(birth) ? showBirth(birth) : t('patient.bornHint')} error={said(errors.birth_date?.message)} {...register('birth_date')} />
      <Select label={t('patient.sex')} hint={t('patient.sexHint')} options={SEXES.map((sex) => ({ value: sex, label: t(`sex.${sex}`) }))} {...register('sex')} />
      <div className={styles.wide}><TextInput label={t('patient.externalId')} optional={t('optional')} hint={t('patient.externalIdHint')} error={said(errors.external_id?.message)} {...register('external_id')} /></div>
    </form>
  );
}
