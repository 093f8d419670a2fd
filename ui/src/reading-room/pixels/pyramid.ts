// Reduced copies of a frame, each half the size of the last (mean of 2 × 2). Drawing a large film small from them keeps
// fine structure from turning into false patterns, and costs no more than the screen has pixels.
import type { Frame } from './frame';

/** Level k is the frame at 1 / 2^k. `columns` and `rows` are rounded up; the last column or row may stand for half a cell. */
export interface Level {
  readonly columns: number;
  readonly rows: number;
  readonly pixels: Uint16Array | Uint8Array;
}

const kept = new WeakMap<Frame, Level[]>();

/** The level to draw at `scale` screen pixels per image pixel: never more than twice finer than the screen. */
export function levelFor(frame: Frame, scale: number): { level: Level; reduction: number } {
  const levels = kept.get(frame) ?? [{ columns: frame.columns, rows: frame.rows, pixels: frame.pixels }];
  kept.set(frame, levels);
  const smaller = Math.min(frame.columns, frame.rows);
  let wanted = 0;
  while (scale * 2 ** (wanted + 1) <= 1 && smaller >> (wanted + 1) >= 1) wanted++;
  while (levels.length <= wanted) levels.push(halved(levels[levels.length - 1]!, frame.kind === 'colour' ? 3 : 1));
  return { level: levels[wanted]!, reduction: 2 ** wanted };
}

function halved(from: Level, samples: 1 | 3): Level {
  const columns = Math.ceil(from.columns / 2);
  const rows = Math.ceil(from.rows / 2);
  if (samples === 1) return { columns, rows, pixels: halvedGrey(from, columns, rows) };
  return { columns, rows, pixels: halvedColour(from, columns, rows) };
}

function halvedGrey(from: Level, columns: number, rows: number): Uint16Array {
  const source = from.pixels as Uint16Array;
  const out = new Uint16Array(columns * rows);
  for (let y = 0; y < rows; y++) {
    const upper = 2 * y * from.columns;
    const lower = 2 * y + 1 < from.rows ? upper + from.columns : upper;
    for (let x = 0; x < columns; x++) {
      const p = 2 * x;
      const q = p + 1 < from.columns ? p + 1 : p;
      out[y * columns + x] = (source[upper + p]! + source[upper + q]! + source[lower + p]! + source[lower + q]! + 2) >> 2;
    }
  }
  return out;
}

function halvedColour(from: Level, columns: number, rows: number): Uint8Array {
  const source = from.pixels as Uint8Array;
  const out = new Uint8Array(columns * rows * 3);
  for (let y = 0; y < rows; y++) {
    const upper = 2 * y * from.columns * 3;
    const lower = 2 * y + 1 < from.rows ? upper + from.columns * 3 : upper;
    for (let x = 0; x < columns; x++) {
      const p = 6 * x;
      const q = 2 * x + 1 < from.columns ? p + 3 : p;
      const o = (y * columns + x) * 3;
      for (let s = 0; s < 3; s++) {
        out[o + s] = (source[upper + p + s]! + source[upper + q + s]! + source[lower + p + s]! + source[lower + q + s]! + 2) >> 2;
      }
    }
  }
  return out;
}
