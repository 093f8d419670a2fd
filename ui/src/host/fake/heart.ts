// A reading by a model that measures: outlines of the beating phantom, and round figures that belong to nobody.
import type { Answer, AreaView, ClassView, ContourView, MeasuredUnit, MeasuredValueView, MeasuredView, ModelView, ReadingView } from '../../bindings/types';
import { uuid } from './people';
import { heartAt } from './phantom';

/** What the model makes of each loop: nothing at all, everything, everything without millimetres, or outlines only and why. */
export type Heart = 'none' | 'measured' | 'relative' | 'single-picture' | 'one-phase' | 'too-few-slices' | 'uneven-slices' | 'unreadable' | 'unlike' | 'too-many' | 'no-ratio';

export const CARDIAC = { id: 'cardiac-mri', name: 'Invented heart: outlines, ejection fraction, class of the patient', version: '0.0.1', sha256: '5a5a5a5a00112233445566778899aabbccddeeff00112233445566778899aabb', research_only: true };

export const cardiacModel: ModelView = {
  ...CARDIAC, reads: 'cardiac_mr', classes: ['Normal', 'Dilated cardiomyopathy', 'Hypertrophic cardiomyopathy', 'Infarction', 'Abnormal right ventricle'],
  intended_use: 'Outlines both ventricles on short-axis cine MR and measures the series.', licence: 'Research only (non-commercial)', state: { kind: 'ready' }, enabled: true, default: true,
};

const CLASSES: readonly [string, string, number][] = [['nor', 'Normal', 0.08], ['dcm', 'Dilated cardiomyopathy', 0.71], ['hcm', 'Hypertrophic cardiomyopathy', 0.02], ['minf', 'Infarction', 0.16], ['rv', 'Abnormal right ventricle', 0.03]];

/** Millimetres of a pixel of the loop. */
export const CINE_SPACING = 0.7;
/** Rows and columns of the loop. */
export const CINE_SIDE = 256;

export function heartReading(scanId: string, seed: number, frame: number, at: string, heart: Heart): ReadingView {
  return {
    id: uuid('reading', seed), scan_id: scanId, frame, at, by: 'Dr Leila Haddad', model: CARDIAC, gate: { kind: 'cardiac_mr', confidence: 0.99, quality: [] },
    answer: answer(frame, heart), ms: { decode: 41, model: 5230, total: 5410 },
  };
}

function answer(frame: number, heart: Heart): Answer {
  const whole = heart === 'measured' || heart === 'relative';
  const classes: ClassView[] = CLASSES.map(([id, name, probability]) => {
    const abnormal = id !== 'nor';
    return { id, name, probability, lower: abnormal ? 0.2 : null, upper: abnormal ? 0.6 : null, band: !abnormal ? null : probability >= 0.6 ? 'above' : probability >= 0.2 ? 'indeterminate' : 'below', abnormal, map_empty: true };
  });
  return { kind: 'assessed', classes: whole ? classes : [], grid_rows: 0, grid_columns: 0, urgency: whole ? 0.92 : null, measured: measured(frame, heart, whole) };
}

function measured(frame: number, heart: Heart, whole: boolean): MeasuredView {
  const relative = heart !== 'measured';
  const contours = heart === 'unlike' ? [] : contoursAt(frame / 25);
  const mm = relative ? null : CINE_SPACING ** 2;
  // The ring is what lies between its two edges.
  const areas: AreaView[] = [...new Set(contours.map(({ part }) => part))].map((part) => {
    const pixels = Math.abs(contours.filter((one) => one.part === part).reduce((sum, one) => sum + signedArea(one), 0));
    return { part, pixels, square_mm: mm === null ? null : pixels * mm };
  });
  return { contours, areas, values: whole ? values(relative) : [], slices: heart === 'single-picture' ? 0 : heart === 'too-few-slices' ? 3 : 10, phases: heart === 'single-picture' ? 0 : heart === 'one-phase' ? 1 : 25, relative, missing: whole ? null : heart };
}

function values(relative: boolean): MeasuredValueView[] {
  const one = (key: string, unit: MeasuredUnit, value: number, half: number | null = null): MeasuredValueView => ({ key, unit, value, low: half === null ? null : value - half, high: half === null ? null : value + half });
  const sizes = [one('lv_end_diastolic_volume', 'ml', 240), one('lv_end_systolic_volume', 'ml', 170), one('rv_end_diastolic_volume', 'ml', 150), one('rv_end_systolic_volume', 'ml', 80), one('lv_mass', 'g', 140)];
  return [
    one('lv_ejection_fraction', 'ratio', 0.29, 0.09), one('rv_ejection_fraction', 'ratio', 0.47, 0.24), one('rv_to_lv', 'ratio', 0.63, 0.5), one('rv_to_lv_end_systole', 'ratio', 0.47, 0.92), one('wall_to_lv', 'ratio', 0.56, 0.21),
    one('wall_to_lv_end_systole', 'ratio', 0.79, 0.68), one('thickest_wall', 'ratio', 0.14, 0.02), one('thickest_wall_end_systole', 'ratio', 0.18, 0.03), one('thickening_spread', 'ratio', 0.11, 0.26), one('least_thickening', 'ratio', 1.05, 0.31),
    ...(relative ? [] : sizes),
  ];
}

/** Outlines of the phantom at a moment of its beat, in pixels of the picture. */
export function contoursAt(phase: number): ContourView[] {
  const { left, wall, right } = heartAt(phase);
  const around = (n: number, at: (angle: number) => [number, number]): [number, number][] => Array.from({ length: n }, (_, i) => at((i / n) * 2 * Math.PI)).map(([u, v]) => [u * CINE_SIDE, v * CINE_SIDE]);
  const circle = (radius: number) => around(72, (a) => [left.x + radius * Math.cos(a), left.y + radius * Math.sin(a)]);
  // From a place inside the right ventricle outwards, until it ends or the wall begins.
  const from = { x: right.x - right.rx * 0.6, y: right.y };
  const crescent = around(240, (a) => {
    const inside = (r: number) => {
      const [u, v] = [from.x + r * Math.cos(a), from.y + r * Math.sin(a)];
      return ((u - right.x) / right.rx) ** 2 + ((v - right.y) / right.ry) ** 2 < 1 && Math.hypot(u - left.x, v - left.y) > wall;
    };
    let r = 0;
    while (inside(r + 0.002)) r += 0.002;
    return [from.x + r * Math.cos(a), from.y + r * Math.sin(a)];
  });
  return [
    { part: 'right_ventricle', points: crescent }, { part: 'myocardium', points: circle(wall) }, { part: 'myocardium', points: circle(left.radius).reverse() }, { part: 'left_ventricle', points: circle(left.radius) },
  ];
}

function signedArea({ points }: ContourView): number {
  return points.reduce((sum, [x, y], i) => {
    const [u, v] = points[(i + 1) % points.length]!;
    return sum + (x * v - u * y) / 2;
  }, 0);
}
