import { FlaskConical, LockKeyhole, TriangleAlert } from 'lucide-react';
import { useTranslation } from 'react-i18next';

import type { PatientView } from '../../bindings/types';
import { showBirth, showDate } from '../../i18n/dates';
import { allergySentence } from '../allergies';
import { Chip } from './Chip';
import styles from './PatientBanner.module.css';

/** Who this is: name, birth, sex, number, and what must not be given. On every screen that shows a patient. */
export function PatientBanner({ patient }: { patient: PatientView }) {
  const { t } = useTranslation();
  const { name, birth_date, sex, number, external_id, allergies, restricted, demo } = patient;
  const known = allergies.state === 'known';
  return (
    <section aria-label={t('banner.label')} className={styles.banner}>
      <strong className={styles.name}><bdi title={name}>{name}</bdi></strong>
      <dl className={styles.facts}>
        <div><dt>{t('banner.born')}</dt><dd className="numbers">{birth_date === null ? t('notKnown') : showBirth(birth_date)}</dd></div>
        <div><dt className="unseen">{t('banner.sex')}</dt><dd>{t(`sex.${sex}`)}</dd></div>
        <div><dt>{t('banner.id')}</dt><dd className="numbers">{number}</dd></div>
        {external_id !== null && <div className={styles.other}><dt>{t('banner.otherId')}</dt><dd className="numbers"><bdi>{external_id}</bdi></dd></div>}
      </dl>
      <span className={styles.chips}>
        <span title={patient.allergies_recorded === null ? undefined : t('banner.recorded', { date: showDate(patient.allergies_recorded) })} className={styles.allergies}>
          <Chip tone={known ? 'urgent' : 'outline'} {...(known ? { icon: TriangleAlert } : {})}>{allergySentence(allergies)}</Chip>
        </span>
        {restricted && <Chip tone="outline" icon={LockKeyhole}>{t('banner.restricted')}</Chip>}
        {demo && <Chip tone="outline" icon={FlaskConical}>{t('banner.demo')}</Chip>}
      </span>
    </section>
  );
}
