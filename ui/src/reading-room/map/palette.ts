// Two perceptually even palettes (viridis and inferno: van der Walt and Smith, matplotlib, CC0), as every 32nd entry of
// the 256 with straight lines between them; the error of that stays under what an eye can tell.
import type { Palette } from '../../bindings/types';

export type Rgb = readonly [number, number, number];

const STOPS: Record<Palette, readonly Rgb[]> = {
  viridis: [[68, 1, 84], [71, 44, 122], [59, 81, 139], [44, 113, 142], [33, 144, 141], [39, 173, 129], [92, 200, 99], [170, 220, 50], [253, 231, 37]],
  inferno: [[0, 0, 4], [31, 12, 72], [85, 15, 109], [136, 34, 106], [186, 54, 85], [227, 89, 51], [249, 140, 10], [249, 201, 50], [252, 255, 164]],
};

/** Colour of a share 0–1. */
export function paletteColour(palette: Palette, share: number): Rgb {
  const stops = STOPS[palette];
  const at = Math.min(1, Math.max(0, share)) * (stops.length - 1);
  const low = Math.min(stops.length - 2, Math.floor(at));
  const t = at - low;
  const p = stops[low]!;
  const q = stops[low + 1]!;
  return [p[0] + (q[0] - p[0]) * t, p[1] + (q[1] - p[1]) * t, p[2] + (q[2] - p[2]) * t].map(Math.round) as unknown as Rgb;
}

/** How strongly a share covers the picture: weak evidence leaves the anatomy visible. */
export function coverOf(share: number): number {
  const s = Math.min(1, Math.max(0, share));
  return s * (1.6 - 0.6 * s);
}

/** The legend as a CSS gradient from none to strongest. */
export function legendGradient(palette: Palette): string {
  const steps = Array.from({ length: 17 }, (_, i) => {
    const share = i / 16;
    return `rgb(${paletteColour(palette, share).join(' ')} / ${coverOf(share).toFixed(2)}) ${(share * 100).toFixed(1)}%`;
  });
  return `linear-gradient(to right, ${steps.join(', ')})`;
}
