// The fields of an order. Each says what is wrong with it once it was left, and what to write instead.
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';

import type { FormView, Language, MedicineForm, MedicineRoute } from '../../bindings/types';
import { LANGUAGES, OWN_NAMES } from '../../i18n/languages';
import { Button, Checkbox, Select, TextArea, TextInput } from '../../shared/ui';
import styles from '../prescriptions.module.css';
import { Medicine } from './Medicine';
import { OFTEN, shaped, type Often, type Typed } from './typed';

interface FieldsProps {
  forms: readonly FormView[];
  typed: Typed;
  onChange: (change: Partial<Typed>) => void;
  /** What is wrong with a field of the record; nothing while it is still being filled. */
  fault: (field: string) => string | undefined;
  onLeave: (field: string) => void;
  /** What dose, frequency and duration come to. */
  expected: string | null;
}

export function Fields({ forms, typed, onChange, fault, onLeave, expected }: FieldsProps) {
  const { t } = useTranslation('prescriptions');
  const form = forms.find((one) => one.form === typed.form);
  const text = (key: keyof Typed, field: string, label: string) => ({ name: key, label, value: String(typed[key]), error: fault(field), onChange: ({ target }: { target: { value: string } }) => onChange({ [key]: target.value }), onBlur: () => onLeave(field) });
  const units = (all: readonly string[] | undefined) => (all ?? []).map((unit) => ({ value: unit, label: t(`unit.${unit}`) }));
  const wanted = expected?.split(' ')[0] ?? '';
  return (
    <>
      <Medicine value={typed.medicine} error={fault('medicine')} onChange={(medicine) => onChange({ medicine })} onLeave={() => onLeave('medicine')} />
      <Row>
        <TextInput {...text('strength', 'strength', t('field.strength'))} hint={t('hint.strength', { one: '500 mg', liquid: '250 mg/5 mL', both: '875 mg + 125 mg' })} />
      </Row>
      <Row>
        <Select name="form" label={t('field.form')} value={typed.form} options={forms.map((one) => ({ value: one.form, label: t(`form.${one.form}`) }))} onChange={({ target }) => onChange(shaped(forms, target.value as MedicineForm))} />
        <Select name="route" label={t('field.route')} value={typed.route} error={fault('route')} options={(form?.routes ?? []).map((route) => ({ value: route, label: t(`route.${route}`) }))} onChange={({ target }) => onChange({ route: target.value as MedicineRoute })} />
      </Row>
      <Row>
        <TextInput {...text('doseNumber', 'dose', t('field.dose'))} inputMode="decimal" />
        <Select name="doseUnit" label={t('field.unit')} value={typed.doseUnit} options={units(form?.doses)} onChange={({ target }) => onChange({ doseUnit: target.value })} />
      </Row>
      <Row>
        <Select name="often" label={t('frequency.label')} value={typed.often} options={OFTEN.map((often) => ({ value: often, label: t(`often.${often}`) }))} onChange={({ target }) => onChange({ often: target.value as Often })} />
        {(typed.often === 'hours' || typed.often === 'days') && <TextInput {...text('every', 'frequency', t(`often.every.${typed.often}`))} inputMode="numeric" />}
      </Row>
      {typed.often !== 'once' && (
        <Row>
          {typed.longUnit !== 'open' && <TextInput {...text('longNumber', 'duration', t('duration.label'))} inputMode="numeric" />}
          <Select name="longUnit" label={typed.longUnit === 'open' ? t('duration.label') : t('field.unit')} value={typed.longUnit} options={(['days', 'weeks', 'months', 'open'] as const).map((unit) => ({ value: unit, label: t(`duration.unit.${unit}`) }))} onChange={({ target }) => onChange({ longUnit: target.value as Typed['longUnit'] })} />
        </Row>
      )}
      <Row>
        <TextInput {...text('quantityNumber', 'quantity', t('field.quantity'))} inputMode="decimal" />
        <Select name="quantityUnit" label={t('field.unit')} value={typed.quantityUnit} options={units(form?.packed)} onChange={({ target }) => onChange({ quantityUnit: target.value })} />
        <TextInput {...text('repeats', 'repeats', t('field.repeats'))} hint={t('hint.repeats')} inputMode="numeric" />
      </Row>
      {wanted !== '' && wanted !== typed.quantityNumber.trim() && <Button kind="quiet" className={styles.take ?? ''} onClick={() => onChange({ quantityNumber: wanted })}>{t('hint.take', { quantity: `${wanted} × ${t(`unit.${typed.quantityUnit}`)}` })}</Button>}
      <Checkbox name="needed" label={t('field.asNeeded')} checked={typed.needed} onChange={({ target }) => onChange({ needed: target.checked })} />
      {typed.needed && (
        <Row>
          <TextInput {...text('neededReason', 'as_needed_reason', t('field.reason'))} />
          <TextInput {...text('hoursBetween', 'hours_between', t('field.hoursBetween'))} inputMode="numeric" />
          <TextInput {...text('most', 'most_in_a_day', `${t('field.most')} (${t(`unit.${typed.doseUnit}`)})`)} inputMode="decimal" />
        </Row>
      )}
      <TextInput {...text('indication', 'indication', t('field.indication'))} />
      <TextArea name="instructions" rows={2} label={t('field.instructions')} value={typed.instructions} error={fault('instructions')} onChange={({ target }) => onChange({ instructions: target.value })} onBlur={() => onLeave('instructions')} />
      <Row>
        <Select name="language" label={t('field.language')} value={typed.language} options={LANGUAGES.map((language) => ({ value: language, label: OWN_NAMES[language] }))} onChange={({ target }) => onChange({ language: target.value as Language })} />
      </Row>
      <Checkbox name="substitution" label={t('field.substitution')} checked={typed.substitution} onChange={({ target }) => onChange({ substitution: target.checked })} />
    </>
  );
}

function Row({ children }: { children: ReactNode }) {
  return <div className={styles.fields}>{children}</div>;
}
