// A patient at the kiosk: their scans with what the doctor said, in plain words. Nothing of the AI's.
import { Clock, Stethoscope } from 'lucide-react';
import { useTranslation } from 'react-i18next';

import type { OwnScanView } from '../../bindings/types';
import { useView } from '../../host/query';
import { showDate } from '../../i18n/dates';
import { usePatientOnScreen } from '../../shared/patient';
import { Empty, Page, Problem, Skeleton } from '../../shared/ui';
import styles from './own.module.css';

export function OwnScans() {
  const { t } = useTranslation('clinic');
  const identity = useView('own.identity', null);
  const scans = useView('own.scans', null);
  usePatientOnScreen(identity.data);
  return (
    <Page title={identity.data === undefined ? t('own.titlePlain') : t('own.title', { name: identity.data.name })} hint={t('own.hint')}>
      {identity.error && <Problem error={identity.error} />}
      {scans.error && <Problem error={scans.error} retry={() => void scans.refetch()} />}
      {scans.isPending && <Skeleton rows={5} />}
      {scans.data?.length === 0 && <Empty title={t('own.none')} hint={t('own.noneHint')} />}
      <ul className={styles.scans}>{scans.data?.map((own) => <li key={own.scan.id}><Scan own={own} /></li>)}</ul>
    </Page>
  );
}

function Scan({ own: { scan, verdict } }: { own: OwnScanView }) {
  const { t } = useTranslation('clinic');
  // Only what the doctor says instead: where they agree, a class would be the AI's.
  const finding = verdict === null || verdict.agrees ? null : verdict.class;
  return (
    <article className={styles.scan}>
      <header>
        <h2>{t(`worklist:modalities.${scan.modality}`, { defaultValue: scan.modality })}</h2>
        <span className="numbers">{showDate(scan.study_date ?? scan.imported)}</span>
      </header>
      {verdict === null
        ? <p className={styles.waiting}><Clock size={18} aria-hidden />{t('own.waiting')}</p>
        : (
          <div className={styles.verdict}>
            <Stethoscope size={18} aria-hidden />
            <div>
              <p>{t('own.looked', { by: verdict.by, date: showDate(verdict.at) })}</p>
              {finding !== null && <p className={styles.said}><bdi>{finding}</bdi></p>}
              {verdict.comment !== '' && <p className={styles.said}><bdi>{verdict.comment}</bdi></p>}
              {finding === null && verdict.comment === '' && <p>{t('own.noWords')}</p>}
              <p className={styles.quiet}>{t('own.ask')}</p>
            </div>
          </div>
        )}
    </article>
  );
}
