// Pixels without patients: a chest-film, a CT and a cardiac phantom drawn from ellipses and noise.
import { chance } from './people';

export type PhantomKind = 'chest' | 'ct' | 'cine';

/** Brightness 0–1 of a chest-like film at u, v in [0, 1]; `seed` moves a consolidation about. */
function chest(u: number, v: number, seed: number): number {
  const body = inside(u, v, 0.5, 0.56, 0.47, 0.56) ? 0.68 : 0.05;
  const lung = Math.max(soft(u, v, 0.31, 0.5, 0.15, 0.3), soft(u, v, 0.69, 0.5, 0.15, 0.3));
  const heart = soft(u, v, 0.56, 0.64, 0.16, 0.15);
  const spine = Math.exp(-(((u - 0.5) / 0.035) ** 2)) * 0.14;
  const ribs = lung * 0.07 * Math.max(0, Math.sin((v * 11 - Math.abs(u - 0.5) * 4) * Math.PI)) ** 3;
  const lesion = soft(u, v, 0.25 + 0.1 * chance(seed), 0.42 + 0.25 * chance(seed + 3), 0.07, 0.06) * (seed % 3 === 0 ? 0.32 : 0);
  return Math.min(1, body - lung * 0.5 * (body > 0.3 ? 1 : 0) + heart * 0.26 + spine + ribs + lesion);
}

function axial(u: number, v: number, z: number): number {
  const body = soft(u, v, 0.5, 0.5, 0.42, 0.33);
  const size = 0.5 + 0.5 * Math.sin(z * Math.PI);
  const lung = Math.max(soft(u, v, 0.32, 0.47, 0.13 * size + 0.02, 0.2 * size + 0.02), soft(u, v, 0.68, 0.47, 0.13 * size + 0.02, 0.2 * size + 0.02));
  const bone = soft(u, v, 0.5, 0.7, 0.05, 0.05);
  return body * (1 - 0.85 * lung) + bone * 0.35;
}

/** Where the heart is at a moment of its beat, as shares of the picture. */
export function heartAt(phase: number) {
  const beat = 0.13 + 0.035 * Math.cos(phase * 2 * Math.PI);
  return { left: { x: 0.5, y: 0.52, radius: beat }, wall: beat + 0.06, right: { x: 0.32, y: 0.48, rx: beat, ry: beat * 1.3 } };
}

function cardiac(u: number, v: number, phase: number): number {
  const heart = heartAt(phase);
  const { left, right } = heart;
  const wall = soft(u, v, left.x, left.y, heart.wall, heart.wall);
  const blood = soft(u, v, left.x, left.y, left.radius, left.radius);
  const ventricle = soft(u, v, right.x, right.y, right.rx, right.ry);
  return 0.12 + 0.2 * wall + 0.55 * blood + 0.5 * ventricle * (1 - wall);
}

export function brightness(kind: PhantomKind, u: number, v: number, seed: number, at: number): number {
  if (kind === 'chest') return chest(u, v, seed);
  return kind === 'ct' ? axial(u, v, at) : cardiac(u, v, at);
}

/** One frame: 16-bit little-endian; CT signed in HU + 1024, the others 12-bit unsigned. */
export function frame(kind: PhantomKind, rows: number, columns: number, seed: number, at: number): ArrayBuffer {
  const pixels = kind === 'ct' ? new Int16Array(rows * columns) : new Uint16Array(rows * columns);
  let i = 0;
  for (let row = 0; row < rows; row += 1) {
    for (let column = 0; column < columns; column += 1) {
      const light = brightness(kind, column / columns, row / rows, seed, at) + (chance(i * 31 + seed) - 0.5) * 0.02;
      pixels[i] = kind === 'ct' ? light * 1100 : Math.max(0, Math.min(4095, light * 4095));
      i += 1;
    }
  }
  return pixels.buffer as ArrayBuffer;
}

const thumbs = new Map<string, string>();

/** A thumbnail as a data address. */
export function thumb(kind: PhantomKind, seed: number): string {
  const key = `${kind}${seed}`;
  const known = thumbs.get(key);
  if (known !== undefined) return known;
  const size = 96;
  const canvas = document.createElement('canvas');
  canvas.width = size;
  canvas.height = size;
  const context = canvas.getContext('2d');
  if (context === null) return '';
  const image = context.createImageData(size, size);
  for (let i = 0; i < size * size; i += 1) {
    const grey = brightness(kind, (i % size) / size, Math.floor(i / size) / size, seed, 0.4) * 255;
    image.data.set([grey, grey, grey, 255], i * 4);
  }
  context.putImageData(image, 0, 0);
  const address = canvas.toDataURL('image/png');
  thumbs.set(key, address);
  return address;
}

/** A map's grid: one warm spot; class 0 has none. */
export function map(rows: number, columns: number, index: number): ArrayBuffer {
  const values = new Float32Array(rows * columns);
  if (index > 0) {
    for (let i = 0; i < values.length; i += 1) {
      const u = (i % columns) / (columns - 1);
      const v = Math.floor(i / columns) / (rows - 1);
      values[i] = 3 * soft(u, v, 0.3 + 0.1 * index, 0.4 + 0.06 * index, 0.25, 0.25);
    }
  }
  return values.buffer;
}

function inside(u: number, v: number, x: number, y: number, rx: number, ry: number): boolean {
  return ((u - x) / rx) ** 2 + ((v - y) / ry) ** 2 < 1;
}

function soft(u: number, v: number, x: number, y: number, rx: number, ry: number): number {
  const r = ((u - x) / rx) ** 2 + ((v - y) / ry) ** 2;
  return 1 / (1 + Math.exp((r - 1) * 9));
}
