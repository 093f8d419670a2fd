// The cipher suite of a hello: HPKE (RFC 9180), DHKEM(P-256, HKDF-SHA256), HKDF-SHA256, AES-256-GCM, all by WebCrypto.

import { Aes256Gcm, CipherSuite, DhkemP256HkdfSha256, HkdfSha256 } from '@hpke/core';

import { join, utf8, type Bytes } from './bytes';
import type { Keys } from './channel';
import type { Stream } from './envelope';
import { refuse, SealError } from './error';

/** Which secret a hello is made with. */
export type PskId = 'link' | 'spoken' | 'resume';
export const PSK_IDS: readonly (PskId | undefined)[] = [undefined, 'link', 'spoken', 'resume'];

/** A secret of 32 bytes that guest and host share, and where it is from. */
export interface Psk {
  id: PskId;
  key: Bytes;
}

/** A new suite: the library's objects hold state. */
export function suite(): CipherSuite {
  return new CipherSuite({ kem: new DhkemP256HkdfSha256(), kdf: new HkdfSha256(), aead: new Aes256Gcm() });
}

/** A point of P-256, uncompressed, or bad-key. Some WebCryptos would also take the hybrid form. */
export async function publicKey(bytes: Uint8Array): Promise<CryptoKey> {
  if (bytes[0] !== 4) throw new SealError('bad-key');
  return refuse('bad-key', () => suite().kem.deserializePublicKey(bytes.slice()));
}

export function info(stream: Stream, epoch: number): Bytes {
  const last = new Uint8Array(4);
  new DataView(last.buffer).setUint32(0, epoch);
  return join(utf8('medibridge live v1'), stream, last);
}

export function pskOf({ id, key }: Psk) {
  return { id: utf8(id).buffer, key: key.slice().buffer };
}

export function aad(header: Uint8Array, stream: Stream, id: number): Bytes {
  return join(header, stream, [id]);
}

/** What both sides take out of the hello's context. */
export async function keysOf(context: { export(label: ArrayBuffer, length: number): Promise<ArrayBuffer> }): Promise<Keys> {
  const take = async (label: string) => new Uint8Array(await context.export(utf8(label).buffer, 32));
  return {
    guest: await take('medibridge key guest'),
    host: await take('medibridge key host'),
    sas: await take('medibridge sas'),
  };
}
