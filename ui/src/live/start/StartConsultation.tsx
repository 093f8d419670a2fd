// Two identifiers are read again before a session begins; then it is there, and one chooses how the patient takes part.
import { MessagesSquare } from 'lucide-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';

import type { Language, PatientRow, PatientView } from '../../bindings/types';
import { screenLanguage } from '../../i18n';
import { showBirth } from '../../i18n/dates';
import { useGo } from '../../shared/go';
import { languageChoices } from '../../shared/languages';
import { Button, Dialog, Problem, Select } from '../../shared/ui';
import { useAct } from '../use-consultation';
import styles from './ways.module.css';

export function StartConsultation({ patient, onClose }: { patient: PatientView | PatientRow; onClose: () => void }) {
  const { t } = useTranslation('live');
  const go = useGo();
  const [language, setLanguage] = useState<Language>(screenLanguage);
  const start = useAct('live.start');
  const begin = () => start.mutate({ patient_id: patient.id, language }, {
    onSuccess: ({ id }) => {
      onClose();
      go.to(`/consultations/${id}`);
    },
  });
  return (
    <Dialog
      open size="small" onOpenChange={onClose} title={t('start.title')} description={t('start.hint')}
      footer={<><Button onClick={onClose}>{t('start.cancel')}</Button><Button kind="primary" icon={MessagesSquare} busy={start.isPending} onClick={begin}>{t('start.go')}</Button></>}
    >
      <div className={styles.start}>
        <dl className={styles.facts}>
          <dt>{t('common:patient.name')}</dt><dd><bdi>{patient.name}</bdi></dd>
          <dt>{t('common:patient.born')}</dt><dd>{patient.birth_date === null ? t('common:notKnown') : showBirth(patient.birth_date)}</dd>
          <dt>{t('common:patient.number')}</dt><dd>{patient.number}</dd>
        </dl>
        <Select label={t('start.language')} value={language} onChange={(event) => setLanguage(event.target.value as Language)} options={languageChoices()} />
        {start.error && <Problem error={start.error} small />}
      </div>
    </Dialog>
  );
}
