import { describe, expect, it } from 'vitest';

import { gridFrom, heatPixels, shareAt } from './heat';
import { coverOf, legendGradient, paletteColour } from './palette';

const grid = (values: number[], rows: number, columns: number) => gridFrom(new Float32Array(values).buffer, rows, columns);

describe('evidence grids', () => {
  it.each([[[1, 2, 3], 2, 2], [[1, NaN, 3, 4], 2, 2], [[1, -0.5, 3, 4], 2, 2], [[], 0, 0]])('refuses %j as %i × %i', (values, rows, columns) => {
    expect(grid(values, rows, columns)).toBeNull();
  });
  it('shows nothing where there is no positive evidence, and divides by nothing', () => {
    const empty = grid([0, 0, 0, 0], 2, 2)!;
    expect(empty.most).toBe(0);
    expect(shareAt(empty, 0.3, 0.3)).toBe(0);
    expect(heatPixels(empty, 'viridis', 8)).toBeNull();
  });
  it('keeps each cell in its own place and at its own value', () => {
    const found = grid([0, 1, 2, 4, 0, 0], 2, 3)!;
    const cell = (row: number, column: number) => shareAt(found, (column + 0.5) / 3, (row + 0.5) / 2);
    expect([cell(0, 0), cell(0, 1), cell(0, 2), cell(1, 0), cell(1, 1)]).toEqual([0, 0.25, 0.5, 1, 0]);
    expect(shareAt(found, 0, 1)).toBe(1);
  });
  it('paints the strongest place with the last colour and covers nothing where there is none', () => {
    const pixels = heatPixels(grid([0, 0, 0, 9], 2, 2)!, 'inferno', 64)!;
    const at = (x: number, y: number) => [...pixels.slice((y * 64 + x) * 4, (y * 64 + x) * 4 + 4)];
    expect(at(63, 63)).toEqual([252, 255, 164, 255]);
    expect(at(0, 0)[3]).toBe(0);
  });
});

describe('palettes', () => {
  it.each(['viridis', 'inferno'] as const)('%s grows brighter all the way, so that order can be read without colour', (palette) => {
    const luminance = Array.from({ length: 101 }, (_, i) => {
      const [r, g, b] = paletteColour(palette, i / 100);
      return 0.2126 * r + 0.7152 * g + 0.0722 * b;
    });
    for (let i = 1; i < luminance.length; i++) expect(luminance[i]!).toBeGreaterThanOrEqual(luminance[i - 1]! - 0.5);
  });
  it('covers more with more evidence, and nothing without', () => {
    expect(coverOf(0)).toBe(0);
    expect(coverOf(1)).toBe(1);
    expect(coverOf(0.2)).toBeLessThan(coverOf(0.6));
    expect(legendGradient('viridis')).toContain('rgb(253 231 37 / 1.00) 100.0%');
  });
});
