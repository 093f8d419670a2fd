// Draws the part of a frame that the screen shows into a plane of screen size, once per change of geometry. A window/level
// drag then only maps that plane through a table, so its cost depends on the screen and never on the size of the film.
//
// The matrix must be one of the eight axis-aligned turns with a scale: each screen column then meets one image axis,
// and each row the other, so positions and weights are worked out per column and per row, not per pixel.
import type { Matrix } from '../view/matrix';
import type { Frame } from './frame';
import { levelFor, type Level } from './pyramid';

/** Values at screen size. Pixels outside `[x0, x1) × [y0, y1)` lie outside the picture. */
export interface Plane {
  readonly kind: Frame['kind'];
  readonly width: number;
  readonly height: number;
  readonly x0: number;
  readonly x1: number;
  readonly y0: number;
  readonly y1: number;
  /** One value per pixel (grey) or packed 0xFFBBGGRR (colour). */
  readonly values: Uint16Array | Uint32Array;
}

/** Weights are in 128ths, so that 16 bits × two weights stay inside a 31-bit integer. */
const ONE = 128;

interface Axis {
  readonly from: number;
  readonly to: number;
  readonly near: Int32Array;
  readonly far: Int32Array;
  readonly weight: Int32Array;
}

/** `m` takes image pixels to the pixels of a `width` × `height` canvas. */
export function resample(frame: Frame, m: Matrix, width: number, height: number, reuse?: Plane): Plane {
  const scale = Math.min(Math.hypot(m.a, m.b), Math.hypot(m.c, m.d));
  const { level, reduction } = levelFor(frame, scale);
  const samples = frame.kind === 'colour' ? 3 : 1;
  const lying = Math.abs(m.a) < Math.abs(m.b);
  const x = lying
    ? axis(width, m.c, m.e, reduction, level.rows, frame.rows, level.columns * samples)
    : axis(width, m.a, m.e, reduction, level.columns, frame.columns, samples);
  const y = lying
    ? axis(height, m.b, m.f, reduction, level.columns, frame.columns, samples)
    : axis(height, m.d, m.f, reduction, level.rows, frame.rows, level.columns * samples);
  const count = width * height;
  const fits = reuse?.kind === frame.kind && reuse.values.length === count;
  const area = { width, height, x0: x.from, x1: x.to, y0: y.from, y1: y.to };
  if (frame.kind === 'grey') {
    const values = fits ? (reuse.values as Uint16Array) : new Uint16Array(count);
    sampleGrey(level, x, y, width, values);
    return { kind: 'grey', ...area, values };
  }
  const values = fits ? (reuse.values as Uint32Array) : new Uint32Array(count);
  sampleColour(level, x, y, width, values);
  return { kind: 'colour', ...area, values };
}

/** Where each screen pixel of one axis falls in the level: two neighbours as element offsets, and the weight of the far one. */
function axis(pixels: number, scale: number, shift: number, reduction: number, cells: number, extent: number, stride: number): Axis {
  const near = new Int32Array(pixels);
  const far = new Int32Array(pixels);
  const weight = new Int32Array(pixels);
  let from = pixels;
  let to = 0;
  for (let i = 0; i < pixels; i++) {
    const at = (i + 0.5 - shift) / scale;
    if (!(at >= 0 && at < extent)) continue;
    if (i < from) from = i;
    to = i + 1;
    const cell = Math.min(cells - 1, Math.max(0, at / reduction - 0.5));
    const low = Math.floor(cell);
    near[i] = low * stride;
    far[i] = Math.min(cells - 1, low + 1) * stride;
    weight[i] = Math.round((cell - low) * ONE);
  }
  return { from: Math.min(from, to), to, near, far, weight };
}

function sampleGrey(level: Level, x: Axis, y: Axis, width: number, out: Uint16Array): void {
  const source = level.pixels as Uint16Array;
  for (let j = y.from; j < y.to; j++) {
    const top = y.near[j]!;
    const bottom = y.far[j]!;
    const v = y.weight[j]!;
    const line = j * width;
    for (let i = x.from; i < x.to; i++) {
      const left = x.near[i]!;
      const right = x.far[i]!;
      const h = x.weight[i]!;
      const upper = source[top + left]! * (ONE - h) + source[top + right]! * h;
      const lower = source[bottom + left]! * (ONE - h) + source[bottom + right]! * h;
      out[line + i] = (upper * (ONE - v) + lower * v + 8192) >> 14;
    }
  }
}

function sampleColour(level: Level, x: Axis, y: Axis, width: number, out: Uint32Array): void {
  const source = level.pixels as Uint8Array;
  for (let j = y.from; j < y.to; j++) {
    const top = y.near[j]!;
    const bottom = y.far[j]!;
    const v = y.weight[j]!;
    for (let i = x.from; i < x.to; i++) {
      const left = x.near[i]!;
      const right = x.far[i]!;
      const h = x.weight[i]!;
      const p = (ONE - h) * (ONE - v);
      const q = h * (ONE - v);
      const r = (ONE - h) * v;
      const s = h * v;
      const [a, b, c, d] = [top + left, top + right, bottom + left, bottom + right];
      const red = (source[a]! * p + source[b]! * q + source[c]! * r + source[d]! * s + 8192) >> 14;
      const green = (source[a + 1]! * p + source[b + 1]! * q + source[c + 1]! * r + source[d + 1]! * s + 8192) >> 14;
      const blue = (source[a + 2]! * p + source[b + 2]! * q + source[c + 2]! * r + source[d + 2]! * s + 8192) >> 14;
      out[j * width + i] = 0xff000000 | (blue << 16) | (green << 8) | red;
    }
  }
}
