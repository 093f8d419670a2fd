// A patient's medicines in their chart: what is taken now, then what was.
import { Pill } from 'lucide-react';
import { useTranslation } from 'react-i18next';

import type { PatientView, PrescriptionView } from '../bindings/types';
import { useView } from '../host/query';
import { showDate } from '../i18n/dates';
import { useGo } from '../shared/go';
import { useMay } from '../shared/session-store';
import { Button, Panel, Problem, Skeleton } from '../shared/ui';
import styles from './prescriptions.module.css';
import { State } from './State';
import { useOrderWords } from './words';

export function ChartPrescriptions({ patient }: { patient: PatientView }) {
  const { t } = useTranslation('prescriptions');
  const go = useGo();
  const mayWrite = useMay('prescriptions.sign');
  const list = useView('prescriptions.of_patient', { patient_id: patient.id });
  const now = list.data?.filter(({ current }) => current) ?? [];
  const before = list.data?.filter(({ current }) => !current) ?? [];
  return (
    <Panel title={t('title')} flush={list.data !== undefined && list.data.length > 0} aside={mayWrite && <Button kind="quiet" icon={Pill} onClick={() => go.to(`/patients/${patient.id}/prescribe`)}>{t('chart.new')}</Button>}>
      {list.error && <Problem error={list.error} small retry={() => void list.refetch()} />}
      {list.isPending && <Skeleton rows={2} />}
      {list.data?.length === 0 && <p className={styles.quiet}>{t('chart.none')}</p>}
      <Rows title={t('chart.now')} rows={now} />
      <Rows title={t('chart.before')} rows={before} />
    </Panel>
  );
}

function Rows({ title, rows }: { title: string; rows: readonly PrescriptionView[] }) {
  const go = useGo();
  const { counted, often } = useOrderWords();
  if (rows.length === 0) return null;
  return (
    <>
      <h3 className={styles.part}>{title}</h3>
      <ul className={styles.rows}>
        {rows.map(({ id, order, state, at }) => (
          <li key={id}>
            <button type="button" onClick={() => go.to(`/prescriptions/${id}`)}>
              <span><bdi className="numbers"><strong>{order.medicine}</strong> {order.strength}</bdi></span>
              <span><bdi>{counted(order.dose)}</bdi>, {often(order.frequency)}</span>
              <span className="numbers">{showDate(at)}</span>
              <State state={state} />
            </button>
          </li>
        ))}
      </ul>
    </>
  );
}
