// CPace (draft-irtf-cfrg-cpace-21, ristretto255, SHA-512, initiator–responder): no library of it is well kept in
// JavaScript, so its three steps stand here on the group of @noble/curves and run the draft's own vectors.

import { ristretto255, ristretto255_hasher } from '@noble/curves/ed25519.js';
import { bytesToNumberLE } from '@noble/curves/utils.js';

import { join, utf8, type Bytes } from './bytes';
import { refuse } from './error';

const DSI = utf8('CPaceRistretto255');
/** The input block of SHA-512. */
const BLOCK = 128;
type Element = InstanceType<typeof ristretto255.Point>;

/** Each part behind its length; lengths here stay below 128, where LEB128 is one byte. */
function lv(...parts: readonly Uint8Array[]): Bytes {
  return join(...parts.flatMap((part) => [[part.length], part]));
}

async function sha512(bytes: Bytes): Promise<Bytes> {
  return new Uint8Array(await crypto.subtle.digest('SHA-512', bytes));
}

/** The generator that only those who know the password find (section 6.2). */
export async function generator(password: Uint8Array, channel: Uint8Array, session: Uint8Array): Promise<Element> {
  const zeros = new Uint8Array(Math.max(0, BLOCK - 1 - (password.length + 1) - (DSI.length + 1)));
  return ristretto255_hasher.deriveToCurve!(await sha512(lv(DSI, password, zeros, channel, session)));
}

/** A scalar out of 64 random bytes. */
export function scalar(wide: Uint8Array): bigint {
  return bytesToNumberLE(wide) % ristretto255.Point.Fn.ORDER;
}

/** What goes to the other side. */
export function share(base: Element, secret: bigint): Bytes {
  return new Uint8Array(base.multiply(secret).toBytes());
}

/** The point that both sides come to, or bad-key for what is no element or the neutral one. */
export function meet(theirs: Uint8Array, secret: bigint): Promise<Bytes> {
  return refuse('bad-key', async () => {
    const point = ristretto255.Point.fromBytes(theirs);
    if (point.is0()) throw new Error();
    return new Uint8Array(point.multiply(secret).toBytes());
  });
}

/** The intermediate session key, 64 bytes (section 6.2). */
export function sessionKey(
  session: Uint8Array,
  met: Uint8Array,
  initiator: { share: Uint8Array; data: Uint8Array },
  responder: { share: Uint8Array; data: Uint8Array },
): Promise<Bytes> {
  const transcript = [lv(initiator.share, initiator.data), lv(responder.share, responder.data)];
  return sha512(join(lv(utf8('CPaceRistretto255_ISK'), session, met), ...transcript));
}
