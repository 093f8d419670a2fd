// The ruler at the edge: a round length that fits, in mm where the file says how large a pixel is, else in pixels.
import type { SpacingView } from '../../bindings/types';
import type { Matrix } from './matrix';

export interface Ruler {
  /** Length in CSS pixels. */
  readonly pixels: number;
  readonly length: number;
  readonly unit: 'mm' | 'px';
  readonly imagerPlane: boolean;
}

/** A vertical ruler of at most `room` CSS pixels. */
export function rulerFor(m: Matrix, spacing: SpacingView | null, room: number): Ruler {
  // Which image axis runs along the screen decides which spacing holds.
  const lying = Math.abs(m.d) < Math.abs(m.b);
  const perImagePixel = lying ? Math.abs(m.b) : Math.abs(m.d);
  const unitPixels = spacing ? perImagePixel / (lying ? spacing.column : spacing.row) : perImagePixel;
  const most = room / unitPixels;
  const power = 10 ** Math.floor(Math.log10(most));
  const length = ([5, 2, 1].find((step) => step * power <= most) ?? 1) * power;
  return { pixels: length * unitPixels, length, unit: spacing ? 'mm' : 'px', imagerPlane: spacing?.source === 'imager_plane' };
}
