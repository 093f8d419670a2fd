// What a mark says beside itself.
import type { TFunction } from 'i18next';

import type { Measured } from './measure';

/** One line a figure; lengths at the detector say so, because they are longer than in the patient. */
export function linesOf(t: TFunction<'reading-room'>, measured: Measured, unit: string | null): string[] {
  const lines: string[] = [];
  const { length, angle, area, values } = measured;
  if (length !== undefined) lines.push(withUnit(length, measured.unit));
  if (angle !== undefined) lines.push(`${angle.toFixed(1)}°`);
  if (area !== undefined) lines.push(areaWords(area, measured.unit));
  if (measured.imagerPlane && (length !== undefined || area !== undefined)) lines.push(t('marks.imagerPlane'));
  if (values) {
    const u = unit ? ` ${unit}` : '';
    lines.push(t('marks.mean', { mean: short(values.mean) + u, deviation: short(values.deviation) }));
    lines.push(t('marks.range', { least: short(values.least), most: short(values.most) + u }));
  }
  return lines;
}

function withUnit(length: number, unit: 'mm' | 'px'): string {
  return `${unit === 'mm' ? length.toFixed(1) : Math.round(length)} ${unit}`;
}

/** Square millimetres, or square centimetres where it is large; square pixels whole. */
export function areaWords(area: number, unit: 'mm' | 'px'): string {
  if (unit === 'px') return `${Math.round(area)} px²`;
  return area >= 1000 ? `${(area / 100).toFixed(1)} cm²` : `${area.toFixed(area < 100 ? 1 : 0)} mm²`;
}

/** Figures as exact as they mean something: no digits after the point where the value is large. */
export function short(value: number): string {
  const digits = Math.abs(value) >= 100 || Number.isInteger(value) ? 0 : 1;
  return value.toFixed(digits).replace(/^-0$/, '0');
}
