import { useState } from 'react';
import { useTranslation } from 'react-i18next';

import type { CandidateView, PatientDetails, PatientView } from '../../bindings/types';
import { call } from '../../host';
import { useCommand } from '../../host/query';
import { showBirth } from '../../i18n/dates';
import { Likeness } from '../../shared/likeness';
import { Button, Dialog, PatientForm, Problem, TextInput, toast } from '../../shared/ui';
import styles from './patients.module.css';

/** Corrects who a patient is. The version before is kept; somebody else's change in between is not overwritten. Whom it makes them like is said first. */
export function CorrectPatient({ patient, onClose }: { patient: PatientView; onClose: () => void }) {
  const { t } = useTranslation('clinic');
  const correct = useCommand('patients.correct');
  const [reason, setReason] = useState('');
  const [asked, setAsked] = useState<{ details: PatientDetails; like: readonly CandidateView[] } | null>(null);
  const go = (details: PatientDetails) => correct.mutate({ id: patient.id, version: patient.version, details, reason: reason.trim() }, {
    onSuccess: () => {
      toast(t('correct.done'));
      onClose();
    },
  });
  const submit = async (details: PatientDetails) => {
    // A question that fails keeps nobody from correcting: the queue of likely duplicates asks again.
    const like = await call('patients.candidates', { details, except: patient.id }).catch(() => []);
    if (like.length === 0) go(details);
    else setAsked({ details, like });
  };
  return (
    <Dialog
      open onOpenChange={onClose} title={t('correct.title')} description={t('correct.hint')}
      footer={asked === null
        ? <Button kind="primary" type="submit" form="correct-patient" busy={correct.isPending} disabled={reason.trim() === ''}>{t('correct.go')}</Button>
        : <><Button onClick={() => setAsked(null)}>{t('create.back')}</Button><Button kind="primary" busy={correct.isPending} onClick={() => go(asked.details)}>{t('identity:alike.correct')}</Button></>}
    >
      {correct.error && <Problem error={correct.error} />}
      {asked === null
        ? (
          <>
            <PatientForm id="correct-patient" initial={patient} onSubmit={(details) => void submit(details)} />
            <TextInput label={t('correct.reason')} hint={t('correct.reasonHint')} value={reason} onChange={(event) => setReason(event.target.value)} />
          </>
        )
        : (
          <>
            <p role="status">{t('identity:alike.said', { count: asked.like.length })}</p>
            <ul className={styles.similar}>
              {asked.like.map(({ patient: other, likeness }) => (
                <li key={other.id}><strong><bdi>{other.name}</bdi></strong> <span className="numbers">{[other.birth_date === null ? t('common:notKnown') : showBirth(other.birth_date), other.number].join(' · ')}</span><p className={styles.why}><Likeness likeness={likeness} /></p></li>
              ))}
            </ul>
          </>
        )}
    </Dialog>
  );
}
