// Bars over days or weeks: a picture for the eye, buttons for keyboard and screen reader, and the same figures as a
// table for whoever wants them so. Each bar opens the rows that it counts.
import { useId, useRef, useState, type KeyboardEvent } from 'react';
import { useTranslation } from 'react-i18next';

import { showCount } from '../i18n/numbers';
import { Button } from '../shared/ui';
import styles from './statistics.module.css';

export interface Bar {
  key: string;
  /** Under the axis, where there is room. */
  short: string;
  /** In full, for the screen reader and the table. */
  label: string;
  count: number;
}

interface BarChartProps {
  title: string;
  /** What is counted, as the head of the table's column. */
  unit: string;
  bars: readonly Bar[];
  onOpen: (bar: Bar) => void;
}

const HEIGHT = 160;
const FOOT = 20;

export function BarChart({ title, unit, bars, onOpen }: BarChartProps) {
  const { t } = useTranslation('statistics');
  const [table, setTable] = useState(false);
  const total = bars.reduce((sum, { count }) => sum + count, 0);
  const id = useId();
  return (
    <figure className={styles.chart} aria-labelledby={id}>
      <figcaption>
        <span id={id} className={styles.chartTitle}>{title}</span>
        <span className="numbers">{t('chart.total', { count: total, shown: showCount(total) })}</span>
        <Button kind="quiet" aria-pressed={table} onClick={() => setTable(!table)}>{t(table ? 'chart.asBars' : 'chart.asTable')}</Button>
      </figcaption>
      {table ? <Table unit={unit} bars={bars} onOpen={onOpen} /> : <Bars title={title} bars={bars} onOpen={onOpen} />}
    </figure>
  );
}

function Bars({ title, bars, onOpen }: Pick<BarChartProps, 'title' | 'bars' | 'onOpen'>) {
  const { t } = useTranslation('statistics');
  const [at, setAt] = useState(bars.length - 1);
  const group = useRef<SVGGElement>(null);
  const top = niceTop(Math.max(1, ...bars.map(({ count }) => count)));
  const step = 100 / Math.max(1, bars.length);
  // Few enough that the words under the last two do not touch, in Arabic either.
  const every = Math.ceil(bars.length / 4);
  const focus = (to: number) => {
    const next = Math.max(0, Math.min(bars.length - 1, to));
    setAt(next);
    group.current?.querySelectorAll<SVGGElement>('[role=button]')[next]?.focus();
  };
  const rtl = document.documentElement.dir === 'rtl';
  const place = (index: number) => (rtl ? bars.length - 1 - index : index) * step;
  const onKey = (event: KeyboardEvent, index: number, bar: Bar) => {
    const forward = rtl ? -1 : 1;
    const move: Record<string, number> = { ArrowRight: index + forward, ArrowLeft: index - forward, Home: 0, End: bars.length - 1 };
    const to = move[event.key];
    if (to !== undefined) focus(to);
    else if (event.key === 'Enter' || event.key === ' ') onOpen(bar);
    else return;
    event.preventDefault();
    event.stopPropagation();
  };
  return (
    <div className={styles.plot}>
      <span className={styles.top} aria-hidden>{showCount(top)}</span>
      <svg width="100%" height={HEIGHT + FOOT} role="group" aria-label={t('chart.barsOf', { title })}>
        {[0, 0.5, 1].map((share) => <line key={share} x1="0" x2="100%" y1={HEIGHT * share + 0.5} y2={HEIGHT * share + 0.5} className={styles.grid} />)}
        <g ref={group}>
          {bars.map((bar, index) => {
            const height = bar.count === 0 ? 0 : Math.max(2, (bar.count / top) * (HEIGHT - 4));
            return (
              <g
                key={bar.key} role="button" tabIndex={index === Math.min(at, bars.length - 1) ? 0 : -1} aria-label={t('chart.bar', { label: bar.label, count: bar.count, shown: showCount(bar.count) })}
                className={styles.bar} onClick={() => onOpen(bar)} onFocus={() => setAt(index)} onKeyDown={(event) => onKey(event, index, bar)}
              >
                <title>{t('chart.bar', { label: bar.label, count: bar.count, shown: showCount(bar.count) })}</title>
                <rect x={`${place(index)}%`} y="0" width={`${step}%`} height={HEIGHT} className={styles.target} />
                <rect x={`${place(index) + step * 0.14}%`} y={HEIGHT - height} width={`${step * 0.72}%`} height={height} rx="2" className={styles.fill} />
              </g>
            );
          })}
        </g>
        {bars.map((bar, index) => (bars.length - 1 - index) % every === 0 && (
          <text key={bar.key} x={`${place(index) + step / 2}%`} y={HEIGHT + 15} textAnchor={edge(index, bars.length, rtl)} className={styles.tick} aria-hidden>{bar.short}</text>
        ))}
      </svg>
    </div>
  );
}

function Table({ unit, bars, onOpen }: Pick<BarChartProps, 'unit' | 'bars' | 'onOpen'>) {
  const { t } = useTranslation('statistics');
  return (
    <div className={styles.tableBox}>
      <table className={styles.table}>
        <thead><tr><th scope="col">{t('chart.when')}</th><th scope="col" className={styles.numeric}>{unit}</th></tr></thead>
        <tbody>
          {[...bars].reverse().map((bar) => (
            <tr key={bar.key}><th scope="row">{bar.label}</th><td className={styles.numeric}><button type="button" className={styles.link} aria-label={t('chart.bar', { label: bar.label, count: bar.count, shown: showCount(bar.count) })} onClick={() => onOpen(bar)}>{showCount(bar.count)}</button></td></tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

/** The words under the outermost bars stay inside the picture. */
function edge(index: number, count: number, rtl: boolean): 'start' | 'middle' | 'end' {
  if (count < 6) return 'middle';
  if (index === count - 1) return 'end';
  return index === 0 && !rtl ? 'start' : 'middle';
}

/** 1, 2, 5, 10, 20, 50 …: a round number at or above. */
export function niceTop(value: number): number {
  const power = 10 ** Math.floor(Math.log10(value));
  const factor = [1, 2, 5, 10].find((one) => one * power >= value) ?? 10;
  return factor * power;
}
