// How far a backup, check or restore has come.
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';

import type { BackupJobView } from '../bindings/types';
import { on } from '../host';
import { refresh } from '../host/query';
import { showBytes, showPercent } from '../i18n/numbers';
import { Button } from '../shared/ui';
import styles from './backup.module.css';

/** A view asks once; events say how it went on since, until the views are asked again. */
export function useRunningJob(asked: BackupJobView | null): BackupJobView | null {
  const [told, setTold] = useState<BackupJobView | null>(null);
  useEffect(() => on('backup.progress', setTold), []);
  const began = told !== null && asked === null;
  useEffect(() => {
    // The daily one began by itself: the views do not know yet.
    if (began) refresh(['backup']);
  }, [began]);
  return asked === null ? null : told?.kind === asked.kind ? told : asked;
}

export function Progress({ job, onCancel, busy = false }: { job: BackupJobView; onCancel: () => void; busy?: boolean }) {
  const { t } = useTranslation('backup');
  const share = job.total === 0 ? null : Math.min(1, job.done / job.total);
  return (
    <div className={styles.progress} role="status">
      <p>{t(`phase.${job.phase}`)}{share !== null && <span className="numbers"> {showPercent(share)} · {showBytes(job.total)}</span>}</p>
      <progress aria-label={t(`bar.${job.kind}`)} {...(share === null ? {} : { value: share, max: 1 })} />
      {job.phase !== 'swapping' && <Button kind="quiet" busy={busy} onClick={onCancel}>{t('common:cancel')}</Button>}
    </div>
  );
}
