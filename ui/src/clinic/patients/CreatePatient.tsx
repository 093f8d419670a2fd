import { useState } from 'react';
import { useTranslation } from 'react-i18next';

import type { PatientDetails } from '../../bindings/types';
import { useCommand } from '../../host/query';
import { useGo } from '../../shared/go';
import { Likeness } from '../../shared/likeness';
import { Button, Dialog, PatientChoice, PatientForm, Problem, toast } from '../../shared/ui';
import styles from './patients.module.css';

/** Adds a patient; where similar ones are in the record, they are shown first and the person decides. */
export function CreatePatient({ name, onClose }: { name: string; onClose: () => void }) {
  const { t } = useTranslation('clinic');
  const go = useGo();
  const create = useCommand('patients.create');
  const [entered, setEntered] = useState<PatientDetails | null>(null);
  const similar = create.data?.outcome === 'similar' ? create.data.candidates : [];
  const submit = (details: PatientDetails, sure: boolean) => {
    setEntered(details);
    create.mutate({ details, not_a_duplicate: sure }, {
      onSuccess: (answer) => {
        if (answer.outcome !== 'created') return;
        toast(t('create.done', { number: answer.patient.number }));
        onClose();
        go.chart(answer.patient.id);
      },
    });
  };
  return (
    <Dialog
      open onOpenChange={onClose} title={t('create.title')}
      footer={similar.length > 0 && entered !== null
        ? <><Button onClick={() => create.reset()}>{t('create.back')}</Button><Button kind="primary" busy={create.isPending} onClick={() => submit(entered, true)}>{t('create.another')}</Button></>
        : <Button kind="primary" type="submit" form="create-patient" busy={create.isPending}>{t('create.go')}</Button>}
    >
      {create.error && <Problem error={create.error} />}
      {similar.length > 0 && entered !== null
        ? (
          <>
            <p role="status">{t('create.similar', { count: similar.length, name: entered.name })}</p>
            <ul className={styles.similar} aria-label={t('create.similarLabel')}>
              {similar.map(({ patient, likeness }) => (
                <li key={patient.id}>
                  <PatientChoice row={patient} onPick={() => {
                    onClose();
                    go.chart(patient.id);
                  }} />
                  <p className={styles.why}><Likeness likeness={likeness} /></p>
                </li>
              ))}
            </ul>
          </>
        )
        : <PatientForm id="create-patient" initial={entered ?? { name, birth_date: null, sex: 'unknown', external_id: null }} onSubmit={(details) => submit(details, false)} />}
    </Dialog>
  );
}
