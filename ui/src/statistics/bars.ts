import type { BucketView } from '../bindings/types';
import { showDate } from '../i18n/dates';
import type { Bar } from './BarChart';

/** Days or weeks as bars. */
export function barsOf(buckets: readonly BucketView[]): Bar[] {
  return buckets.map(({ day, count }) => ({ key: day, short: showDate(day).replace(/-\d{4}(?=\D*$)/, ''), label: showDate(day), count }));
}

/** The stretch of time of a bar. */
export function stretchOf(buckets: readonly BucketView[], key: string): { from: string; to: string } {
  const found = buckets.find(({ day }) => day === key);
  return { from: found?.from ?? '', to: found?.to ?? '' };
}
