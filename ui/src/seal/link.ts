// Join links, and what hangs on a door: `https://relay/j/DOOR#F`. Browsers do not send what stands behind `#`.

import { fromBase64url, join, same, sha256, toBase64url, type Bytes } from './bytes';
import { SealError } from './error';
import { HostPublic } from './hello';
import type { Psk } from './hpke';

const DOOR = /^[A-Za-z0-9_-]{4,32}$/;

/** What a guest reads on a door: the host's public key, not yet to be trusted, or that a code is asked for. */
export type Greeting = { way: 'link'; host: Bytes } | { way: 'spoken' };

export class JoinLink {
  private constructor(
    readonly door: string,
    readonly psk: Psk,
    private readonly keyHash: Bytes,
  ) {}

  /** The link with this door and what stood behind `#`, or bad-link. */
  static parse(door: string, fragment: string): JoinLink {
    const bytes = fromBase64url(fragment);
    if (!DOOR.test(door) || bytes?.length !== 48) throw new SealError('bad-link');
    return new JoinLink(door, { id: 'link', key: bytes.slice(0, 32) }, bytes.slice(32));
  }

  /** A link to a host; for tests and a pretended workstation. */
  static async to(door: string, secret: Bytes, host: Bytes): Promise<JoinLink> {
    return new JoinLink(door, { id: 'link', key: secret }, (await sha256(host)).slice(0, 16));
  }

  /** What stands behind `#`. */
  toFragment(): string {
    return toBase64url(join(this.psk.key, this.keyHash));
  }

  /** The key on the door, if it is the one that the link names; otherwise wrong-host: go no further. */
  async host(key: Bytes): Promise<HostPublic> {
    if (!same((await sha256(key)).slice(0, 16), this.keyHash)) throw new SealError('wrong-host');
    return HostPublic.kept(key);
  }
}

/** Reads a greeting, or bad-greeting. */
export function parseGreeting(bytes: Uint8Array): Greeting {
  if (bytes[0] === 1 && bytes[1] === 1 && bytes.length === 67) return { way: 'link', host: new Uint8Array(bytes.slice(2)) };
  if (bytes[0] === 1 && bytes[1] === 2 && bytes.length === 2) return { way: 'spoken' };
  throw new SealError('bad-greeting');
}
