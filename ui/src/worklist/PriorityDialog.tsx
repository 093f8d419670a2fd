import { useState, type FormEvent } from 'react';
import { useTranslation } from 'react-i18next';

import type { Priority, WorklistRow } from '../bindings/types';
import { useCommand } from '../host/query';
import { showBirth } from '../i18n/dates';
import { Button, Dialog, Problem, Select, TextInput, toast } from '../shared/ui';
import styles from './PriorityDialog.module.css';

const PRIORITIES: readonly Priority[] = ['routine', 'urgent', 'immediate'];

/** A clinician's own priority goes before the AI's urgency, with a reason that colleagues see. */
export function PriorityDialog({ row, onClose }: { row: WorklistRow; onClose: () => void }) {
  const { t } = useTranslation('worklist');
  const set = useCommand('reading.set_priority');
  const [priority, setPriority] = useState<Priority>(row.priority);
  const [reason, setReason] = useState(row.priority_reason ?? '');
  const onSubmit = (event: FormEvent) => {
    event.preventDefault();
    set.mutate({ scan_id: row.scan_id, priority, reason: reason.trim() }, {
      onSuccess: () => {
        toast(t('priority.done'));
        onClose();
      },
    });
  };
  const born = row.patient.birth_date === null ? row.patient.number : showBirth(row.patient.birth_date);
  return (
    <Dialog
      open onOpenChange={onClose} size="small" title={t('priority.title')} description={`${row.patient.name} · ${born}`}
      footer={<Button kind="primary" type="submit" form="priority" busy={set.isPending} disabled={priority !== 'routine' && reason.trim() === ''}>{t('priority.go')}</Button>}
    >
      <form id="priority" onSubmit={onSubmit} className={styles.form}>
        <Select label={t('priority.label')} value={priority} onChange={(event) => setPriority(event.target.value as Priority)} options={PRIORITIES.map((one) => ({ value: one, label: t(`priority.${one}`) }))} />
        {priority !== 'routine' && <TextInput label={t('priority.reason')} hint={t('priority.reasonHint')} value={reason} onChange={(event) => setReason(event.target.value)} />}
        {set.error && <Problem error={set.error} small />}
      </form>
    </Dialog>
  );
}
