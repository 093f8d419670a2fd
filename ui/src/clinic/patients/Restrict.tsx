import { useState } from 'react';
import { useTranslation } from 'react-i18next';

import type { PatientView } from '../../bindings/types';
import { useCommand } from '../../host/query';
import { Button, Dialog, Problem, TextInput } from '../../shared/ui';

export function Restrict({ patient, onClose }: { patient: PatientView; onClose: () => void }) {
  const { t } = useTranslation('clinic');
  const set = useCommand('patients.set_restricted');
  const [reason, setReason] = useState('');
  const to = !patient.restricted;
  return (
    <Dialog
      open onOpenChange={onClose} size="small" title={to ? t('restrict.title') : t('restrict.openTitle')} description={to ? t('restrict.hint') : t('restrict.openHint')}
      footer={<Button kind="primary" busy={set.isPending} disabled={reason.trim() === ''} onClick={() => set.mutate({ id: patient.id, restricted: to, reason: reason.trim() }, { onSuccess: onClose })}>{to ? t('restrict.restrict') : t('restrict.open')}</Button>}
    >
      <TextInput label={t('correct.reason')} value={reason} onChange={(event) => setReason(event.target.value)} />
      {set.error && <Problem error={set.error} small />}
    </Dialog>
  );
}
