import { useTranslation } from 'react-i18next';

import styles from './Skeleton.module.css';

/** The shape of what is coming, for as many rows as will stand there. */
export function Skeleton({ rows = 6, height }: { rows?: number; height?: string }) {
  const { t } = useTranslation();
  return (
    <div className={styles.rows} role="status" data-loading aria-label={t('loading')}>
      {Array.from({ length: rows }, (_, row) => <div key={row} className={styles.row} style={{ inlineSize: `${94 - ((row * 17) % 31)}%`, ...(height === undefined ? {} : { blockSize: height }) }} />)}
    </div>
  );
}
