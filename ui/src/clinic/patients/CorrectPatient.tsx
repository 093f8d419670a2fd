import { useState } from 'react';
import { useTranslation } from 'react-i18next';

import type { PatientView } from '../../bindings/types';
import { useCommand } from '../../host/query';
import { Button, Dialog, PatientForm, Problem, TextInput, toast } from '../../shared/ui';

/** Corrects who a patient is. The version before is kept; somebody else's change in between is not overwritten. */
export function CorrectPatient({ patient, onClose }: { patient: PatientView; onClose: () => void }) {
  const { t } = useTranslation('clinic');
  const correct = useCommand('patients.correct');
  const [reason, setReason] = useState('');
  return (
    <Dialog
      open onOpenChange={onClose} title={t('correct.title')} description={t('correct.hint')}
      footer={<Button kind="primary" type="submit" form="correct-patient" busy={correct.isPending} disabled={reason.trim() === ''}>{t('correct.go')}</Button>}
    >
      {correct.error && <Problem error={correct.error} />}
      <PatientForm id="correct-patient" initial={patient} onSubmit={(details) => correct.mutate({ id: patient.id, version: patient.version, details, reason: reason.trim() }, {
        onSuccess: () => {
          toast(t('correct.done'));
          onClose();
        },
      })} />
      <TextInput label={t('correct.reason')} hint={t('correct.reasonHint')} value={reason} onChange={(event) => setReason(event.target.value)} />
    </Dialog>
  );
}
