import { describe, expect, it } from 'vitest';

import type { Answer, ContourView, MeasuredView } from '../../bindings/types';
import { contoursAt } from '../../host/fake/heart';
import { apply, FITTED, imageToScreen, placementTurned } from '../view/matrix';
import { drawnContours, hasMaps, measuredOf, partsOf, pathOf } from './outline';
import { PARTS, SHADE, strokeOf } from './parts';

const square = (part: string, from: number, to: number): ContourView => ({ part, points: [[from, from], [to, from], [to, to], [from, to]] });

describe('outlines', () => {
  it('draw the outer edge of the myocardium once, and everything else as it is', () => {
    const [outer, inner, apart] = [square('myocardium', 10, 90), square('myocardium', 30, 70), square('myocardium', 100, 110)];
    const [left, hole] = [square('left_ventricle', 30, 70), square('left_ventricle', 40, 50)];
    expect(drawnContours([left, inner, outer, hole, apart])).toEqual([outer, apart, left, hole]);
  });
  it('are drawn in one order and named once, a part that is not known last', () => {
    const contours = [square('atrium', 0, 1), square('left_ventricle', 0, 1), square('right_ventricle', 0, 1), square('right_ventricle', 5, 6)];
    expect(partsOf(contours)).toEqual(['right_ventricle', 'left_ventricle', 'atrium']);
    expect(drawnContours(contours).map(({ part }) => part)).toEqual(['right_ventricle', 'right_ventricle', 'left_ventricle', 'atrium']);
  });
  it('leave out what has no area', () => expect(drawnContours([{ part: 'left_ventricle', points: [[1, 1], [2, 2]] }])).toEqual([]));
  it('of the invented heart are three', () => expect(drawnContours(contoursAt(0)).map(({ part }) => part)).toEqual([...PARTS]));

  it('lie where the matrix puts the picture, turned and flipped with it', () => {
    const screen = { width: 900, height: 700 };
    const image = { width: 200, height: 100 };
    for (const placement of [FITTED, placementTurned(FITTED, 'clockwise'), placementTurned({ ...FITTED, zoom: 3, pan: { x: 40, y: -9 } }, 'flip-horizontal')]) {
      const matrix = imageToScreen(image, screen, placement, 1.3);
      const numbers = pathOf({ part: 'x', points: [[0, 0], [200, 0], [13.5, 77]] }, matrix).match(/-?[\d.]+/g)!.map(Number);
      const corners = [apply(matrix, { x: 0, y: 0 }), apply(matrix, { x: 200, y: 0 }), apply(matrix, { x: 13.5, y: 77 })].flatMap(({ x, y }) => [x, y]);
      numbers.forEach((number, i) => expect(number).toBeCloseTo(corners[i]!, 1));
    }
  });

  it('belong to measuring models, which have no maps', () => {
    const measured: MeasuredView = { contours: [], areas: [], values: [], slices: 0, phases: 0, relative: true, missing: 'single-picture' };
    const one = { id: 'a', name: 'A', probability: 1, lower: null, upper: null, band: null, abnormal: true, map_empty: true };
    const answer = (grid: number, what: MeasuredView | null): Answer => ({ kind: 'assessed', classes: [one], grid_rows: grid, grid_columns: grid, urgency: 1, measured: what });
    expect([hasMaps(answer(7, null)), hasMaps(answer(0, measured)), hasMaps({ kind: 'not_assessed', reason: 'other' }), hasMaps(undefined)]).toEqual([true, false, false, false]);
    expect([measuredOf(answer(0, measured)), measuredOf(answer(7, null)), measuredOf(undefined)]).toEqual([measured, null, null]);
  });
});

// Colour as the eye gets it: linear light, and what is left of it without one kind of cone (Machado, Oliveira and Fernandes
// 2009, severity 1).
type Rgb = [number, number, number];
const EYES: Record<string, [Rgb, Rgb, Rgb]> = {
  usual: [[1, 0, 0], [0, 1, 0], [0, 0, 1]],
  protanopia: [[0.152286, 1.052583, -0.204868], [0.114503, 0.786281, 0.099216], [-0.003882, -0.048116, 1.051998]],
  deuteranopia: [[0.367322, 0.860646, -0.227968], [0.280085, 0.672501, 0.047413], [-0.01182, 0.04294, 0.968881]],
  tritanopia: [[1.255528, -0.076749, -0.178779], [-0.078411, 0.930809, 0.147602], [0.004733, 0.691367, 0.3039]],
};
const linear = (share: number) => (share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4);
const lightOf = (hex: string): Rgb => [1, 3, 5].map((at) => linear(parseInt(hex.slice(at, at + 2), 16) / 255)) as Rgb;
const seen = (eye: [Rgb, Rgb, Rgb], [r, g, b]: Rgb): Rgb => eye.map((row) => Math.min(1, Math.max(0, row[0] * r + row[1] * g + row[2] * b))) as Rgb;
const luminance = ([r, g, b]: Rgb) => 0.2126 * r + 0.7152 * g + 0.0722 * b;
const contrast = (a: number, b: number) => (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05);

/** CIE 1976 L*a*b*, under D65. */
function lab([r, g, b]: Rgb): Rgb {
  const f = (t: number) => (t > 0.008856 ? Math.cbrt(t) : 7.787 * t + 16 / 116);
  const [x, y, z] = [(0.4124 * r + 0.3576 * g + 0.1805 * b) / 0.9505, luminance([r, g, b]), (0.0193 * r + 0.1192 * g + 0.9505 * b) / 1.089].map(f) as Rgb;
  return [116 * y - 16, 500 * (x - y), 200 * (y - z)];
}

describe('colours of the outlines', () => {
  it.each(Object.entries(EYES))('differ by far for %s eyes', (_, eye) => {
    const colours = PARTS.map((part) => lab(seen(eye, lightOf(strokeOf(part).colour))));
    for (let i = 0; i < colours.length; i++) {
      for (let j = 0; j < i; j++) expect(Math.hypot(...colours[i]!.map((value, k) => value - colours[j]![k]!)), `${PARTS[i]} and ${PARTS[j]}`).toBeGreaterThan(40);
    }
  });
  it('are not needed: every part has a dash of its own', () => {
    expect(new Set([...PARTS, 'a part of a later model'].map((part) => strokeOf(part).dash)).size).toBe(PARTS.length + 1);
  });
  it.each([...PARTS])('%s is seen on every grey: the line or the shade beside it has a contrast of 3 and the two of 4.5 with each other', (part) => {
    const line = luminance(lightOf(strokeOf(part).colour));
    for (let grey = 0; grey <= 255; grey++) {
      const ground = linear(grey / 255);
      const shade = linear((grey / 255) * (1 - SHADE));
      expect(Math.max(contrast(line, ground), contrast(shade, ground)), `on ${grey}`).toBeGreaterThanOrEqual(3);
      expect(contrast(line, shade), `shade on ${grey}`).toBeGreaterThanOrEqual(4.5);
    }
  });
});
