// The outside of an envelope: its header, which anyone can read, and the padding, so that a relay cannot
// tell which phrase was sent by counting bytes (docs/consultation.md, "Envelope").

import { join, type Bytes } from './bytes';
import { SealError } from './error';

/** Bytes of an envelope at most. */
export const ENVELOPE = 64 * 1024;
/** Bytes that may be said in one envelope. */
export const CONTENT = 65_279;
/** A stream at the relay, the 16 bytes of its id: everything sealed is bound to it. */
export type Stream = Uint8Array;

export const HEADER = 14;
export const ENC = 65;
export const TAG = 16;
const VERSION = 1;
const PAD = 256;

export type Kind = 'hello' | 'sealed' | 'rekey' | 'pake';
const KINDS: readonly (Kind | undefined)[] = [undefined, 'hello', 'sealed', 'rekey', 'pake'];

/** What anyone can read of an envelope. Nothing vouches for it before the envelope is opened. */
export interface Header {
  kind: Kind;
  /** From 1; 0 where the kind knows no epochs. */
  epoch: number;
  /** From 1 in sealed envelopes; 0 in all others. */
  counter: bigint;
}

/** Reads the header, or throws too-large, truncated, unknown-version, unknown-kind, malformed; in this order. */
export function peek(envelope: Uint8Array): Header {
  if (envelope.length > ENVELOPE) throw new SealError('too-large');
  if (envelope.length < HEADER) throw new SealError('truncated');
  if (envelope[0] !== VERSION) throw new SealError('unknown-version');
  const kind = KINDS[envelope[1] ?? 0];
  if (kind === undefined) throw new SealError('unknown-kind');
  const view = new DataView(envelope.buffer, envelope.byteOffset, HEADER);
  const epoch = view.getUint32(2);
  const counter = view.getBigUint64(6);
  const whole = {
    hello: epoch > 0 && counter === 0n,
    sealed: epoch > 0 && counter > 0n,
    rekey: epoch === 0 && counter === 0n && envelope.length === HEADER,
    pake: epoch === 0 && counter === 0n,
  };
  if (!whole[kind]) throw new SealError('malformed');
  return { kind, epoch, counter };
}

/** The host's "I have no keys for you, say hello again". */
export function rekeyEnvelope(): Bytes {
  return headerBytes({ kind: 'rekey', epoch: 0, counter: 0n });
}

export function headerBytes({ kind, epoch, counter }: Header): Bytes {
  const bytes = new Uint8Array(HEADER);
  const view = new DataView(bytes.buffer);
  view.setUint8(0, VERSION);
  view.setUint8(1, KINDS.indexOf(kind));
  view.setUint32(2, epoch);
  view.setBigUint64(6, counter);
  return bytes;
}

/** The content, a byte that ends it, and zeros. */
export function pad(content: Uint8Array): Bytes {
  if (content.length > CONTENT) throw new SealError('too-large');
  const padded = new Uint8Array((Math.floor(content.length / PAD) + 1) * PAD);
  padded.set(content);
  padded[content.length] = 0x80;
  return padded;
}

/** The content without its padding. */
export function unpad(padded: Bytes): Bytes {
  const end = padded.findLastIndex((byte) => byte !== 0);
  if (padded.length % PAD !== 0 || padded[end] !== 0x80) throw new SealError('malformed');
  return padded.slice(0, end);
}

/** What authenticated encryption binds an envelope to. */
export function bound(header: Uint8Array, stream: Stream): Bytes {
  return join(header, stream);
}
