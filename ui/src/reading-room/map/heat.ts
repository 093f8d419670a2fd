// A class's evidence grid as coloured pixels: interpolated as numbers first, coloured after, so that no colour appears
// that the palette does not hold. The grid is small (7 × 7), which the panel says.
import type { Palette } from '../../bindings/types';
import { coverOf, paletteColour } from './palette';

export interface Grid {
  readonly rows: number;
  readonly columns: number;
  readonly values: Float32Array;
  /** Largest value; 0 where there is no positive evidence. */
  readonly most: number;
}

/** Null where the bytes are not a grid of this size with values of 0 or more. */
export function gridFrom(bytes: ArrayBuffer, rows: number, columns: number): Grid | null {
  if (rows < 1 || columns < 1 || bytes.byteLength !== rows * columns * 4) return null;
  const view = new DataView(bytes);
  const values = new Float32Array(rows * columns);
  let most = 0;
  for (let i = 0; i < values.length; i++) {
    const value = view.getFloat32(i * 4, true);
    if (!Number.isFinite(value) || value < 0) return null;
    values[i] = value;
    if (value > most) most = value;
  }
  return { rows, columns, values, most };
}

/** Share of the strongest value at a place given as fractions of the picture (0–1 each); cells count at their centres. */
export function shareAt(grid: Grid, x: number, y: number): number {
  if (grid.most === 0) return 0;
  const at = (n: number, share: number) => Math.min(n - 1, Math.max(0, share * n - 0.5));
  const cx = at(grid.columns, x);
  const cy = at(grid.rows, y);
  const left = Math.floor(cx);
  const top = Math.floor(cy);
  const right = Math.min(grid.columns - 1, left + 1);
  const bottom = Math.min(grid.rows - 1, top + 1);
  const value = (row: number, column: number) => grid.values[row * grid.columns + column]!;
  const h = cx - left;
  const v = cy - top;
  const upper = value(top, left) * (1 - h) + value(top, right) * h;
  const lower = value(bottom, left) * (1 - h) + value(bottom, right) * h;
  return (upper * (1 - v) + lower * v) / grid.most;
}

/** RGBA pixels of the whole picture, `side` in each direction; null where there is nothing to show. */
export function heatPixels(grid: Grid, palette: Palette, side: number): Uint8ClampedArray<ArrayBuffer> | null {
  if (grid.most === 0) return null;
  const out = new Uint8ClampedArray(side * side * 4);
  for (let y = 0; y < side; y++) {
    for (let x = 0; x < side; x++) {
      const share = shareAt(grid, (x + 0.5) / side, (y + 0.5) / side);
      const [red, green, blue] = paletteColour(palette, share);
      const at = (y * side + x) * 4;
      out[at] = red;
      out[at + 1] = green;
      out[at + 2] = blue;
      out[at + 3] = coverOf(share) * 255;
    }
  }
  return out;
}
