// Which counters were taken: the 128 up to the highest are remembered, older ones are refused.

import { SealError } from './error';

const WIDTH = 128n;
const REMEMBERED = (1n << WIDTH) - 1n;

/** The replay window of one direction (after RFC 4303, section 3.4.3). */
export class Window {
  #highest = 0n;
  /** Bit i: `highest − i` was taken. */
  #taken = 0n;

  /** Throws too-old or replayed if the counter may not be taken any more. */
  check(counter: bigint): void {
    const behind = this.#highest - counter;
    if (behind >= WIDTH) throw new SealError('too-old');
    if (behind >= 0n && ((this.#taken >> behind) & 1n) === 1n) throw new SealError('replayed');
  }

  /** Takes the counter, once. */
  take(counter: bigint): void {
    this.check(counter);
    const ahead = counter - this.#highest;
    if (ahead > 0n) {
      this.#taken = ahead >= WIDTH ? 0n : (this.#taken << ahead) & REMEMBERED;
      this.#highest = counter;
    }
    this.#taken |= 1n << (this.#highest - counter);
  }
}
