import { useTranslation } from 'react-i18next';

import type { VersionAgreement } from '../bindings/types';
import { showCount } from '../i18n/numbers';
import styles from './feedback.module.css';

/** What the model said against what the clinician said. */
export function Pairs({ row: { classes, pairs } }: { row: VersionAgreement }) {
  const { t } = useTranslation('feedback');
  const count = (said: string, doctor: string | null) => pairs.find((pair) => pair.said === said && pair.doctor === doctor)?.count ?? 0;
  const own = pairs.some(({ doctor }) => doctor === null);
  return (
    <details className={styles.whole}>
      <summary>{t('pairs.title')}</summary>
      <div className={styles.scroll}>
        <table className={styles.table}>
          <thead><tr><th scope="col">{t('pairs.said')}</th>{classes.map(({ id, name }) => <th key={id} scope="col" className={styles.numeric}>{t('pairs.doctor', { name })}</th>)}{own && <th scope="col" className={styles.numeric}>{t('pairs.ownWords')}</th>}</tr></thead>
          <tbody>
            {classes.map(({ id, name }) => (
              <tr key={id}><th scope="row"><bdi>{name}</bdi></th>{classes.map((other) => <td key={other.id} className={styles.numeric}>{showCount(count(id, other.id))}</td>)}{own && <td className={styles.numeric}>{showCount(count(id, null))}</td>}</tr>
            ))}
          </tbody>
        </table>
      </div>
    </details>
  );
}
