import { describe, expect, it } from 'vitest';

import type { MeasuredUnit, MeasuredValueView } from '../bindings/types';
import { startWords, words } from '../i18n';
import { showInterval, showMeasured, sidesOf } from './measured';

const value = (key: string, unit: MeasuredUnit, one: number, low: number | null = null, high: number | null = null): MeasuredValueView => ({ key, unit, value: one, low, high });

describe('measured values', () => {
  it.each([
    [value('lv_ejection_fraction', 'ratio', 0.544), '54 %'],
    [value('rv_ejection_fraction', 'ratio', -0.001), '0 %'],
    [value('rv_to_lv', 'ratio', 0.9449), '0.94'],
    [value('lv_end_diastolic_volume', 'ml', 141.6), '142 ml'],
    [value('lv_end_systolic_volume', 'ml', 8.44), '8.4 ml'],
    [value('lv_mass', 'g', 102.2), '102 g'],
  ])('%o is shown as %s', (one, shown) => expect(showMeasured(one)).toBe(shown));

  it.each([
    [value('lv_ejection_fraction', 'ratio', 0.54, 0.48, 0.6), '48–60 %'],
    [value('lv_ejection_fraction', 'ratio', 0.97, 0.91, 1.03), '91–100 %'],
    [value('rv_ejection_fraction', 'ratio', 0.03, -0.04, 0.1), '0–10 %'],
    [value('rv_to_lv', 'ratio', 1.4, 1.2, 1.6), '1.20–1.60'],
    [value('lv_mass', 'g', 102), null],
  ])('the interval of %o is %s', (one, shown) => expect(showInterval(one)).toBe(shown));

  it('puts the ventricles beside each other, the ejection fractions first, and leaves out nothing', () => {
    const values = [value('rv_to_lv', 'ratio', 1), value('rv_end_diastolic_volume', 'ml', 150), value('lv_mass', 'g', 90), value('la_volume', 'ml', 40), value('rv_ejection_fraction', 'ratio', 0.5), value('lv_ejection_fraction', 'ratio', 0.6)];
    const { both, rest } = sidesOf(values);
    expect(both.map(({ name, left, right }) => [name, left?.value, right?.value])).toEqual([['ejection_fraction', 0.6, 0.5], ['end_diastolic_volume', undefined, 150], ['mass', 90, undefined]]);
    expect(rest.map(({ key }) => key)).toEqual(['rv_to_lv', 'la_volume']);
    expect(sidesOf([])).toEqual({ both: [], rest: [] });
  });
});

describe('words', () => {
  startWords();
  const VALUES = ['lv_ejection_fraction', 'rv_ejection_fraction', 'lv_end_diastolic_volume', 'lv_end_systolic_volume', 'rv_end_diastolic_volume', 'rv_end_systolic_volume', 'lv_mass', 'rv_to_lv', 'rv_to_lv_end_systole', 'wall_to_lv', 'wall_to_lv_end_systole', 'thickest_wall', 'thickest_wall_end_systole', 'thickening_spread', 'least_thickening'];
  const REASONS = ['single-picture', 'one-phase', 'too-few-slices', 'uneven-slices', 'unreadable', 'unlike', 'too-many', 'no-ratio'];
  const PARTS = ['right_ventricle', 'myocardium', 'left_ventricle'];
  it.each([
    ...VALUES.map((key) => `row.${key}`), ...REASONS.flatMap((key) => [`missing.${key}`, `next.${key}`, `short.${key}`]), ...PARTS.flatMap((key) => [`part.${key}`, `mark.${key}`]),
    ...['ejection_fraction', 'end_diastolic_volume', 'end_systolic_volume', 'mass'].map((key) => `both.${key}`),
  ])('the model may say %s', (key) => expect(words.exists(`measured:${key}`)).toBe(true));
});
