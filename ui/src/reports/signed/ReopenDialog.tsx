// A correction says what changed and why. The signed text stays in the history; a new draft is laid over it.
import { PenLine } from 'lucide-react';
import { useForm, useWatch } from 'react-hook-form';
import { useTranslation } from 'react-i18next';

import type { ReportView } from '../../bindings/types';
import { useCommand } from '../../host/query';
import { Button, Dialog, Problem, TextInput } from '../../shared/ui';
import { isFinal } from '../sections';
import styles from './signed.module.css';

export function ReopenDialog({ report, onClose }: { report: ReportView; onClose: () => void }) {
  const { t } = useTranslation('reports');
  const reopen = useCommand('reports.reopen');
  const final = isFinal(report.state);
  const { register, control, handleSubmit } = useForm({ defaultValues: { reason: '' } });
  const reason = useWatch({ control, name: 'reason' });
  return (
    <Dialog
      open onOpenChange={onClose} title={t(final ? 'reopen.title' : 'reopen.titlePreliminary')} description={t(final ? 'reopen.hint' : 'reopen.hintPreliminary')}
      footer={<><Button onClick={onClose}>{t('cancel')}</Button><Button kind="primary" type="submit" form="reopen" icon={PenLine} busy={reopen.isPending} disabled={final && reason.trim() === ''}>{t('reopen.go')}</Button></>}
    >
      <form id="reopen" className={styles.form} onSubmit={(event) => void handleSubmit((fields) => reopen.mutate({ report_id: report.id, reason: fields.reason.trim() }, { onSuccess: onClose }))(event)}>
        <TextInput label={t('reopen.reason')} hint={final ? t('reopen.reasonHint') : undefined} dir="auto" {...(final ? {} : { optional: t('common:optional') })} {...register('reason')} />
        {reopen.error && <Problem error={reopen.error} small />}
      </form>
    </Dialog>
  );
}
