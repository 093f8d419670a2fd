// The value-of-interest transform: modality values → display grey (DICOM PS3.3 C.11.2.1.2, function LINEAR).
import type { GreyFrame } from './frame';

/** Window width and centre in the modality's unit. */
export interface Window {
  readonly width: number;
  readonly centre: number;
}

/** One opaque RGBA word per biased stored value, ready to be written to a canvas (little-endian: 0xAABBGGRR). */
export type GreyTable = Uint32Array;

const OPAQUE = 0xff000000;

/** Grey 0–255 of a modality value, before inversion. A width under 1 is a threshold, as the standard has it. */
export function greyOf(value: number, { width, centre }: Window): number {
  const w = Math.max(1, width);
  const low = centre - 0.5 - (w - 1) / 2;
  const high = centre - 0.5 + (w - 1) / 2;
  if (value <= low) return 0;
  if (value > high) return 255;
  return ((value - (centre - 0.5)) / (w - 1) + 0.5) * 255;
}

/** The table for a frame. MONOCHROME1 is shown with high values dark; `inverted` is the reader's wish on top of that. */
export function greyTable(frame: GreyFrame, window: Window, inverted: boolean, into?: GreyTable): GreyTable {
  const table = into && into.length > frame.most ? into : new Uint32Array(frame.most + 1);
  const negative = inverted !== frame.darkIsHigh;
  // A window narrower than one unit would be a threshold; where the stored steps are finer than a unit, count in steps.
  const step = window.width > 1 ? 1 : Math.min(1, Math.abs(frame.slope));
  const w = Math.max(1, window.width / step);
  const c = window.centre / step;
  const low = c - 0.5 - (w - 1) / 2;
  const high = c - 0.5 + (w - 1) / 2;
  for (let i = frame.least; i <= frame.most; i++) {
    const value = ((i - frame.bias) * frame.slope + frame.intercept) / step;
    let grey = value <= low ? 0 : value > high ? 255 : ((value - c + 0.5) / (w - 1) + 0.5) * 255;
    if (negative) grey = 255 - grey;
    const g = (grey + 0.5) | 0;
    table[i] = OPAQUE | (g << 16) | (g << 8) | g;
  }
  return table;
}

/** Window from the 1st to the 99th percentile of the values: the 'auto' of projection radiographs. */
export function autoWindow(frame: GreyFrame): Window {
  const counts = new Uint32Array(65536);
  const { pixels } = frame;
  const stride = Math.max(1, Math.floor(pixels.length / 1_000_000));
  let n = 0;
  for (let i = 0; i < pixels.length; i += stride) {
    counts[pixels[i]!]!++;
    n++;
  }
  const low = unit(frame, percentile(counts, n * 0.01));
  const high = unit(frame, percentile(counts, n * 0.99));
  const [from, to] = low <= high ? [low, high] : [high, low];
  const step = Math.abs(frame.slope);
  const width = Math.max(step, to - from + step);
  return { width, centre: from + width / 2 };
}

/** The full range that the frame's values cover. */
export function fullWindow(frame: GreyFrame): Window {
  const ends = [unit(frame, frame.least), unit(frame, frame.most)].sort((p, q) => p - q);
  const step = Math.abs(frame.slope);
  const width = ends[1]! - ends[0]! + step;
  return { width, centre: ends[0]! + width / 2 };
}

/** A drag to the right widens the window, a drag down raises its centre; the gain follows the width at the start. */
export function draggedWindow(from: Window, dx: number, dy: number, frame: GreyFrame | null): Window {
  const range = frame ? fullWindow(frame).width : 256;
  const gain = Math.max(from.width, range / 40) / 320;
  const least = frame ? Math.abs(frame.slope) : 1;
  return { width: Math.max(least, from.width + dx * gain), centre: from.centre + dy * gain };
}

function unit(frame: GreyFrame, biased: number): number {
  return (biased - frame.bias) * frame.slope + frame.intercept;
}

function percentile(counts: Uint32Array, rank: number): number {
  let seen = 0;
  for (let value = 0; value < counts.length; value++) {
    seen += counts[value]!;
    if (seen > rank) return value;
  }
  return counts.length - 1;
}
