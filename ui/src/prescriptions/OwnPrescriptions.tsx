// A patient at the kiosk: their own medicines, in plain words. Nothing of the checks: those are between doctor and pharmacist.
import { Pill } from 'lucide-react';
import { useTranslation } from 'react-i18next';

import { useView } from '../host/query';
import { showDate } from '../i18n/dates';
import { usePatientOnScreen } from '../shared/patient';
import { Empty, Page, Problem, Skeleton } from '../shared/ui';
import { Paper } from './Paper';
import styles from './prescriptions.module.css';
import { State } from './State';
import { useOrderWords } from './words';

export function OwnPrescriptions() {
  const { t } = useTranslation('prescriptions');
  const { counted } = useOrderWords();
  const identity = useView('own.identity', null);
  const list = useView('own.prescriptions', null);
  usePatientOnScreen(identity.data);
  return (
    <Page title={t('own.title')} hint={t('own.ask')}>
      {list.error && <Problem error={list.error} retry={() => void list.refetch()} />}
      {list.isPending && <Skeleton rows={4} />}
      {list.data?.length === 0 && <Empty icon={Pill} title={t('own.none.title')} hint={t('own.none.hint')} />}
      <ul className={styles.own}>
        {list.data?.map((one) => (
          <li key={one.id}>
            <p className={styles.what}><State state={one.state} /><span className={styles.quiet}>{t('own.by', { name: one.author, at: showDate(one.at) })}</span></p>
            <Paper order={one.order} number={one.number} signed={{ by: one.author, at: one.at, holds: true }} given={t('paper.given', { given: one.given.amount, total: counted(one.total) })} />
          </li>
        ))}
      </ul>
    </Page>
  );
}
