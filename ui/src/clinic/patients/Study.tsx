import { useTranslation } from 'react-i18next';

import type { ScanRow, StudyView, WorklistRow } from '../../bindings/types';
import { imageUrl } from '../../host';
import { showDate, showMoment } from '../../i18n/dates';
import { showList } from '../../i18n/lists';
import { showPercent } from '../../i18n/numbers';
import { useGo } from '../../shared/go';
import { showMeasured } from '../../shared/measured';
import { useMeasuredWords } from '../../shared/measured-words';
import { useMay, useSession } from '../../shared/session-store';
import { AiMark } from '../../shared/ui';
import styles from './patients.module.css';

/** One visit to a scanner, with its scans in reading order. */
export function Study({ study, facts }: { study: StudyView; facts: ReadonlyMap<string, WorklistRow> }) {
  const { t } = useTranslation('clinic');
  return (
    <section className={styles.study} aria-label={study.description ?? study.modality}>
      <h3>
        <bdi>{study.description ?? t(`worklist:modalities.${study.modality}`, { defaultValue: study.modality })}</bdi>
        <span className="numbers">{[study.modality, study.date === null ? t('chart.noDate') : showDate(study.date), t('chart.scanCount', { count: study.scans.length })].join(' · ')}</span>
      </h3>
      <ul className={styles.scans}>{study.scans.map((scan) => <li key={scan.id}><Scan scan={scan} facts={facts.get(scan.id)} /></li>)}</ul>
    </section>
  );
}

function Scan({ scan, facts }: { scan: ScanRow; facts: WorklistRow | undefined }) {
  const { t } = useTranslation('clinic');
  const go = useGo();
  const grant = useSession((session) => session.grant);
  const mayOpen = useMay('imaging.open_scan');
  return (
    <button type="button" className={styles.scan} disabled={!mayOpen} onClick={() => go.scan(scan.id)}>
      <img src={imageUrl(`thumb/${grant}/${scan.id}`)} alt="" loading="lazy" />
      <span>
        <bdi>{scan.description ?? scan.modality}</bdi>
        <span className={[styles.quiet, 'numbers'].join(' ')}>{t('chart.imported', { at: showMoment(scan.imported) })}</span>
      </span>
      <Reading facts={facts} />
      <span>
        {t(`worklist:status.${scan.status}`)}
        {facts?.verdict && <span className={styles.quiet}>{facts.verdict.agrees ? t('chart.agreed', { by: facts.verdict.by }) : t('chart.corrected', { class: facts.verdict.class ?? t('chart.disagreed'), by: facts.verdict.by })}</span>}
      </span>
    </button>
  );
}

function Reading({ facts }: { facts: WorklistRow | undefined }) {
  const { t } = useTranslation('clinic');
  const { nameOf, whyNot } = useMeasuredWords();
  const hidden = useSession((session) => session.preferences.map_hidden_until_looked);
  const reading = facts?.reading;
  if (reading == null) return <span className={styles.quiet}>{t('worklist:notRead')}</span>;
  if (hidden && facts?.status === 'read') return <span className={styles.quiet}>{t('worklist:hidden')}</span>;
  if (reading.answer === 'not_assessed') return <span><AiMark /><span className={styles.quiet}>{t('worklist:notAssessed')}, {t(`not-assessed:${reading.reason}`, { defaultValue: reading.reason })}</span></span>;
  if (reading.top.length === 0) return <span><AiMark /><span className={styles.quiet}>{showList([t('measured:outlined'), whyNot(reading.measured?.missing)])}</span></span>;
  const first = reading.measured?.first ?? null;
  return (
    <span>
      <AiMark />
      <span className={[styles.quiet, 'numbers'].join(' ')}>{first !== null && <span className={styles.figure}>{nameOf(first.key)} {showMeasured(first)}</span>}{reading.top.map(({ name, probability }) => <span key={name} className={styles.figure}>{name} {showPercent(probability)}</span>)}</span>
    </span>
  );
}
