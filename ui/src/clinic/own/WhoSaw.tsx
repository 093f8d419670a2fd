import { ScanEye } from 'lucide-react';
import { useTranslation } from 'react-i18next';

import { useView } from '../../host/query';
import { showMoment } from '../../i18n/dates';
import { usePatientOnScreen } from '../../shared/patient';
import { Empty, Page, Problem, Skeleton } from '../../shared/ui';
import styles from './own.module.css';

/** Every look at one's own record, newest first. */
export function WhoSaw() {
  const { t } = useTranslation('clinic');
  const identity = useView('own.identity', null);
  const rows = useView('own.who_saw', null);
  usePatientOnScreen(identity.data);
  return (
    <Page title={t('whoSaw.title')} hint={t('whoSaw.hint')}>
      {rows.error && <Problem error={rows.error} retry={() => void rows.refetch()} />}
      {rows.isPending && <Skeleton rows={6} />}
      {rows.data?.length === 0 && <Empty icon={ScanEye} title={t('whoSaw.none')} />}
      {rows.data !== undefined && rows.data.length > 0 && (
        <table className={styles.table}>
          <thead><tr><th scope="col">{t('whoSaw.when')}</th><th scope="col">{t('whoSaw.who')}</th><th scope="col">{t('whoSaw.what')}</th></tr></thead>
          <tbody>
            {rows.data.map((row, index) => (
              <tr key={index}><td className="numbers">{showMoment(row.at)}</td><td><bdi>{row.who}</bdi>, {t(`common:role.${row.role}`)}</td><td>{t(`journal:plain.${row.verb}`, { defaultValue: t('whoSaw.looked') })}{row.broke_glass && ` (${t('whoSaw.emergency')})`}</td></tr>
            ))}
          </tbody>
        </table>
      )}
    </Page>
  );
}
