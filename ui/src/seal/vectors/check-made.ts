// Makes everything in a file again from its ingredients, and opens everything, from both sides. It says what differs,
// so that node and a browser can run it alike.

import { blobName, openBlob } from '../blob';
import { utf8 } from '../bytes';
import type { Channel } from '../channel';
import { JoinLink, parseGreeting } from '../link';
import { commitmentHolds, EMOJI, sas } from '../sas';
import { parseSpokenCode, SpokenGuest, SpokenHost } from '../spoken';
import { guestEnd, hex, hostEnd, toHex, type Made, type Said, type Session, type SpokenRun } from './vectors';

/** What differs, and how much was compared. */
export class Findings {
  readonly differences: string[] = [];
  compared = 0;

  same(what: string, got: unknown, wanted: unknown): void {
    this.compared += 1;
    if (JSON.stringify(got) !== JSON.stringify(wanted)) {
      this.differences.push(`${what}: ${JSON.stringify(got)} instead of ${JSON.stringify(wanted)}`);
    }
  }
}

export async function checkMade(made: Made): Promise<Findings> {
  const found = new Findings();
  for (const session of made.sessions) await checkSession(found, session);
  await checkSpoken(found, made.spoken);
  for (const link of made.links) {
    const read = JoinLink.parse(link.door, link.fragment);
    found.same('link', [toHex(read.psk.key), read.toFragment()], [link.secret, link.fragment]);
    const greeting = parseGreeting(hex(link.greeting));
    const host = greeting.way === 'link' ? await read.host(greeting.host) : undefined;
    found.same('greeting', host && toHex(host.toBytes()), link.host_public);
  }
  for (const { secret, guest, host, commitment, places, emoji } of made.short_strings) {
    const own = await sas(hex(secret), hex(guest), hex(host));
    const pictures = own.map((place) => EMOJI[place]).join('');
    found.same('pictures', [own, pictures], [places, emoji]);
    found.same('commitment', await commitmentHolds(hex(commitment), hex(guest)), true);
  }
  for (const { key, content, sealed, name } of made.blobs) {
    found.same('blob', toHex(await openBlob(hex(key), hex(sealed))), content);
    found.same('name of a blob', toHex(await blobName(hex(sealed))), name);
  }
  return found;
}

async function checkSession(found: Findings, session: Session): Promise<void> {
  const guest = await guestEnd(session);
  found.same('hello', toHex(guest.envelope), session.envelope);
  const host = await hostEnd(session);
  found.same('content of a hello', new TextDecoder().decode(host.hello), session.hello);
  for (const { channel } of [guest, host]) found.same('secret', toHex(channel.sasSecret), session.sas_secret);
  await checkWay(found, guest.channel, host.channel, session.guest_says);
  await checkWay(found, host.channel, guest.channel, session.host_says);
}

async function checkWay(found: Findings, from: Channel, to: Channel, says: Said[]): Promise<void> {
  for (const { content, envelope } of says) {
    found.same('sealed', toHex(await from.seal(utf8(content))), envelope);
    found.same('opened', new TextDecoder().decode(await to.open(hex(envelope))), content);
  }
}

async function checkSpoken(found: Findings, run: SpokenRun): Promise<void> {
  const [stream, code] = [hex(run.stream), parseSpokenCode(run.code)];
  const knocked = await SpokenGuest.knock(code, stream, hex(run.guest_random));
  found.same('PAKE, guest', toHex(knocked.envelope), run.guest_message);
  const answer = await new SpokenHost(code, hex(run.host_public)).answer(stream, knocked.envelope, hex(run.host_random));
  found.same('PAKE, host', [toHex(answer.envelope), toHex(answer.psk.key)], [run.host_message, run.psk]);
  const { host, psk } = await knocked.guest.finish(answer.envelope);
  found.same('PAKE, end', [toHex(host.toBytes()), toHex(psk.key)], [run.host_public, run.psk]);
}
