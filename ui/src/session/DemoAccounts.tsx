import { FlaskConical } from 'lucide-react';
import { useTranslation } from 'react-i18next';

import type { DemoAccount } from '../bindings/types';
import styles from './session.module.css';

/** The four accounts of a demo clinic: one click each, and marked so that nobody takes it for a real one. */
export function DemoAccounts({ accounts, busy, onChoose }: { accounts: readonly DemoAccount[]; busy: boolean; onChoose: (account: DemoAccount) => void }) {
  const { t } = useTranslation('session');
  return (
    <section className={styles.demo} aria-labelledby="demo-title">
      <h2 id="demo-title"><FlaskConical size={16} aria-hidden />{t('demo.title')}</h2>
      <p>{t('demo.hint')}</p>
      <ul>
        {accounts.map((account) => (
          <li key={account.login}>
            <button type="button" disabled={busy} onClick={() => onChoose(account)}>
              <strong>{t(`common:role.${account.role}`)}</strong>
              <bdi>{account.name}</bdi>
              <span className={styles.secret}>{account.login} · {account.password}</span>
            </button>
          </li>
        ))}
      </ul>
    </section>
  );
}
