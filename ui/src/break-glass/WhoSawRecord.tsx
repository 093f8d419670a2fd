import { Siren } from 'lucide-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';

import { useView } from '../host/query';
import { showMoment } from '../i18n/dates';
import { Button, Chip, Panel, Problem, Skeleton } from '../shared/ui';
import styles from './break-glass.module.css';

/** Beside a restricted record, for the doctor who treats: everybody else who looked, emergencies marked. */
export function WhoSawRecord({ patientId }: { patientId: string }) {
  const { t } = useTranslation('break-glass');
  const [all, setAll] = useState(false);
  const rows = useView('patients.who_saw', { id: patientId });
  // Another doctor treats: there is nothing to show, and that is no fault.
  if (rows.error?.code === 'not_found') return null;
  const shown = all ? rows.data : rows.data?.slice(0, 8);
  return (
    <Panel title={t('whoSaw.title')} flush>
      {rows.error && <Problem error={rows.error} small />}
      {rows.isPending && <Skeleton rows={3} />}
      {rows.data?.length === 0 && <p className={styles.padded}>{t('whoSaw.none')}</p>}
      {shown !== undefined && shown.length > 0 && (
        <ul className={styles.saw}>
          {shown.map((row, index) => (
            <li key={index}>
              <span className="numbers">{showMoment(row.at)}</span>
              <span><bdi>{row.who}</bdi>, {t(`journal:plain.${row.verb}`, { defaultValue: row.verb })}</span>
              {row.broke_glass && <Chip tone="urgent" icon={Siren}>{t('whoSaw.broke')}</Chip>}
            </li>
          ))}
        </ul>
      )}
      {!all && rows.data !== undefined && rows.data.length > 8 && <div className={styles.padded}><Button kind="quiet" onClick={() => setAll(true)}>{t('whoSaw.all', { count: rows.data.length })}</Button></div>}
    </Panel>
  );
}
