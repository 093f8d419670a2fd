// WAV (RIFF, Microsoft/IBM 1991): a header of 44 bytes and 16-bit samples, readable everywhere without a codec.
import { RATE } from './resample';

const HEADER = 44;

/** Clipped to 16 bit. */
export function toPcm(samples: Float32Array): Int16Array {
  return Int16Array.from(samples, (sample) => Math.round(Math.max(-1, Math.min(1, sample)) * 0x7fff));
}

/** One channel, 16 kHz, 16 bit, from its pieces. */
export function toWav(pieces: readonly Int16Array[]): Uint8Array<ArrayBuffer> {
  const samples = pieces.reduce((sum, { length }) => sum + length, 0);
  const bytes = new Uint8Array(HEADER + samples * 2);
  const view = new DataView(bytes.buffer);
  const text = (at: number, letters: string) => [...letters].forEach((letter, n) => view.setUint8(at + n, letter.charCodeAt(0)));
  text(0, 'RIFF');
  view.setUint32(4, HEADER - 8 + samples * 2, true);
  text(8, 'WAVEfmt ');
  view.setUint32(16, 16, true);
  view.setUint16(20, 1, true);
  view.setUint16(22, 1, true);
  view.setUint32(24, RATE, true);
  view.setUint32(28, RATE * 2, true);
  view.setUint16(32, 2, true);
  view.setUint16(34, 16, true);
  text(36, 'data');
  view.setUint32(40, samples * 2, true);
  let at = HEADER;
  for (const piece of pieces) {
    for (const sample of piece) {
      view.setInt16(at, sample, true);
      at += 2;
    }
  }
  return bytes;
}
