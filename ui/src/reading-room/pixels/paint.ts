// Last step to the screen: a plane through a table into canvas pixels.
import type { Plane } from './resample';
import type { GreyTable, Window } from './window';
import { greyOf } from './window';

/** Writes `plane` to `out` (RGBA words, plane size). What lies outside the picture stays transparent. */
export function paintGrey(plane: Plane, table: GreyTable, out: Uint32Array): void {
  clearAround(plane, out);
  const { width, x0, x1, values } = plane;
  for (let y = plane.y0; y < plane.y1; y++) {
    const end = y * width + x1;
    for (let i = y * width + x0; i < end; i++) out[i] = table[values[i]!]!;
  }
}

/** Colour is shown as stored unless the reader has set a window or inverted it; both act on each channel alike. */
export function paintColour(plane: Plane, window: Window | null, inverted: boolean, out: Uint32Array): void {
  clearAround(plane, out);
  const { width, x0, x1, values } = plane;
  const table = window || inverted ? channelTable(window, inverted) : null;
  for (let y = plane.y0; y < plane.y1; y++) {
    const end = y * width + x1;
    for (let i = y * width + x0; i < end; i++) {
      const value = values[i]!;
      out[i] = table
        ? 0xff000000 | (table[(value >> 16) & 0xff]! << 16) | (table[(value >> 8) & 0xff]! << 8) | table[value & 0xff]!
        : value;
    }
  }
}

function channelTable(window: Window | null, inverted: boolean): Uint8Array {
  const table = new Uint8Array(256);
  for (let i = 0; i < 256; i++) {
    const grey = window ? greyOf(i, window) : i;
    table[i] = Math.round(inverted ? 255 - grey : grey);
  }
  return table;
}

function clearAround({ width, height, x0, x1, y0, y1 }: Plane, out: Uint32Array): void {
  out.fill(0, 0, y0 * width);
  out.fill(0, y1 * width, height * width);
  for (let y = y0; y < y1; y++) {
    out.fill(0, y * width, y * width + x0);
    out.fill(0, y * width + x1, (y + 1) * width);
  }
}
