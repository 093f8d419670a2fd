// The bottom bar's word on backups: when the last proved one was made, what runs, what failed.
import { DatabaseBackup } from 'lucide-react';
import { useTranslation } from 'react-i18next';

import { useView } from '../host/query';
import { showClock, showMoment } from '../i18n/dates';
import { sentenceOf } from '../shared/sentences';
import { useMay, useSession } from '../shared/session-store';
import { useNow } from '../shared/use-now';
import { useRunningJob } from './progress';
import styles from './backup.module.css';

const DAY = 86_400_000;

export function BackupInBar() {
  const { t } = useTranslation('backup');
  // Whoever stands at the kiosk has no use for it.
  const staff = useSession((session) => session.role !== 'patient');
  const may = useMay('backup.state') && staff;
  const state = useView('backup.state', null, { enabled: may });
  const now = useNow(60_000);
  const running = useRunningJob(state.data?.running ?? null);
  if (!staff || state.data === undefined || !state.data.planned) return null;
  const { last_verified, problem, overdue } = state.data;
  const when = last_verified === null ? '' : now - Date.parse(last_verified) < DAY ? showClock(last_verified) : showMoment(last_verified);
  const said = running !== null ? t(`bar.${running.kind}`)
    : overdue ? t('bar.overdue')
      : problem !== null && problem.code !== 'cancelled' ? t('bar.failed')
        : last_verified === null ? t('bar.none') : t('bar.done', { when });
  const bad = running === null && (overdue || (problem !== null && problem.code !== 'cancelled'));
  return (
    <span className={bad ? styles.bad : undefined} title={problem === null ? undefined : sentenceOf(problem).title}>
      <DatabaseBackup size={13} aria-hidden />{said}
    </span>
  );
}
