// How bytes and ids are written on the wire.
import { type Bytes, fromBase64url, toBase64url } from '../../seal';

export type { Bytes };
/** Base64url without padding (RFC 4648, section 5). */
export type Base64 = string;

export const toBase64 = toBase64url;

/** Throws a `SyntaxError` on anything that is not base64url. */
export function fromBase64(text: Base64): Bytes {
  const bytes = fromBase64url(text);
  if (bytes === undefined) throw new SyntaxError('not base64url');
  return bytes;
}

export function toHex(bytes: Uint8Array): string {
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');
}

/** The 16 bytes of a UUID. */
export function idBytes(uuid: string): Bytes {
  return Uint8Array.from(uuid.replaceAll('-', '').match(/../g) ?? [], (pair) => parseInt(pair, 16));
}
