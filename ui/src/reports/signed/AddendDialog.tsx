// An addendum: signed and dated, shown above the text it adds to, which stays as it was.
import { PenLine } from 'lucide-react';
import { useForm, useWatch } from 'react-hook-form';
import { useTranslation } from 'react-i18next';

import type { ReportView } from '../../bindings/types';
import { useCommand } from '../../host/query';
import { useSession } from '../../shared/session-store';
import { Button, Dialog, Problem, TextArea, TextInput, toast } from '../../shared/ui';
import { Identify, identifiersOf } from '../../shared/identify';
import styles from './signed.module.css';

interface Fields {
  text: string;
  first: boolean;
  second: boolean;
  password: string;
}

export function AddendDialog({ report, onClose }: { report: ReportView; onClose: () => void }) {
  const { t } = useTranslation('reports');
  const name = useSession((session) => session.name);
  const addend = useCommand('reports.addend');
  const { register, control, handleSubmit, resetField } = useForm<Fields>({ defaultValues: { text: '', first: false, second: false, password: '' } });
  const { text, first, second, password } = useWatch({ control });
  const ready = text?.trim() !== '' && first === true && second === true && password !== '';
  const onSubmit = (fields: Fields) => addend.mutate({ report_id: report.id, text: fields.text.trim(), password: fields.password, confirmed: [...identifiersOf(report.patient)] }, {
    onSuccess: () => {
      toast(t('sign.done.appended'));
      onClose();
    },
    onError: () => resetField('password'),
  });
  return (
    <Dialog
      open onOpenChange={onClose} title={t('addend.title')} description={t('addend.hint')}
      footer={<><Button onClick={onClose}>{t('cancel')}</Button><Button kind="primary" type="submit" form="addend" icon={PenLine} busy={addend.isPending} disabled={!ready}>{t('sign.as.appended')}</Button></>}
    >
      <form id="addend" className={styles.form} onSubmit={(event) => void handleSubmit(onSubmit)(event)}>
        <TextArea label={t('addend.text')} rows={5} dir="auto" {...register('text')} />
        <Identify patient={report.patient} control={control} />
        <TextInput label={t('sign.password', { name })} type="password" autoComplete="current-password" {...register('password')} />
        {addend.error && <Problem error={addend.error} small />}
      </form>
    </Dialog>
  );
}
