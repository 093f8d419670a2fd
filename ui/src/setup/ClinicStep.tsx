import { zodResolver } from '@hookform/resolvers/zod';
import { useForm, useWatch } from 'react-hook-form';
import { useTranslation } from 'react-i18next';
import { z } from 'zod';

import type { KeyStore } from '../bindings/types';
import { call } from '../host';
import { Button, Checkbox, StrengthMeter, TextInput } from '../shared/ui';
import { isLogin, PASSWORD_LENGTH } from '../shared/validate';
import type { ClinicDraft } from './FirstStart';
import styles from './setup.module.css';
import { StepPage } from './Steps';

const account = z.object({
  name: z.string().trim().min(1, 'common:form.nameNeeded').max(200, 'common:form.tooLong'),
  login: z.string().trim().refine(isLogin, 'common:form.loginRule'),
  password: z.string().min(PASSWORD_LENGTH, 'common:form.passwordRule'),
});

const schema = z.object({
  clinic: z.string().trim().min(1, 'common:form.nameNeeded').max(120, 'common:form.tooLong'),
  administrator: account,
  withDoctor: z.boolean(),
  doctor: z.unknown(),
  passphrase: z.string(),
  withPassphrase: z.boolean(),
}).superRefine((fields, context) => {
  if (fields.withPassphrase && fields.passphrase.length < PASSWORD_LENGTH) context.addIssue({ code: 'custom', path: ['passphrase'], message: 'common:form.passwordRule' });
  if (!fields.withDoctor) return;
  const parsed = account.safeParse(fields.doctor);
  for (const issue of parsed.error?.issues ?? []) context.addIssue({ code: 'custom', path: ['doctor', ...issue.path], message: issue.message });
});

interface Account {
  name: string;
  login: string;
  password: string;
}

interface Fields {
  clinic: string;
  administrator: Account;
  withDoctor: boolean;
  doctor: Account;
  passphrase: string;
  withPassphrase: boolean;
}

const nobody: Account = { name: '', login: '', password: '' };

export function ClinicStep({ draft, keyStore, onBack, onNext }: { draft: ClinicDraft | null; keyStore: KeyStore; onBack: () => void; onNext: (draft: ClinicDraft) => void }) {
  const { t } = useTranslation('setup');
  const needsPassphrase = keyStore !== 'keychain';
  const { register, handleSubmit, control, formState: { errors } } = useForm<Fields>({
    resolver: zodResolver(schema) as never,
    defaultValues: {
      clinic: draft?.clinic_name ?? '', administrator: draft?.administrator ?? nobody, withDoctor: draft === null || draft.doctor !== null, doctor: draft?.doctor ?? nobody, passphrase: draft?.device_passphrase ?? '', withPassphrase: needsPassphrase && (draft === null || draft.device_passphrase !== null),
    },
  });
  const withDoctor = useWatch({ control, name: 'withDoctor' });
  const withPassphrase = useWatch({ control, name: 'withPassphrase' });
  const [clinic, administrator, doctor] = useWatch({ control, name: ['clinic', 'administrator', 'doctor'] });
  const people = { administrator, doctor };
  const said = (error: { message?: string } | undefined) => (error?.message === undefined ? undefined : t(error.message, { count: PASSWORD_LENGTH }));
  const submit = handleSubmit(async (fields) => {
    const who = fields.withDoctor ? [fields.administrator, fields.doctor] : [fields.administrator];
    const judged = await Promise.all(who.map(({ password, name, login }) => call('session.password_strength', { password, about: [name, login, fields.clinic] })));
    // What is weak says so under its field; the record would refuse it two screens later.
    if (judged.every(({ allowed }) => allowed)) onNext({
      clinic_name: fields.clinic.trim(), administrator: tidy(fields.administrator), doctor: fields.withDoctor ? tidy(fields.doctor) : null, device_passphrase: fields.withPassphrase ? fields.passphrase : null,
    });
  });
  const person = (who: 'administrator' | 'doctor') => (
    <>
      <TextInput label={t('clinic.personName')} error={said(errors[who]?.name)} {...register(`${who}.name`)} />
      <TextInput label={t('clinic.login')} autoCapitalize="none" error={said(errors[who]?.login)} {...register(`${who}.login`)} />
      <TextInput label={t('clinic.password')} hint={t('common:form.passwordRule', { count: PASSWORD_LENGTH })} type="password" autoComplete="new-password" error={said(errors[who]?.password)} {...register(`${who}.password`)} />
      <StrengthMeter password={people[who].password} about={[people[who].name, people[who].login, clinic]} />
    </>
  );
  return (
    <StepPage
      step="clinic" title={t('clinic.title')} hint={t('clinic.hint')}
      buttons={<><Button kind="quiet" onClick={onBack}>{t('common:back')}</Button><Button kind="primary" type="submit" form="clinic-step">{t('common:next')}</Button></>}
    >
      <form id="clinic-step" className={styles.form} noValidate onSubmit={(event) => void submit(event)}>
        <TextInput label={t('clinic.name')} hint={t('clinic.nameHint')} error={said(errors.clinic)} {...register('clinic')} />
        <div className={styles.two}>
          <fieldset className={styles.group}>
            <legend>{t('clinic.administrator')}</legend>
            <p>{t('clinic.administratorHint')}</p>
            {person('administrator')}
          </fieldset>
          <fieldset className={styles.group}>
            <legend>{t('clinic.doctor')}</legend>
            <p>{t('clinic.doctorHint')}</p>
            <Checkbox label={t('clinic.withDoctor')} {...register('withDoctor')} />
            {withDoctor && person('doctor')}
          </fieldset>
        </div>
        {needsPassphrase && (
          <fieldset className={styles.group}>
            <legend>{t('clinic.passphrase')}</legend>
            <p>{t('clinic.passphraseHint')}</p>
            <Checkbox label={t('clinic.withPassphrase')} {...register('withPassphrase')} />
            {!withPassphrase && <p role="status">{t('clinic.noPassphrase')}</p>}
            {withPassphrase && <TextInput label={t('clinic.passphraseLabel')} hint={t('common:form.passwordRule', { count: PASSWORD_LENGTH })} type="password" autoComplete="new-password" error={said(errors.passphrase)} {...register('passphrase')} />}
          </fieldset>
        )}
      </form>
    </StepPage>
  );
}

function tidy({ name, login, password }: Account): Account {
  return { name: name.trim(), login: login.trim(), password };
}
