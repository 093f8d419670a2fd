// @vitest-environment node
// What leaves the microphone is speech at 16 kHz: nothing folded back, nothing lost between pieces, a header that others read.
import { describe, expect, test } from 'vitest';

import { loudness } from './recorder';
import { RATE, Resampler } from './resample';
import { toPcm, toWav } from './wav';

const tone = (hertz: number, rate: number, seconds: number) => Float32Array.from({ length: rate * seconds }, (_, n) => Math.sin((2 * Math.PI * hertz * n) / rate));

function resampled(input: Float32Array, rate: number, piece: number): Float32Array {
  const resampler = new Resampler(rate);
  const out: number[] = [];
  for (let at = 0; at < input.length; at += piece) out.push(...resampler.push(input.subarray(at, at + piece)));
  out.push(...resampler.finish());
  return Float32Array.from(out);
}

/** Root of the mean square, away from the ends. */
function strength(samples: Float32Array): number {
  const middle = samples.subarray(1000, samples.length - 1000);
  return Math.sqrt(middle.reduce((sum, sample) => sum + sample * sample, 0) / middle.length);
}

describe.each([44_100, 48_000, 96_000, 16_000])('from %i Hz', (rate) => {
  test('as long as it was', () => {
    expect(Math.abs(resampled(tone(440, rate, 1), rate, 2048).length - RATE)).toBeLessThanOrEqual(2);
  });

  test('a voice keeps its strength to a tenth of a decibel', () => {
    for (const hertz of [100, 1000, 4000, 6500]) expect(Math.abs(20 * Math.log10(strength(resampled(tone(hertz, rate, 1), rate, 2048)) / Math.SQRT1_2))).toBeLessThan(0.1);
  });

  test('pieces of any size give the same sound', () => {
    const input = tone(523, rate, 0.5);
    const whole = resampled(input, rate, input.length);
    const pieces = resampled(input, rate, 127);
    expect(Math.abs(pieces.length - whole.length)).toBeLessThanOrEqual(1);
    expect(Math.max(...whole.subarray(0, pieces.length).map((sample, n) => Math.abs(sample - (pieces[n] ?? 0))))).toBeLessThan(1e-3);
  });
});

test.each([[48_000, 9_500], [44_100, 12_000], [96_000, 20_000]])('from %i Hz, %i Hz do not fold back: below -60 dB', (rate, hertz) => {
  expect(20 * Math.log10(strength(resampled(tone(hertz, rate, 1), rate, 2048)))).toBeLessThan(-60);
});

test('a WAV of one channel, 16 kHz, 16 bit', () => {
  const wav = toWav([toPcm(Float32Array.of(0, 1, -1)), toPcm(Float32Array.of(2))]);
  const view = new DataView(wav.buffer);
  const text = (at: number) => String.fromCharCode(...wav.subarray(at, at + 4));
  expect([text(0), text(8), text(12), text(36)]).toEqual(['RIFF', 'WAVE', 'fmt ', 'data']);
  expect([view.getUint32(4, true), view.getUint16(20, true), view.getUint16(22, true), view.getUint32(24, true), view.getUint32(28, true), view.getUint16(32, true), view.getUint16(34, true), view.getUint32(40, true)])
    .toEqual([wav.length - 8, 1, 1, 16_000, 32_000, 2, 16, 8]);
  expect([0, 1, 2, 3].map((n) => view.getInt16(44 + n * 2, true))).toEqual([0, 32_767, -32_767, 32_767]);
});

test('eight minutes fit into a blob', () => {
  expect(44 + 8 * 60 * RATE * 2 + 16).toBeLessThanOrEqual(16 * 1024 * 1024);
});

test('loudness goes from silence to full scale', () => {
  expect(loudness(new Float32Array(64))).toBe(0);
  expect(loudness(new Float32Array(64).fill(1))).toBe(1);
  expect(loudness(new Float32Array(64).fill(0.1))).toBeCloseTo(0.6, 1);
});
