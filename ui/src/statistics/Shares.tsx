import { showCount } from '../i18n/numbers';
import styles from './statistics.module.css';

export interface Share {
  key: string;
  label: string;
  count: number;
}

/** Bars that lie down, with their names: kinds of one thing. Each opens the rows that it counts. */
export function Shares({ label, shares, ai = false, onOpen }: { label: string; shares: readonly Share[]; ai?: boolean; onOpen: (share: Share) => void }) {
  const top = Math.max(1, ...shares.map(({ count }) => count));
  return (
    <ul className={styles.shares} aria-label={label}>
      {shares.map((share) => (
        <li key={share.key}>
          <button type="button" onClick={() => onOpen(share)}>
            <span className={styles.shareName}><bdi>{share.label}</bdi></span>
            <span className={styles.track}><span className={styles.shareFill} data-ai={ai || undefined} style={{ inlineSize: `${(share.count / top) * 100}%` }} /></span>
            <span className={styles.numeric}>{showCount(share.count)}</span>
          </button>
        </li>
      ))}
    </ul>
  );
}
