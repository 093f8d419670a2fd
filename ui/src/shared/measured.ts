// Values that a measuring model gives, as every screen shows them: a share in percent, a ratio with two digits, volumes and
// masses whole. The same in every language (decision 0034).
import type { MeasuredUnit, MeasuredValueView } from '../bindings/types';
import { isolate } from '../i18n/isolate';

type Figure = Pick<MeasuredValueView, 'key' | 'unit'>;

/** Ratios that people know as percent. */
const isShare = ({ key, unit }: Figure): boolean => unit === 'ratio' && key.endsWith('_ejection_fraction');

const UNITS: Readonly<Record<MeasuredUnit, string>> = { ratio: '', ml: ' ml', g: ' g' };

/** `54 %`, `0.94`, `142 ml`. */
export function showMeasured(one: MeasuredValueView): string {
  return isolate(figure(one, one.value) + unitOf(one));
}

/** `48–60 %`; null where no interval is known. Nothing here can be less than none, and no heart throws out more than it holds. */
export function showInterval(one: MeasuredValueView): string | null {
  if (one.low === null || one.high === null) return null;
  const most = isShare(one) ? 1 : Infinity;
  const [low, high] = [Math.max(0, one.low), Math.min(most, one.high)];
  return isolate(`${figure(one, low)}–${figure(one, high)}${unitOf(one)}`);
}

/** A measure of both ventricles; `name` is the key without its side. */
export interface Row {
  readonly name: 'ejection_fraction' | 'end_diastolic_volume' | 'end_systolic_volume' | 'mass';
  readonly left: MeasuredValueView | null;
  readonly right: MeasuredValueView | null;
}

const ROWS: readonly Row['name'][] = ['ejection_fraction', 'end_diastolic_volume', 'end_systolic_volume', 'mass'];

/** What is known of both ventricles, the ejection fractions first; and everything else, in the order of the model. */
export function sidesOf(values: readonly MeasuredValueView[]): { readonly both: readonly Row[]; readonly rest: readonly MeasuredValueView[] } {
  const find = (key: string) => values.find((one) => one.key === key) ?? null;
  const both = ROWS.map((name) => ({ name, left: find(`lv_${name}`), right: find(`rv_${name}`) })).filter(({ left, right }) => left !== null || right !== null);
  const placed = both.flatMap(({ left, right }) => [left, right]);
  return { both, rest: values.filter((one) => !placed.includes(one)) };
}

function unitOf(one: Figure): string {
  return isShare(one) ? ' %' : UNITS[one.unit];
}

function figure(one: Figure, value: number): string {
  if (isShare(one)) return plain(Math.round(value * 100).toFixed(0));
  return plain(one.unit === 'ratio' ? value.toFixed(2) : value.toFixed(value < 10 ? 1 : 0));
}

const plain = (text: string) => text.replace(/^-(?=0(?:\.0*)?$)/, '');
