// A spoken code: ten digits, four of them the door and six the pin, which CPace turns into a key without giving
// anyone more than one guess. Load it lazily: `await import('../seal/spoken')`.

import { draw, join, same, utf8, type Bytes } from './bytes';
import { generator, meet, scalar, sessionKey, share } from './cpace';
import { HEADER, headerBytes, peek, type Stream } from './envelope';
import { SealError } from './error';
import { HostPublic } from './hello';
import type { Psk } from './hpke';

const SHARE = 32;
const PUBLIC = 65;
const CONFIRM = 32;
const GUEST = utf8('guest');

/** A code, as it was said. */
export interface SpokenCode {
  door: string;
  pin: string;
}

/** Zero in Latin, Arabic, Persian, Devanagari, Telugu and full width. */
const ZEROS = [0x30, 0x660, 0x6f0, 0x966, 0xc66, 0xff10];

/** Ten digits of any of our scripts, however they are grouped by spaces, points and hyphens, or bad-code. */
export function parseSpokenCode(said: string): SpokenCode {
  const written = [...said.replaceAll(/[ \u00a0\u202f.-]/g, '')];
  const digits = written.map((char) => ZEROS.map((zero) => char.codePointAt(0)! - zero).find((digit) => digit >= 0 && digit <= 9));
  if (digits.length !== 10 || digits.includes(undefined)) throw new SealError('bad-code');
  return { door: digits.slice(0, 4).join(''), pin: digits.slice(4).join('') };
}

/** The guest's side, while it waits for the host's answer. */
export class SpokenGuest {
  #secret: bigint | undefined;

  private constructor(
    secret: bigint,
    private readonly share: Bytes,
    private readonly stream: Stream,
  ) {
    this.#secret = secret;
  }

  /** The guest's message, and what waits for the answer. `random` is for test vectors alone. */
  static async knock(code: SpokenCode, stream: Stream, random: Bytes = draw(64)): Promise<{ guest: SpokenGuest; envelope: Bytes }> {
    const secret = scalar(random);
    const mine = share(await generatorOf(code, stream), secret);
    return { guest: new SpokenGuest(secret, mine, stream), envelope: pake(mine) };
  }

  /** Opens the host's answer, once. wrong-code: a digit was misheard, or somebody in between guessed one; ask for
   *  a new code. */
  async finish(envelope: Uint8Array): Promise<{ host: HostPublic; psk: Psk }> {
    const secret = this.#secret;
    if (secret === undefined) throw new SealError('exhausted');
    this.#secret = undefined;
    const answer = bodyOf(envelope, SHARE + PUBLIC + CONFIRM);
    const theirs = answer.slice(0, SHARE);
    const host = answer.slice(SHARE, SHARE + PUBLIC);
    const met = await meet(theirs, secret);
    const isk = await sessionKey(this.stream, met, { share: this.share, data: GUEST }, { share: theirs, data: host });
    const { confirm, psk } = await keysOf(isk);
    if (!same(confirm, answer.slice(SHARE + PUBLIC))) throw new SealError('wrong-code');
    return { host: HostPublic.kept(host), psk };
  }
}

/** The host's side, good for one answer; for tests and a pretended workstation. */
export class SpokenHost {
  #code: SpokenCode | undefined;

  constructor(
    code: SpokenCode,
    private readonly host: Bytes,
  ) {
    this.#code = code;
  }

  /** Answers the one message that this code may have; the code is spent, whatever came. */
  async answer(stream: Stream, envelope: Uint8Array, random: Bytes = draw(64)): Promise<{ envelope: Bytes; psk: Psk }> {
    const code = this.#code;
    if (!code) throw new SealError('exhausted');
    this.#code = undefined;
    const theirs = bodyOf(envelope, SHARE);
    const secret = scalar(random);
    const met = await meet(theirs, secret);
    const mine = share(await generatorOf(code, stream), secret);
    const isk = await sessionKey(stream, met, { share: theirs, data: GUEST }, { share: mine, data: this.host });
    const { confirm, psk } = await keysOf(isk);
    return { envelope: pake(mine, this.host, confirm), psk };
  }
}

function generatorOf(code: SpokenCode, stream: Stream) {
  return generator(utf8(code.pin), utf8(`medibridge spoken v1 ${code.door}`), stream);
}

function pake(...parts: readonly Bytes[]): Bytes {
  return join(headerBytes({ kind: 'pake', epoch: 0, counter: 0n }), ...parts);
}

/** The body, exactly as long as it must be. */
function bodyOf(envelope: Uint8Array, length: number): Bytes {
  if (peek(envelope).kind !== 'pake') throw new SealError('wrong-kind');
  if (envelope.length < HEADER + length) throw new SealError('truncated');
  if (envelope.length > HEADER + length) throw new SealError('malformed');
  return new Uint8Array(envelope.slice(HEADER));
}

/** The host's proof that it knows the pin, and the psk. */
async function keysOf(isk: Bytes): Promise<{ confirm: Bytes; psk: Psk }> {
  const key = await crypto.subtle.importKey('raw', isk, 'HKDF', false, ['deriveBits']);
  const expand = async (label: string) => {
    const how = { name: 'HKDF', hash: 'SHA-256', salt: new Uint8Array(), info: utf8(label) };
    return new Uint8Array(await crypto.subtle.deriveBits(how, key, 256));
  };
  return {
    confirm: await expand('medibridge spoken confirm'),
    psk: { id: 'spoken', key: await expand('medibridge spoken psk') },
  };
}
