import { useTranslation } from 'react-i18next';

import type { AccountCountView } from '../bindings/types';
import { showCount } from '../i18n/numbers';
import { useGo } from '../shared/go';
import { Button } from '../shared/ui';
import styles from './statistics.module.css';

/** Accounts by role. */
export function Accounts({ accounts }: { accounts: readonly AccountCountView[] }) {
  const { t } = useTranslation('statistics');
  const go = useGo();
  return (
    <div className={styles.stack}>
      {/* A region that scrolls must be reachable by the keyboard. */}
      {/* eslint-disable-next-line jsx-a11y/no-noninteractive-tabindex */}
      <div className={styles.tableBox} tabIndex={0} role="group" aria-label={t('accounts.title')}>
        <table className={styles.table}>
          <thead><tr><th scope="col">{t('accounts.role')}</th><th scope="col" className={styles.numeric}>{t('accounts.enabled')}</th><th scope="col" className={styles.numeric}>{t('accounts.disabled')}</th><th scope="col" className={styles.numeric}>{t('accounts.removed')}</th></tr></thead>
          <tbody>{accounts.map((one) => <tr key={one.role}><th scope="row">{t(`common:role.${one.role}`)}</th><td className={styles.numeric}>{showCount(one.enabled)}</td><td className={styles.numeric}>{showCount(one.disabled)}</td><td className={styles.numeric}>{showCount(one.removed)}</td></tr>)}</tbody>
        </table>
      </div>
      <div><Button kind="quiet" onClick={() => go.to('/users')}>{t('accounts.open')}</Button></div>
    </div>
  );
}
