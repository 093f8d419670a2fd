import { useTranslation } from 'react-i18next';

import type { FigureView, TurnaroundView } from '../bindings/types';
import { Shares } from './Shares';
import styles from './statistics.module.css';
import { useTime } from './time';

/** From import to final report: the middle, nine of ten, and how many took how long. */
export function Turnaround({ turnaround, onOpen }: { turnaround: TurnaroundView; onOpen: (title: string, counted: FigureView) => void }) {
  const { t } = useTranslation('statistics');
  const time = useTime();
  if (turnaround.median_ms === null || turnaround.p90_ms === null) return <p className={styles.quiet}>{t('turnaround.none')}</p>;
  const names = ['hour', 'hours', 'day', 'days', 'longer'];
  const shares = turnaround.bands.map((band, index) => ({ key: String(index), label: t(`turnaround.band.${names[index] ?? 'longer'}`), count: band.count, band }));
  return (
    <div className={styles.stack}>
      <dl className={styles.pairs}>
        <div><dt>{t('turnaround.median')}</dt><dd className="numbers">{time(turnaround.median_ms)}</dd></div>
        <div><dt>{t('turnaround.p90')}</dt><dd className="numbers">{time(turnaround.p90_ms)}</dd></div>
      </dl>
      <Shares
        label={t('turnaround.title')} shares={shares}
        onOpen={(share) => {
          const band = turnaround.bands[Number(share.key)];
          if (band !== undefined) onOpen(t('rows.reportsOf', { band: share.label }), { of: 'reports', over_ms: band.over_ms, up_to_ms: band.up_to_ms });
        }}
      />
    </div>
  );
}
