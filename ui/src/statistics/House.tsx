// The state of the house: room on the disk, the keys, and the last backup.
import { CircleCheck, TriangleAlert } from 'lucide-react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';

import { useView } from '../host/query';
import { showBytes } from '../i18n/numbers';
import { useMay } from '../shared/session-store';
import { Panel, Problem, Skeleton } from '../shared/ui';
import { Backup } from './Backup';
import styles from './statistics.module.css';

/** Below this the disk counts as nearly full. */
const ROOM = 1 << 30;

export function House() {
  const { t } = useTranslation('statistics');
  const settings = useView('settings.read', null);
  const backups = useMay('backup.state');
  return (
    <Panel title={t('house.title')}>
      {settings.error && <Problem error={settings.error} small />}
      {settings.isPending && <Skeleton rows={3} />}
      {settings.data && (
        <ul className={styles.house}>
          <Line good={settings.data.free_bytes >= ROOM} title={t('house.free')}>{t('house.bytes', { free: showBytes(settings.data.free_bytes), database: showBytes(settings.data.database_bytes), vault: showBytes(settings.data.vault_bytes) })}</Line>
          <Line good={settings.data.recovery_confirmed} title={t('house.recovery')}>{t(settings.data.recovery_confirmed ? 'house.confirmed' : 'house.notConfirmed')}</Line>
          {backups && <Backup />}
        </ul>
      )}
    </Panel>
  );
}

export function Line({ good, title, children }: { good: boolean; title: string; children: ReactNode }) {
  const { t } = useTranslation('statistics');
  const Icon = good ? CircleCheck : TriangleAlert;
  return (
    <li data-good={good}>
      <Icon size={16} role="img" aria-label={t(good ? 'house.good' : 'house.look')} />
      <strong>{title}</strong>
      <span>{children}</span>
    </li>
  );
}
