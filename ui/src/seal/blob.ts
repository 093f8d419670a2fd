// Blobs (voice notes): a key for each, which travels inside a message; the relay keeps the sealed bytes under
// their SHA-256.

import { draw, sha256, utf8, type Bytes } from './bytes';
import { TAG } from './envelope';
import { refuse, SealError } from './error';

/** Bytes of a sealed blob at most. */
export const BLOB = 16 * 1024 * 1024;

// A key is new for each blob and seals once: nonce 0.
const HOW = { name: 'AES-GCM', iv: new Uint8Array(12), additionalData: utf8('medibridge blob v1') };

/** Seals under a key made for this one blob, or too-large. `key` is for test vectors alone. */
export async function sealBlob(content: Bytes, key: Bytes = draw(32)): Promise<{ key: Bytes; sealed: Bytes }> {
  if (content.length > BLOB - TAG) throw new SealError('too-large');
  const sealing = await crypto.subtle.importKey('raw', key, 'AES-GCM', false, ['encrypt']);
  return { key, sealed: new Uint8Array(await crypto.subtle.encrypt(HOW, sealing, content)) };
}

/** Opens a blob; throws too-large, truncated, broken; in this order. */
export async function openBlob(key: Bytes, sealed: Bytes): Promise<Bytes> {
  if (sealed.length > BLOB) throw new SealError('too-large');
  if (sealed.length < TAG) throw new SealError('truncated');
  const opening = await crypto.subtle.importKey('raw', key, 'AES-GCM', false, ['decrypt']);
  return new Uint8Array(await refuse('broken', () => crypto.subtle.decrypt(HOW, opening, sealed)));
}

/** The name of a sealed blob at the relay: its SHA-256. */
export function blobName(sealed: Bytes): Promise<Bytes> {
  return sha256(sealed);
}
