// Numbers as the screens show them.
import { words } from '.';
import { isolate } from './isolate';

/** 0.934 → `93 %`; never 0 % or 100 % for a probability that is not exactly so. */
export function showPercent(share: number): string {
  const rounded = Math.round(share * 100);
  if (rounded === 0 && share > 0) return isolate('<1 %');
  if (rounded === 100 && share < 1) return isolate('>99 %');
  return isolate(`${rounded} %`);
}

/** 10000 → `10,000` in the language of the screens. */
export function showCount(n: number): string {
  return new Intl.NumberFormat(words.language?.startsWith('en') ? 'en-GB' : words.language).format(n);
}

/** Bytes in decimal units, as operating systems show disks. */
export function showBytes(bytes: number): string {
  const units = ['B', 'kB', 'MB', 'GB', 'TB'];
  let value = bytes;
  let unit = 0;
  while (value >= 1000 && unit < units.length - 1) {
    value /= 1000;
    unit += 1;
  }
  return isolate(`${value < 10 && unit > 0 ? value.toFixed(1) : Math.round(value)} ${units[unit]}`);
}
