// Have the scores moved? The index against the first readings, window by window, with the rule of thumb and what it cannot say.
import { CircleCheck, CircleHelp, TriangleAlert } from 'lucide-react';
import { useTranslation } from 'react-i18next';

import type { VersionDrift } from '../bindings/types';
import { showCount, showPercent } from '../i18n/numbers';
import styles from './feedback.module.css';

const ICON = { too_few: CircleHelp, stable: CircleCheck, watch: CircleHelp, moved: TriangleAlert } as const;
/** The rule of thumb's lines, and the top of the picture. */
const [WATCH, MOVED, TOP] = [0.1, 0.25, 0.5];

export function DriftSection({ drift }: { drift: VersionDrift }) {
  const { t } = useTranslation('feedback');
  const Icon = ICON[drift.drift];
  const newest = drift.windows.at(-1);
  return (
    <section className={styles.drift} aria-label={t('drift.title')}>
      <h3>{t('drift.title')}</h3>
      <p className={styles.verdict}><Icon size={18} aria-hidden /><strong>{t(`drift.${drift.drift}`)}</strong>{newest !== undefined && <span className="numbers">{t('drift.psi', { psi: newest.psi.toFixed(2), from: showCount(newest.from), to: showCount(newest.to) })}</span>}</p>
      {drift.drift === 'too_few'
        ? <p className={styles.quiet}>{t('drift.tooFewHint', { readings: showCount(drift.readings), needed: showCount(drift.first * 2), count: drift.readings })}</p>
        : (
          <>
            <div className={styles.chart} aria-hidden>
              <span className={styles.line} style={{ insetBlockEnd: `${(WATCH / TOP) * 100}%` }} /><span className={styles.line} style={{ insetBlockEnd: `${(MOVED / TOP) * 100}%` }} />
              {drift.windows.map((window) => <span key={window.to} className={styles.bar} style={{ blockSize: `${Math.max(1, Math.min(100, (window.psi / TOP) * 100))}%` }} />)}
            </div>
            <table className={styles.table}>
              <caption className="unseen">{t('drift.table')}</caption>
              <thead><tr><th scope="col">{t('drift.window')}</th><th scope="col" className={styles.numeric}>{t('drift.index')}</th><th scope="col" className={styles.numeric}>{t('drift.mean')}</th></tr></thead>
              <tbody>
                {drift.first_mean !== null && <tr><th scope="row">{t('drift.firstRow', { count: drift.first, first: showCount(drift.first) })}</th><td className={styles.numeric}>{t('common:none')}</td><td className={styles.numeric}>{showPercent(drift.first_mean)}</td></tr>}
                {drift.windows.slice(-3).map((window) => <tr key={window.to}><th scope="row" className="numbers">{t('drift.range', { from: showCount(window.from), to: showCount(window.to) })}</th><td className={styles.numeric}>{window.psi.toFixed(2)}</td><td className={styles.numeric}>{showPercent(window.mean)}</td></tr>)}
              </tbody>
            </table>
          </>
        )}
      <p className={styles.quiet}>{t('drift.rule', { first: showCount(drift.first) })}</p>
    </section>
  );
}
