import { FileDown } from 'lucide-react';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';

import { onFilesDropped } from '../host';
import { patientOnScreen } from '../shared/patient';
import styles from './DropZone.module.css';
import { forgetImports, listenToImports, startImport } from './store';

/** The whole window takes scans. With a chart open they are expected to be that patient's, and it says so. */
export function DropZone() {
  const { t } = useTranslation('imaging');
  const [over, setOver] = useState(false);
  const patient = patientOnScreen((state) => state.patient);
  useEffect(() => {
    const stop = listenToImports();
    return () => {
      stop();
      forgetImports();
    };
  }, []);
  useEffect(() => onFilesDropped((drop) => {
    setOver(drop.kind === 'over');
    if (drop.kind === 'dropped') void startImport(drop.paths, patientOnScreen.getState().patient?.id ?? null);
  }), []);
  if (!over) return null;
  return (
    <div className={styles.zone} role="status">
      <FileDown size={40} strokeWidth={1.25} aria-hidden />
      <strong>{t('drop.title')}</strong>
      <span>{patient === null ? t('drop.anyone') : t('drop.patient', { name: patient.name })}</span>
    </div>
  );
}
