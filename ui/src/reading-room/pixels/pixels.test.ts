import { describe, expect, it } from 'vitest';

import type { PixelsView } from '../../bindings/types';
import { FITTED, imageToScreen, placementTurned, type Matrix } from '../view/matrix';
import { frameCache } from './cache';
import { windowChoices } from './choices';
import { FrameMismatch, frameFrom, modalityValue, type GreyFrame } from './frame';
import { paintColour, paintGrey } from './paint';
import { levelFor } from './pyramid';
import { resample } from './resample';
import { autoWindow, draggedWindow, fullWindow, greyOf, greyTable } from './window';

const LAYOUT: PixelsView = { rows: 2, columns: 3, frames: 1, samples: 1, bits: 16, signed: false, slope: 1, intercept: 0, inverted: false, unit: null, frame_rate: null };
const ONE_TO_ONE: Matrix = { a: 1, b: 0, c: 0, d: 1, e: 0, f: 0 };

const grey = (values: number[], layout: Partial<PixelsView> = {}) => {
  const all = { ...LAYOUT, ...layout };
  const bytes = all.bits === 8 ? new Uint8Array(values).buffer : new Uint16Array(values).buffer;
  return frameFrom(bytes, all) as GreyFrame;
};

/** Grey levels on screen, row by row; −1 outside the picture. */
function screenOf(frame: GreyFrame, m: Matrix, width: number, height: number, window = { width: 256, centre: 128 }, inverted = false): number[] {
  const plane = resample(frame, m, width, height);
  const out = new Uint32Array(width * height).fill(0xdeadbeef);
  paintGrey(plane, greyTable(frame, window, inverted), out);
  return [...out].map((word) => (word === 0 ? -1 : word & 0xff));
}

describe('frames', () => {
  it('reads 8, 16 and signed 16 bits with slope and intercept', () => {
    expect(modalityValue(grey([0, 1, 2, 3, 4, 255], { bits: 8 }), 2, 1)).toBe(255);
    expect(modalityValue(grey([0, 1, 2, 3, 4, 65535]), 2, 1)).toBe(65535);
    const signed = grey([0, 0xffff, 0x8000, 0x7fff, 1, 2], { signed: true, slope: 2, intercept: -10 });
    expect([0, 1, 2].map((c) => modalityValue(signed, c, 0))).toEqual([-10, -12, -65546]);
    expect(modalityValue(signed, 0, 1)).toBe(65524);
  });
  it.each([[{ rows: 3 }], [{ columns: 0 }], [{ samples: 2 }], [{ bits: 12 }], [{ samples: 3, bits: 16 }]])('refuses bytes that do not fit %j', (layout) => {
    expect(() => grey([0, 1, 2, 3, 4, 5], layout)).toThrow(FrameMismatch);
  });
});

describe('windows', () => {
  // PS3.3 C.11.2.1.2: the example of a window of width 2048 and centre 1024 … and a width of 1 is a threshold.
  it('follows the standard at its ends', () => {
    expect(greyOf(0, { width: 2048, centre: 1024 })).toBe(0);
    expect(greyOf(2047, { width: 2048, centre: 1024 })).toBe(255);
    expect(greyOf(-160, { width: 400, centre: 40 })).toBe(0);
    expect(greyOf(239, { width: 400, centre: 40 })).toBe(255);
    expect(greyOf(99, { width: 1, centre: 100 })).toBe(0);
    expect(greyOf(100, { width: 1, centre: 100 })).toBe(255);
  });
  it('the table equals the formula for every stored value', () => {
    const values = Array.from({ length: 6 }, (_, i) => i * 800);
    const frame = grey(values, { slope: 1, intercept: -1024 });
    for (const window of [{ width: 400, centre: 40 }, { width: 1500, centre: -600 }, { width: 2.5, centre: 0 }]) {
      const table = greyTable(frame, window, false);
      for (let v = frame.least; v <= frame.most; v++) expect(table[v]! & 0xff).toBe(Math.floor(greyOf(v - 1024, window) + 0.5));
    }
  });
  it('shows MONOCHROME1 with high values dark, and an inversion on top of it', () => {
    const values = [0, 50, 100, 150, 200, 255];
    const plain = screenOf(grey(values, { bits: 8 }), ONE_TO_ONE, 3, 2);
    const negative = screenOf(grey(values, { bits: 8, inverted: true }), ONE_TO_ONE, 3, 2);
    expect(plain).toEqual(values);
    expect(negative).toEqual(values.map((v) => 255 - v));
    expect(screenOf(grey(values, { bits: 8, inverted: true }), ONE_TO_ONE, 3, 2, undefined, true)).toEqual(values);
  });
  it('finds windows from the pixels', () => {
    const frame = grey([100, 100, 200, 300, 400, 500], { intercept: -100 });
    expect(fullWindow(frame)).toEqual({ width: 401, centre: 200.5 });
    expect(autoWindow(frame)).toEqual({ width: 401, centre: 200.5 });
    expect(draggedWindow({ width: 320, centre: 0 }, 10, -5, frame)).toEqual({ width: 330, centre: -5 });
    expect(draggedWindow({ width: 320, centre: 0 }, -9999, 0, frame).width).toBe(1);
  });
});

describe('windows to choose from', () => {
  const frame = grey([0, 1, 2, 3, 4, 255], { bits: 8 });
  const file = { label: '', source: 'file' as const, centre: 100, width: 50 };
  it('adds one made from the pixels only where the modality has no usual ones', () => {
    expect(windowChoices({ windows: [file] }, frame).map(({ source }) => source)).toEqual(['file', 'auto']);
    expect(windowChoices({ windows: [file, { ...file, source: 'preset' }] }, frame)).toHaveLength(2);
    expect(windowChoices({ windows: [file] }, undefined)).toEqual([file]);
    expect(windowChoices({ windows: [file] }, frame)[1]).toBe(windowChoices({ windows: [file] }, frame)[1]);
  });
});

describe('drawing', () => {
  const film = grey([0, 50, 100, 150, 200, 250], { bits: 8 });
  it('is exact at one to one', () => expect(screenOf(film, ONE_TO_ONE, 3, 2)).toEqual([0, 50, 100, 150, 200, 250]));
  it('leaves what is outside the picture empty', () => {
    expect(screenOf(film, { ...ONE_TO_ONE, e: 1, f: 1 }, 4, 3)).toEqual([-1, -1, -1, -1, -1, 0, 50, 100, -1, 150, 200, 250]);
  });
  it('draws all eight layings exactly', () => {
    const flipped = { a: -1, b: 0, c: 0, d: 1, e: 3, f: 0 };
    expect(screenOf(film, flipped, 3, 2)).toEqual([100, 50, 0, 250, 200, 150]);
    const clockwise = { a: 0, b: 1, c: -1, d: 0, e: 2, f: 0 };
    expect(screenOf(film, clockwise, 2, 3)).toEqual([150, 0, 200, 50, 250, 100]);
    const mirroredAndTurned = { a: 0, b: 1, c: 1, d: 0, e: 0, f: 0 };
    expect(screenOf(film, mirroredAndTurned, 2, 3)).toEqual([0, 150, 50, 200, 100, 250]);
  });
  it('interpolates between pixel centres when enlarged', () => {
    const line = grey([0, 100], { bits: 8, rows: 1, columns: 2 });
    expect(screenOf(line, { a: 4, b: 0, c: 0, d: 1, e: 0, f: 0 }, 8, 1)).toEqual([0, 0, 13, 38, 63, 88, 100, 100]);
  });
  it('averages when made small, instead of skipping pixels', () => {
    const stripes = grey(Array.from({ length: 64 }, (_, i) => (i % 2) * 200), { bits: 8, rows: 8, columns: 8 });
    expect(screenOf(stripes, { a: 0.25, b: 0, c: 0, d: 0.25, e: 0, f: 0 }, 2, 2)).toEqual([100, 100, 100, 100]);
    expect(levelFor(stripes, 0.25).reduction).toBe(4);
    expect(levelFor(stripes, 0.6).reduction).toBe(1);
  });
  it('draws colour as stored, and windows or inverts each channel alike', () => {
    const frame = frameFrom(new Uint8Array([10, 20, 30, 40, 50, 60]).buffer, { ...LAYOUT, rows: 1, columns: 2, samples: 3, bits: 8 });
    const plane = resample(frame, ONE_TO_ONE, 2, 1);
    const out = new Uint32Array(2);
    paintColour(plane, null, false, out);
    expect([...new Uint8Array(out.buffer)]).toEqual([10, 20, 30, 255, 40, 50, 60, 255]);
    paintColour(plane, null, true, out);
    expect([...new Uint8Array(out.buffer)]).toEqual([245, 235, 225, 255, 215, 205, 195, 255]);
  });
  it('shows the same pixels however the reader got there', () => {
    const size = { width: 3, height: 2 };
    const there = ['clockwise', 'flip-horizontal', 'flip-vertical', 'clockwise', 'flip-vertical', 'flip-horizontal'] as const;
    const back = there.reduce((p, s) => placementTurned(p, s), placementTurned(placementTurned(FITTED, 'clockwise'), 'clockwise'));
    const screen = { width: 300, height: 300 };
    expect(screenOf(film, imageToScreen(size, screen, back), 300, 300)).toEqual(screenOf(film, imageToScreen(size, screen, FITTED), 300, 300));
  });
});

describe('memory of frames', () => {
  const layout = { ...LAYOUT, rows: 10, columns: 10, frames: 20 };
  const source = { grant: 'g', scanId: 's', layout };
  const setup = (limit: number) => {
    const asked: string[] = [];
    const cache = frameCache(limit, (path) => {
      asked.push(path.split('/').pop()!);
      return Promise.resolve(new ArrayBuffer(200));
    });
    return { asked, cache };
  };
  it('fetches once, also when asked twice at once', async () => {
    const { asked, cache } = setup(1e6);
    await Promise.all([cache.load(source, 3), cache.load(source, 3)]);
    await cache.load(source, 3);
    expect(asked).toEqual(['3']);
  });
  it('stays under its limit and forgets what was shown longest ago', async () => {
    const { asked, cache } = setup(267 * 3);
    for (const n of [0, 1, 2]) await cache.load(source, n);
    cache.peek(source, 0);
    await cache.load(source, 3);
    expect(cache.bytes).toBeLessThanOrEqual(267 * 3);
    expect(cache.peek(source, 0)).toBeDefined();
    expect(cache.peek(source, 1)).toBeUndefined();
    expect(asked).toHaveLength(4);
  });
  it('asks again after a failure', async () => {
    let tries = 0;
    const cache = frameCache(1e6, () => (++tries === 1 ? Promise.reject(new Error('gone')) : Promise.resolve(new ArrayBuffer(200))));
    await expect(cache.load(source, 0)).rejects.toThrow('gone');
    expect((await cache.load(source, 0)).rows).toBe(10);
  });
  it('keeps nothing that was asked for before it was cleared', async () => {
    let give: (bytes: ArrayBuffer) => void = () => undefined;
    const cache = frameCache(1e6, () => new Promise((resolve) => { give = resolve; }));
    const running = cache.load(source, 0);
    cache.clear();
    give(new ArrayBuffer(200));
    await running;
    expect(cache.bytes).toBe(0);
    expect(cache.peek(source, 0)).toBeUndefined();
  });
});
