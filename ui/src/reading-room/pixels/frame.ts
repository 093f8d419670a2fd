// A frame as the host serves it: little-endian pixels, row-major. Bytes that do not match the header are refused,
// because a picture drawn from a wrong length or type is a false picture.
import type { PixelsView } from '../../bindings/types';

/** `pixels` holds stored values plus `bias`, so that every value is an index into a look-up table. */
export interface GreyFrame {
  readonly kind: 'grey';
  readonly rows: number;
  readonly columns: number;
  readonly pixels: Uint16Array;
  readonly bias: number;
  readonly slope: number;
  readonly intercept: number;
  /** MONOCHROME1: low values are bright. */
  readonly darkIsHigh: boolean;
  readonly least: number;
  readonly most: number;
}

/** RGB, 8 bits each, interleaved. */
export interface ColourFrame {
  readonly kind: 'colour';
  readonly rows: number;
  readonly columns: number;
  readonly pixels: Uint8Array;
}

export type Frame = GreyFrame | ColourFrame;

export class FrameMismatch extends Error {
  override readonly name = 'FrameMismatch';
}

const SIGN = 0x8000;
const littleEndian = new Uint8Array(new Uint16Array([1]).buffer)[0] === 1;

export function frameFrom(bytes: ArrayBuffer, layout: PixelsView): Frame {
  const { rows, columns, samples, bits } = layout;
  const count = rows * columns;
  if (!(count > 0) || !Number.isSafeInteger(count)) throw new FrameMismatch(`an image of ${columns} × ${rows}`);
  if (samples === 3 && bits === 8) {
    expectLength(bytes, count * 3);
    return { kind: 'colour', rows, columns, pixels: new Uint8Array(bytes) };
  }
  if (samples !== 1 || (bits !== 8 && bits !== 16)) throw new FrameMismatch(`${samples} samples of ${bits} bits`);
  expectLength(bytes, (count * bits) / 8);
  const pixels = bits === 16 ? words(bytes) : bytesAsWords(bytes, layout.signed);
  if (layout.signed && bits === 16) for (let i = 0; i < count; i++) pixels[i] = pixels[i]! ^ SIGN;
  let least = 0xffff;
  let most = 0;
  for (let i = 0; i < count; i++) {
    const value = pixels[i]!;
    if (value < least) least = value;
    if (value > most) most = value;
  }
  const slope = Number.isFinite(layout.slope) && layout.slope !== 0 ? layout.slope : 1;
  const intercept = Number.isFinite(layout.intercept) ? layout.intercept : 0;
  const bias = layout.signed ? (bits === 16 ? SIGN : 0x80) : 0;
  return { kind: 'grey', rows, columns, pixels, bias, slope, intercept, darkIsHigh: layout.inverted, least, most };
}

/** Value in the modality's unit (HU for CT) at an integer pixel. */
export function modalityValue(frame: GreyFrame, column: number, row: number): number {
  return (frame.pixels[row * frame.columns + column]! - frame.bias) * frame.slope + frame.intercept;
}

/** Bytes that a frame keeps in memory, its reduced copies included (1 + 1/4 + 1/16 + …). */
export function frameBytes(frame: Frame): number {
  return Math.ceil((frame.pixels.byteLength * 4) / 3);
}

function expectLength(bytes: ArrayBuffer, wanted: number): void {
  if (bytes.byteLength !== wanted) throw new FrameMismatch(`${bytes.byteLength} bytes where ${wanted} belong`);
}

function words(bytes: ArrayBuffer): Uint16Array {
  if (littleEndian) return new Uint16Array(bytes);
  const view = new DataView(bytes);
  return Uint16Array.from({ length: bytes.byteLength / 2 }, (_, i) => view.getUint16(i * 2, true));
}

function bytesAsWords(bytes: ArrayBuffer, signed: boolean): Uint16Array {
  if (!signed) return Uint16Array.from(new Uint8Array(bytes));
  const source = new Int8Array(bytes);
  const out = new Uint16Array(source.length);
  for (let i = 0; i < source.length; i++) out[i] = source[i]! + 0x80;
  return out;
}
