// What is on the stick, and a whole check of any of it.
import { CircleCheck, CircleX, ShieldQuestion } from 'lucide-react';
import { useTranslation } from 'react-i18next';

import type { BackupView } from '../bindings/types';
import { useCommand } from '../host/query';
import { showMoment } from '../i18n/dates';
import { showBytes, showCount } from '../i18n/numbers';
import { sentenceOf } from '../shared/sentences';
import { Button, Chip, Empty, Panel, Problem } from '../shared/ui';
import styles from './backup.module.css';

export function Snapshots({ view: { snapshots, folder_problem, checked, state } }: { view: BackupView }) {
  const { t } = useTranslation('backup');
  const check = useCommand('backup.check');
  return (
    <Panel title={t('snapshots.title')}>
      {folder_problem !== null && <Problem error={folder_problem} small />}
      {folder_problem === null && snapshots.length === 0 && <Empty title={t('snapshots.none')} />}
      {check.error && <Problem error={check.error} small />}
      <ul className={styles.snapshots}>
        {snapshots.map(({ name, at, verified, database_bytes }) => (
          <li key={name}>
            <div>
              <span>{showMoment(at)}</span>
              <span className={styles.quiet}>{t('snapshots.database', { size: showBytes(database_bytes) })}</span>
            </div>
            {verified ? <Chip tone="good" icon={CircleCheck}>{t('snapshots.verified')}</Chip> : <Chip icon={ShieldQuestion}>{t('snapshots.unproved')}</Chip>}
            <Button kind="quiet" disabled={state.running !== null} aria-label={t('snapshots.checkOf', { when: showMoment(at) })} onClick={() => check.mutate({ name })}>{t('snapshots.check')}</Button>
            {checked?.name === name && (
              <p role="status" data-bad={checked.problem !== null || undefined}>
                {checked.problem === null ? <CircleCheck size={15} aria-hidden /> : <CircleX size={15} aria-hidden />}
                {checked.problem !== null ? `${sentenceOf(checked.problem).title} ${sentenceOf(checked.problem).advice}`
                  : checked.whole !== null && t('snapshots.whole', { count: checked.whole.files, files: showCount(checked.whole.files), size: showBytes(checked.whole.bytes), rows: showCount(checked.whole.journal_rows) })}
              </p>
            )}
          </li>
        ))}
      </ul>
      <p className={styles.quiet}>{t('snapshots.restoreHint')}</p>
    </Panel>
  );
}
