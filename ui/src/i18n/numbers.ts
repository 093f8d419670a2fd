// Numbers as the screens show them. Clinical figures (measures, scores, doses) are the same in every language: Latin
// digits and a decimal point, as the record, the device and the colleague have them. Counts and sizes are grouped as
// the language groups them, in Latin digits too (decision 0034).
import { isolate } from './isolate';
import { kept } from './locale';

/** 0.934 → `93 %`; never 0 % or 100 % for a probability that is not exactly so. */
export function showPercent(share: number): string {
  const rounded = Math.round(share * 100);
  if (rounded === 0 && share > 0) return isolate('<1 %');
  if (rounded === 100 && share < 1) return isolate('>99 %');
  return isolate(`${rounded} %`);
}

const whole = kept((locale) => new Intl.NumberFormat(locale));

/** 10000 → `10,000` in the language of the screens. */
export function showCount(n: number): string {
  return whole().format(n);
}

const UNITS = ['kilobyte', 'megabyte', 'gigabyte', 'terabyte'] as const;
const exact = UNITS.map((unit) => kept((locale) => new Intl.NumberFormat(locale, { style: 'unit', unit, maximumFractionDigits: 1 })));
const rough = UNITS.map((unit) => kept((locale) => new Intl.NumberFormat(locale, { style: 'unit', unit, maximumFractionDigits: 0 })));

/** Bytes in decimal units, as operating systems show disks: `0.9 kB`, `48 MB`. */
export function showBytes(bytes: number): string {
  let value = bytes / 1000;
  let unit = 0;
  while (value >= 1000 && unit < UNITS.length - 1) {
    value /= 1000;
    unit += 1;
  }
  return isolate((value < 10 ? exact : rough)[unit]?.().format(value) ?? '');
}
