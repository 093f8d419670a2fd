import { zodResolver } from '@hookform/resolvers/zod';
import { useForm, useWatch } from 'react-hook-form';
import { useTranslation } from 'react-i18next';
import { z } from 'zod';

import { useCommand } from '../host/query';
import { Button, Dialog, Problem, Select, StrengthMeter, TextInput, toast } from '../shared/ui';
import { isLogin, PASSWORD_LENGTH } from '../shared/validate';
import styles from './users.module.css';

/** Patients' accounts are made from their chart. */
const ROLES = ['doctor', 'pharmacist', 'administrator'] as const;

const schema = z.object({
  name: z.string().trim().min(1, 'common:form.nameNeeded').max(200, 'common:form.tooLong'),
  login: z.string().trim().refine(isLogin, 'common:form.loginRule'),
  role: z.enum(ROLES),
  password: z.string().min(PASSWORD_LENGTH, 'common:form.passwordRule'),
});

export function CreateUser({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation('clinic');
  const create = useCommand('users.create');
  const { register, handleSubmit, control, formState: { errors } } = useForm<z.infer<typeof schema>>({ resolver: zodResolver(schema), defaultValues: { name: '', login: '', role: 'doctor', password: '' } });
  const typed = useWatch({ control });
  const said = (error: { message?: string } | undefined) => (error?.message === undefined ? undefined : t(error.message, { count: PASSWORD_LENGTH }));
  const submit = handleSubmit((fields) => create.mutate(fields, {
    onSuccess: ({ name }) => {
      toast(t('users.createdDone', { name }));
      onClose();
    },
  }));
  return (
    <Dialog open onOpenChange={onClose} size="small" title={t('users.newTitle')} description={t('users.newHint')} footer={<Button kind="primary" type="submit" form="create-user" busy={create.isPending}>{t('users.create')}</Button>}>
      <form id="create-user" className={styles.form} noValidate onSubmit={(event) => void submit(event)}>
        <TextInput label={t('users.name')} error={said(errors.name)} {...register('name')} />
        <TextInput label={t('users.login')} hint={t('common:form.loginRule')} autoCapitalize="none" error={said(errors.login)} {...register('login')} />
        <Select label={t('users.role')} options={ROLES.map((role) => ({ value: role, label: t(`common:role.${role}`) }))} {...register('role')} />
        <TextInput label={t('users.firstPassword')} hint={t('common:form.passwordRule', { count: PASSWORD_LENGTH })} type="password" autoComplete="new-password" error={said(errors.password)} {...register('password')} />
        <StrengthMeter password={typed.password ?? ''} about={[typed.name ?? '', typed.login ?? '']} />
        {create.error && <Problem error={create.error} small />}
      </form>
    </Dialog>
  );
}
