import { useTranslation } from 'react-i18next';

import { useView } from '../host/query';
import { showMoment } from '../i18n/dates';
import { Line } from './House';

/** When the last backup was proved, and whether the next is overdue. */
export function Backup() {
  const { t } = useTranslation('statistics');
  const { data } = useView('backup.state', null);
  if (data === undefined) return null;
  const good = data.planned && data.problem === null && !data.overdue && data.last_verified !== null;
  return (
    <Line good={good} title={t('house.backup')}>
      {data.last_verified === null ? t(data.planned ? 'house.noBackupYet' : 'house.noBackup') : t('house.lastBackup', { at: showMoment(data.last_verified) })}
      {data.last_verified !== null && !data.planned && ` ${t('house.notPlanned')}`}
      {data.problem !== null && ` ${t(`errors:${data.problem.message_id}.title`, data.problem.args)}`}
      {data.problem === null && data.overdue && ` ${t('house.overdue')}`}
    </Line>
  );
}
