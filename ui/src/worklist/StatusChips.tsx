import { useTranslation } from 'react-i18next';

import type { Status, StatusCounts } from '../bindings/types';
import { showCount } from '../i18n/numbers';
import styles from './Worklist.module.css';

const STATUSES: readonly Status[] = ['imported', 'read', 'verified', 'reported', 'delivered'];
/** Shown although nothing stands there. */
const ALWAYS = new Set<Status>(['imported', 'read', 'verified']);

/** Where scans stand, with true counts; one press filters. */
export function StatusChips({ counts, status, onChange }: { counts: StatusCounts | undefined; status: Status | null; onChange: (status: Status | null) => void }) {
  const { t } = useTranslation('worklist');
  const all = counts === undefined ? undefined : STATUSES.reduce((sum, one) => sum + counts[one], 0);
  return (
    <div role="group" aria-label={t('filter')} className={styles.chips}>
      <Chip name={t('all')} count={all} pressed={status === null} onPress={() => onChange(null)} />
      {STATUSES.filter((one) => ALWAYS.has(one) || (counts?.[one] ?? 0) > 0).map((one) => (
        <Chip key={one} name={t(`status.${one}`)} count={counts?.[one]} pressed={status === one} onPress={() => onChange(status === one ? null : one)} />
      ))}
    </div>
  );
}

function Chip({ name, count, pressed, onPress }: { name: string; count: number | undefined; pressed: boolean; onPress: () => void }) {
  return (
    <button type="button" aria-pressed={pressed} className={styles.chip} onClick={onPress}>
      {name}{count !== undefined && <span className="numbers">{showCount(count)}</span>}
    </button>
  );
}
