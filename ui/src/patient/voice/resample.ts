// From the microphone's rate to 16 kHz: a windowed sinc (Kaiser, β 9) that lets nothing above 8 kHz fold back
// into speech. It works piece by piece, as the sound comes.

/** Samples a second that leave. */
export const RATE = 16_000;

/** Zero crossings of the sinc on each side; steps of its table between two. */
const CROSSINGS = 16;
const STEPS = 256;
const BETA = 9;
/** The pass band ends a little below half of the rate, where the window's slope has room. */
const CUTOFF = 0.94;

const table = kernel();

export class Resampler {
  /** Input samples for each output sample. */
  readonly #ratio: number;
  /** Half of the kernel's width in input samples. */
  readonly #half: number;
  #held = new Float32Array(0);
  /** Place of the next output sample, in samples of `#held`. */
  #at = 0;

  /** `rate`: samples a second that come in. */
  constructor(rate: number) {
    this.#ratio = rate / RATE;
    this.#half = Math.ceil((CROSSINGS * Math.max(1, this.#ratio)) / CUTOFF);
    // Silence before the first sample: the kernel looks back.
    this.#held = new Float32Array(this.#half);
    this.#at = this.#half;
  }

  /** What can be told by now; the last few samples wait for what comes after them. */
  push(piece: Float32Array): Float32Array<ArrayBuffer> {
    const held = new Float32Array(this.#held.length + piece.length);
    held.set(this.#held);
    held.set(piece, this.#held.length);
    const out = new Float32Array(Math.max(0, Math.ceil((held.length - this.#half - this.#at) / this.#ratio)));
    for (let n = 0; n < out.length; n += 1) out[n] = this.#sample(held, this.#at + n * this.#ratio);
    this.#at += out.length * this.#ratio;
    const drop = Math.max(0, Math.floor(this.#at) - this.#half);
    this.#held = held.slice(drop);
    this.#at -= drop;
    return out;
  }

  /** The rest, followed by silence. */
  finish(): Float32Array<ArrayBuffer> {
    return this.push(new Float32Array(this.#half));
  }

  #sample(held: Float32Array, at: number): number {
    const scale = CUTOFF / Math.max(1, this.#ratio);
    const from = Math.max(0, Math.ceil(at - this.#half));
    const to = Math.min(held.length - 1, Math.floor(at + this.#half));
    let sum = 0;
    for (let i = from; i <= to; i += 1) sum += (held[i] ?? 0) * (table[Math.round(Math.abs(i - at) * scale * STEPS)] ?? 0);
    return sum * scale;
  }
}

function kernel(): Float32Array {
  const all = new Float32Array(CROSSINGS * STEPS + 1);
  for (let i = 0; i < all.length; i += 1) {
    const x = (i / STEPS) * Math.PI;
    const sinc = i === 0 ? 1 : Math.sin(x) / x;
    const place = i / (all.length - 1);
    all[i] = (sinc * bessel(BETA * Math.sqrt(1 - place * place))) / bessel(BETA);
  }
  return all;
}

/** Modified Bessel function of the first kind, order 0, by its series. */
function bessel(x: number): number {
  let term = 1;
  let sum = 1;
  for (let k = 1; term > sum * 1e-10; k += 1) {
    term *= (x / (2 * k)) ** 2;
    sum += term;
  }
  return sum;
}
