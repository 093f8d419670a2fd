// The host's side in TypeScript: for tests and a pretended workstation. The page does not load it.

import type { Bytes } from './bytes';
import { Channel } from './channel';
import { ENC, HEADER, peek, TAG, unpad, type Stream } from './envelope';
import { refuse, SealError } from './error';
import { aad, info, keysOf, PSK_IDS, pskOf, publicKey, suite, type PskId } from './hpke';

/** A P-256 key pair. */
export interface HostKey {
  private: CryptoKey;
  public: Bytes;
}

export async function generateHostKey(): Promise<HostKey> {
  const kem = suite().kem;
  const pair = await kem.generateKeyPair();
  return { private: pair.privateKey, public: new Uint8Array(await kem.serializePublicKey(pair.publicKey)) };
}

/** The key with these 32 bytes and this public key. */
export async function hostKey(bytes: Bytes, publicBytes: Bytes): Promise<HostKey> {
  return { private: await refuse('bad-key', () => suite().kem.importKey('raw', bytes.buffer, false)), public: publicBytes };
}

/** Opens a hello; throws what `peek` throws, then wrong-kind, stale-epoch, truncated, unknown-psk, bad-key, broken,
 *  malformed; in this order. */
export async function hostOpenHello(
  host: HostKey,
  stream: Stream,
  envelope: Uint8Array,
  last: number,
  secret: (id: PskId) => Bytes | undefined,
): Promise<{ psk: PskId; hello: Bytes; channel: Channel }> {
  const { kind, epoch } = peek(envelope);
  if (kind !== 'hello') throw new SealError('wrong-kind');
  if (epoch <= last) throw new SealError('stale-epoch');
  if (envelope.length < HEADER + 1 + ENC + TAG) throw new SealError('truncated');
  const number = envelope[HEADER] ?? 0;
  const id = PSK_IDS[number];
  const key = id && secret(id);
  if (!id || !key) throw new SealError('unknown-psk');
  const enc = envelope.slice(HEADER + 1, HEADER + 1 + ENC);
  await publicKey(enc);
  const params = { recipientKey: host.private, enc: enc.buffer, info: info(stream, epoch), psk: pskOf({ id, key }) };
  const context = await refuse('bad-key', () => suite().createRecipientContext(params));
  const bound = aad(envelope.slice(0, HEADER), stream, number);
  const padded = await refuse('broken', () => context.open(envelope.slice(HEADER + 1 + ENC), bound));
  const hello = unpad(new Uint8Array(padded));
  return { psk: id, hello, channel: await Channel.of(stream, epoch, 'host', await keysOf(context)) };
}
