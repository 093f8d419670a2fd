// What is said after a hello: one key for each direction, counters for nonces, a replay window.

import { join, type Bytes } from './bytes';
import { bound, HEADER, headerBytes, pad, peek, TAG, unpad, type Stream } from './envelope';
import { refuse, SealError } from './error';
import { Window } from './window';

/** The last counter that a key seals under. */
const LAST = 0xffff_ffffn;

/** The keys of an epoch, 32 bytes each. */
export interface Keys {
  /** Guest to host. */
  guest: Bytes;
  /** Host to guest. */
  host: Bytes;
  /** The short string's secret. */
  sas: Bytes;
}

/** One side of one epoch of one guest's stream. It cannot be copied nor restored: a counter that came twice
 *  under a key would give both messages away. */
export class Channel {
  readonly stream: Stream;
  readonly epoch: number;
  /** The secret of the short string, for `sas`. */
  readonly sasSecret: Bytes;
  readonly #sending: CryptoKey;
  readonly #receiving: CryptoKey;
  readonly #window = new Window();
  #sent = 0n;

  private constructor(stream: Stream, epoch: number, sasSecret: Bytes, sending: CryptoKey, receiving: CryptoKey) {
    this.stream = stream.slice();
    this.epoch = epoch;
    this.sasSecret = sasSecret;
    this.#sending = sending;
    this.#receiving = receiving;
  }

  static async of(stream: Stream, epoch: number, side: 'guest' | 'host', keys: Keys): Promise<Channel> {
    const [out, into] = side === 'guest' ? [keys.guest, keys.host] : [keys.host, keys.guest];
    const [sending, receiving] = await Promise.all([
      crypto.subtle.importKey('raw', out, 'AES-GCM', false, ['encrypt']),
      crypto.subtle.importKey('raw', into, 'AES-GCM', false, ['decrypt']),
    ]);
    out.fill(0);
    into.fill(0);
    return new Channel(stream, epoch, keys.sas, sending, receiving);
  }

  /** Seals what is said into an envelope; throws too-large, or exhausted after 2³² − 1 envelopes. */
  async seal(content: Uint8Array): Promise<Bytes> {
    const padded = pad(content);
    if (this.#sent === LAST) throw new SealError('exhausted');
    // Taken before anything is awaited: two at once never get the same counter.
    this.#sent += 1n;
    const header = headerBytes({ kind: 'sealed', epoch: this.epoch, counter: this.#sent });
    const body = await crypto.subtle.encrypt(params(header, this.stream), this.#sending, padded);
    return join(header, new Uint8Array(body));
  }

  /** Opens an envelope of the other side, once; throws what `peek` throws, then wrong-kind, wrong-epoch, too-old,
   *  replayed, truncated, broken, malformed; in this order. */
  async open(envelope: Uint8Array): Promise<Bytes> {
    const { kind, epoch, counter } = peek(envelope);
    if (kind !== 'sealed') throw new SealError('wrong-kind');
    if (epoch !== this.epoch) throw new SealError('wrong-epoch');
    this.#window.check(counter);
    if (envelope.length < HEADER + TAG) throw new SealError('truncated');
    const how = params(envelope.slice(0, HEADER), this.stream);
    const padded = await refuse('broken', () => crypto.subtle.decrypt(how, this.#receiving, envelope.slice(HEADER)));
    // Only what opened may move the window; checked again, for another may have opened meanwhile.
    this.#window.take(counter);
    return unpad(new Uint8Array(padded));
  }
}

function params(header: Bytes, stream: Stream): AesGcmParams {
  const nonce = join([0, 0, 0, 0], header.slice(6));
  return { name: 'AES-GCM', iv: nonce, additionalData: bound(header, stream) };
}
