// The guest's first word of an epoch: HPKE mode_psk to the host's key, from which both sides take the epoch's keys.

import { join, type Bytes } from './bytes';
import { Channel } from './channel';
import { headerBytes, pad, type Stream } from './envelope';
import { SealError } from './error';
import { aad, info, keysOf, PSK_IDS, pskOf, publicKey, suite, type Psk } from './hpke';

/** A host's public key that the guest has reason to trust: the link named it, the spoken code vouched for it,
 *  or it was kept since one of them did. */
export class HostPublic {
  readonly #bytes: Bytes;

  private constructor(bytes: Bytes) {
    this.#bytes = bytes;
  }

  /** A key that was trusted before and kept since then. Never call it with what a relay answered. */
  static kept(bytes: Uint8Array): HostPublic {
    return new HostPublic(new Uint8Array(bytes));
  }

  /** Its 65 bytes, to keep. */
  toBytes(): Bytes {
    return this.#bytes.slice();
  }
}

/** Says hello; `epoch` is higher than every one used on this stream. `ephemeral` is for test vectors alone. */
export async function guestHello(
  stream: Stream,
  epoch: number,
  psk: Psk,
  host: HostPublic,
  hello: Uint8Array,
  ephemeral?: Bytes,
): Promise<{ envelope: Bytes; channel: Channel }> {
  if (epoch < 1 || epoch > 0xffff_ffff) throw new SealError('malformed');
  const id = PSK_IDS.indexOf(psk.id);
  const context = await suite().createSenderContext({
    recipientPublicKey: await publicKey(host.toBytes()),
    info: info(stream, epoch),
    psk: pskOf(psk),
    ekm: ephemeral,
  });
  const header = headerBytes({ kind: 'hello', epoch, counter: 0n });
  const sealed = await context.seal(pad(hello), aad(header, stream, id));
  const channel = await Channel.of(stream, epoch, 'guest', await keysOf(context));
  return { envelope: join(header, [id], new Uint8Array(context.enc), new Uint8Array(sealed)), channel };
}
