import { RouterIcon, WifiOff } from 'lucide-react';
import { useTranslation } from 'react-i18next';

import { useCommand } from '../../host/query';
import { Button, Problem } from '../../shared/ui';
import styles from './ways.module.css';

/** No relay is set: said plainly, with the two things that work all the same. */
export function NoRelay() {
  const { t } = useTranslation('live');
  const open = useCommand('relay.open_room');
  return (
    <div className={styles.none}>
      <WifiOff size={20} aria-hidden />
      <div>
        <p><strong>{t('noRelay.title')}</strong></p>
        <p>{t('noRelay.hint')}</p>
        <p>{t('noRelay.room')}</p>
        {open.error && <Problem error={open.error} small />}
        <Button kind="primary" icon={RouterIcon} busy={open.isPending} onClick={() => open.mutate(null)}>{t('noRelay.open')}</Button>
      </div>
    </div>
  );
}
