import { MonitorOff } from 'lucide-react';
import { useTranslation } from 'react-i18next';

import { useView } from '../host/query';
import { showMoment, showSince } from '../i18n/dates';
import { Chip, Empty, Problem, Skeleton } from '../shared/ui';
import styles from './users.module.css';

/** Who is signed in on this workstation, at which window. */
export function SignedIn() {
  const { t } = useTranslation('users');
  const rows = useView('users.signed_in', null);
  if (rows.error) return <Problem error={rows.error} retry={() => void rows.refetch()} />;
  if (rows.data === undefined) return <Skeleton rows={3} />;
  if (rows.data.length === 0) return <Empty icon={MonitorOff} title={t('nobodyHere')} />;
  return (
    // A region that scrolls must be reachable by the keyboard.
    // eslint-disable-next-line jsx-a11y/no-noninteractive-tabindex
    <div className={styles.scroll} tabIndex={0} role="group" aria-label={t('here', { count: rows.data.length })}>
      <table className={styles.table}>
        <thead><tr><th scope="col">{t('clinic:users.name')}</th><th scope="col">{t('clinic:users.role')}</th><th scope="col">{t('where')}</th><th scope="col">{t('since')}</th><th scope="col">{t('active')}</th><th scope="col">{t('clinic:users.state')}</th></tr></thead>
        <tbody>
          {rows.data.map((row, index) => (
            <tr key={index}>
              <th scope="row">{row.name === null ? t('aPatient') : <bdi>{row.name}</bdi>}</th>
              <td>{t(`common:role.${row.role}`)}</td>
              <td>{row.here ? t('thisWindow') : row.window === null ? t('closedWindow') : t('otherWindow', { window: row.window })}</td>
              <td className="numbers">{showMoment(row.since)}</td>
              <td className="numbers">{t('ago', { since: showSince(row.active) })}</td>
              <td>{row.locked ? <Chip tone="outline">{t('locked')}</Chip> : t('atWork')}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
