import { CircleHelp, Pencil } from 'lucide-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';

import type { PatientView } from '../../bindings/types';
import { showMoment } from '../../i18n/dates';
import { useMay } from '../../shared/session-store';
import { Button, Panel } from '../../shared/ui';
import { EditAllergies } from './EditAllergies';
import styles from './patients.module.css';

/** Three states, never two: a list, asked and none known, not asked. */
export function AllergiesPanel({ patient }: { patient: PatientView }) {
  const { t } = useTranslation('clinic');
  const [editing, setEditing] = useState(false);
  const mayEdit = useMay('patients.set_allergies');
  const { allergies, allergies_recorded } = patient;
  const asked = allergies.state !== 'not_asked';
  return (
    <Panel title={t('allergies.title')} aside={mayEdit && <Button kind="quiet" icon={asked ? Pencil : CircleHelp} onClick={() => setEditing(true)}>{asked ? t('allergies.change') : t('allergies.ask')}</Button>}>
      {allergies.state === 'not_asked' && <p>{t('allergies.notAsked')}</p>}
      {allergies.state === 'none_known' && <p>{t('common:allergy.noneKnown')}</p>}
      {allergies.state === 'known' && (
        <ul className={styles.allergies}>
          {allergies.items.map(({ substance, reaction, severity }, index) => (
            <li key={index}><strong><bdi>{substance}</bdi></strong><span className={styles.quiet}><bdi>{reaction === '' ? t('allergies.noReaction') : reaction}</bdi>, {t(`allergies.severity.${severity}`)}</span></li>
          ))}
        </ul>
      )}
      {allergies_recorded !== null && <p className={styles.quiet}>{t('allergies.recorded', { at: showMoment(allergies_recorded) })}</p>}
      {editing && <EditAllergies patient={patient} onClose={() => setEditing(false)} />}
    </Panel>
  );
}
