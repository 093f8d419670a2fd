// A report that should not be: withdrawn with a reason. What it said is kept and struck through; nothing vanishes.
import { FileX } from 'lucide-react';
import { useForm, useWatch } from 'react-hook-form';
import { useTranslation } from 'react-i18next';

import type { ReportView } from '../../bindings/types';
import { useCommand } from '../../host/query';
import { useSession } from '../../shared/session-store';
import { Button, Dialog, Problem, TextInput, toast } from '../../shared/ui';
import { Identify, identifiersOf } from '../../shared/identify';
import styles from './signed.module.css';

interface Fields {
  reason: string;
  first: boolean;
  second: boolean;
  password: string;
}

export function RetractDialog({ report, onClose }: { report: ReportView; onClose: () => void }) {
  const { t } = useTranslation('reports');
  const name = useSession((session) => session.name);
  const retract = useCommand('reports.retract');
  const { register, control, handleSubmit, resetField } = useForm<Fields>({ defaultValues: { reason: '', first: false, second: false, password: '' } });
  const { reason, first, second, password } = useWatch({ control });
  const ready = reason?.trim() !== '' && first === true && second === true && password !== '';
  const onSubmit = (fields: Fields) => retract.mutate({ report_id: report.id, reason: fields.reason.trim(), password: fields.password, confirmed: [...identifiersOf(report.patient)] }, {
    onSuccess: () => {
      toast(t('sign.done.entered_in_error'));
      onClose();
    },
    onError: () => resetField('password'),
  });
  return (
    <Dialog
      open onOpenChange={onClose} title={t('retract.title')} description={t('retract.hint')}
      footer={<><Button onClick={onClose}>{t('retract.keep')}</Button><Button kind="danger" type="submit" form="retract" icon={FileX} busy={retract.isPending} disabled={!ready}>{t('retract.go')}</Button></>}
    >
      <form id="retract" className={styles.form} onSubmit={(event) => void handleSubmit(onSubmit)(event)}>
        <TextInput label={t('retract.reason')} hint={t('retract.reasonHint')} dir="auto" {...register('reason')} />
        <Identify patient={report.patient} control={control} />
        <TextInput label={t('sign.password', { name })} type="password" autoComplete="current-password" {...register('password')} />
        {retract.error && <Problem error={retract.error} small />}
      </form>
    </Dialog>
  );
}
