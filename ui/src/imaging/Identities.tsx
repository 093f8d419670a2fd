import { useTranslation } from 'react-i18next';

import type { IdentityView, PatientRow } from '../bindings/types';
import { showBirth } from '../i18n/dates';
import styles from './AssignDialog.module.css';

/** Both identities side by side; what differs is marked by words and weight. */
export function Identities({ file, open }: { file: IdentityView; open: PatientRow }) {
  const { t } = useTranslation('imaging');
  const birth = (date: string | null) => (date === null ? t('common:notKnown') : showBirth(date));
  const rows: readonly [string, string, string][] = [
    [t('common:patient.name'), file.name.replaceAll('^', ' '), open.name],
    [t('common:patient.born'), birth(file.birth_date), birth(open.birth_date)],
    [t('common:patient.sex'), t(`common:sex.${file.sex}`), t(`common:sex.${open.sex}`)],
    [t('common:patient.number'), file.id, open.number],
  ];
  return (
    <table className={styles.identities}>
      <thead><tr><td /><th scope="col">{t('assign.inFile')}</th><th scope="col">{t('assign.openPatient')}</th></tr></thead>
      <tbody>
        {rows.map(([name, left, right]) => {
          const differs = left.toLowerCase() !== right.toLowerCase();
          return (
            <tr key={name} data-differs={differs || undefined}>
              <th scope="row">{name}</th>
              <td><bdi>{left}</bdi></td>
              <td><bdi>{right}</bdi>{differs && <span className={styles.differs}>{t('assign.different')}</span>}</td>
            </tr>
          );
        })}
      </tbody>
    </table>
  );
}
