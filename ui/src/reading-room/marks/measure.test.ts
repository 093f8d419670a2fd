import { describe, expect, it } from 'vitest';

import type { PixelsView, SpacingView } from '../../bindings/types';
import { frameFrom, type GreyFrame } from '../pixels/frame';
import { clamped, measure } from './measure';

const layout: PixelsView = { rows: 4, columns: 4, frames: 1, samples: 1, bits: 16, signed: false, slope: 1, intercept: -1000, inverted: false, unit: 'HU', frame_rate: null };
const ramp = frameFrom(new Uint16Array(Array.from({ length: 16 }, (_, i) => i)).buffer, layout) as GreyFrame;
const calibrated: SpacingView = { row: 2, column: 0.5, source: 'calibrated' };
const detector: SpacingView = { row: 0.1, column: 0.1, source: 'imager_plane' };
const p = (x: number, y: number) => ({ x, y });

describe('measuring', () => {
  it('gives pixels where the size of a pixel is not known', () => {
    expect(measure('length', [p(0, 0), p(3, 4)], null, null)).toEqual({ unit: 'px', imagerPlane: false, length: 5 });
  });
  it('gives millimetres with pixels that are not square', () => {
    expect(measure('length', [p(0, 0), p(6, 2)], calibrated, null).length).toBe(5);
  });
  it('says that a detector length is not one in the patient', () => {
    const found = measure('length', [p(0, 0), p(30, 40)], detector, null);
    expect(found.length).toBeCloseTo(5, 12);
    expect(found.imagerPlane).toBe(true);
  });
  it.each([[p(1, 0), p(0, 1), 90], [p(1, 0), p(-1, 0), 180], [p(1, 0), p(1, 1), 45]])('angle between %j and %j', (from, to, degrees) => {
    expect(measure('angle', [from, p(0, 0), to], null, null).angle).toBeCloseTo(degrees, 9);
  });
  it('takes the angle in the patient, not on the pixel grid', () => {
    expect(measure('angle', [p(1, 0), p(0, 0), p(1, 1)], { row: 1, column: Math.sqrt(3), source: 'calibrated' }, null).angle).toBeCloseTo(30, 9);
  });
  it('gives no angle where two points fall together', () => {
    expect(measure('angle', [p(0, 0), p(0, 0), p(1, 1)], null, null).angle).toBeUndefined();
  });
  it('area and values of a rectangle, drawn from any corner', () => {
    const found = measure('rectangle', [p(3, 3), p(1, 1)], calibrated, ramp);
    expect(found.area).toBe(4);
    expect(found.values).toMatchObject({ mean: -992.5, least: -995, most: -990, n: 4 });
    expect(found.values?.deviation).toBeCloseTo(Math.sqrt(17 / 3), 9);
  });
  it('area and values of an ellipse', () => {
    const found = measure('ellipse', [p(0, 0), p(4, 4)], null, ramp);
    expect(found.area).toBeCloseTo(4 * Math.PI, 9);
    expect(found.values?.n).toBe(12);
    expect(found.values?.mean).toBeCloseTo(-992.5, 9);
  });
  it('claims no values where no pixel lies inside', () => {
    expect(measure('ellipse', [p(1.1, 1.1), p(1.2, 1.2)], null, ramp).values).toBeUndefined();
  });
  it('keeps points in the picture', () => expect(clamped(p(-3, 9), 4, 4)).toEqual(p(0, 4)));
});
