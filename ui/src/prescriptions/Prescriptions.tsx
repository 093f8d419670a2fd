// What pharmacists ask this doctor about.
import { CircleCheck } from 'lucide-react';
import { useTranslation } from 'react-i18next';

import { useView } from '../host/query';
import { showMoment } from '../i18n/dates';
import { useGo } from '../shared/go';
import { Empty, Page, Problem, Skeleton } from '../shared/ui';
import styles from './prescriptions.module.css';

export function Prescriptions() {
  const { t } = useTranslation('prescriptions');
  const go = useGo();
  const asked = useView('prescriptions.asked', null);
  return (
    <Page title={t('title')} hint={t('asked.hint')}>
      {asked.error && <Problem error={asked.error} retry={() => void asked.refetch()} />}
      {asked.isPending && <Skeleton rows={3} />}
      {asked.data?.length === 0 && <Empty icon={CircleCheck} title={t('asked.none')} hint={t('asked.noneHint')} />}
      {asked.data !== undefined && asked.data.length > 0 && (
        <ul className={[styles.rows, styles.boxed].join(' ')}>
          {asked.data.map(({ id, patient, order, facts }) => (
            <li key={id}>
              <button type="button" onClick={() => go.to(`/prescriptions/${id}`)}>
                <span><strong><bdi>{patient.name}</bdi></strong></span>
                <span><bdi className="numbers">{order.medicine} {order.strength}</bdi></span>
                <span className="numbers">{showMoment(facts.at(-1)?.at ?? '')}</span>
                <span className={styles.question}><bdi>{facts.at(-1)?.text}</bdi></span>
              </button>
            </li>
          ))}
        </ul>
      )}
    </Page>
  );
}
