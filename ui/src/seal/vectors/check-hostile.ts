// What must not open, and by which name it is refused: the same cases and names as in crates/seal.

import { openBlob } from '../blob';
import type { Bytes } from '../bytes';
import { SealError } from '../error';
import { hostKey, hostOpenHello } from '../host';
import { JoinLink, parseGreeting } from '../link';
import { parseSpokenCode, SpokenGuest, SpokenHost } from '../spoken';
import { Findings } from './check-made';
import { forge, guestEnd, hex, hostEnd, pskOfSession, type Hostile } from './vectors';

/** `opens`, or the name of the refusal; anything else that is thrown is a fault. */
export async function outcome(act: () => unknown): Promise<string> {
  try {
    await act();
    return 'opens';
  } catch (error) {
    if (error instanceof SealError) return error.why;
    throw error;
  }
}

export async function checkHostile(hostile: Hostile): Promise<Findings> {
  const found = new Findings();
  await checkHellos(found, hostile);
  await checkChannels(found, hostile);
  await checkSpoken(found, hostile);
  await checkLinks(found, hostile);
  for (const { why, ...forged } of hostile.blobs) {
    found.same(`blob ${JSON.stringify(forged)}`, await outcome(() => openBlob(hex(hostile.blob_key), forge(hostile, forged))), why);
  }
  return found;
}

async function checkHellos(found: Findings, hostile: Hostile): Promise<void> {
  const { session } = hostile;
  const psk = pskOfSession(session);
  const keyOf = (bytes: string) => hostKey(hex(bytes), hex(session.host_public));
  const usual = await keyOf(session.host_private);
  for (const { last, stream, host_private, secret, why, ...forged } of hostile.hellos) {
    const host = host_private ? await keyOf(host_private) : usual;
    const held = (id: string) => {
      if (secret === undefined) return id === psk.id ? psk.key : undefined;
      return secret === '' ? undefined : hex(secret);
    };
    const act = () => hostOpenHello(host, hex(stream ?? session.stream), forge(hostile, forged), last ?? session.epoch - 1, held);
    found.same(`hello ${JSON.stringify(forged)}`, await outcome(act), why);
  }
}

async function checkChannels(found: Findings, hostile: Hostile): Promise<void> {
  const fresh = async () => ({
    guest: (await guestEnd(hostile.session)).channel,
    host: (await hostEnd(hostile.session)).channel,
  });
  let ends = await fresh();
  for (const { name, side, steps } of hostile.channels) {
    // What is refused changes nothing: only where something opens, the ends are new.
    if (steps.some(({ gives }) => gives === 'opens')) ends = await fresh();
    for (const { gives, ...forged } of steps) {
      const got = await outcome(() => ends[side].open(forge(hostile, forged)));
      found.same(`${name} ${JSON.stringify(forged)}`, got, gives);
    }
  }
}

async function checkSpoken(found: Findings, hostile: Hostile): Promise<void> {
  const { spoken } = hostile;
  const [stream, code] = [hex(spoken.stream), parseSpokenCode(spoken.code)];
  const asHost = (message: Bytes) => {
    const host = new SpokenHost(code, hex(spoken.host_public));
    return () => host.answer(stream, message);
  };
  const asGuest = async (message: Bytes) => {
    const { guest } = await SpokenGuest.knock(code, stream, hex(spoken.guest_random));
    return () => guest.finish(message);
  };
  for (const { side, why, ...forged } of hostile.spoken_answers) {
    const message = forge(hostile, forged);
    const act = side === 'host' ? asHost(message) : await asGuest(message);
    found.same(`${side} ${JSON.stringify(forged)}`, await outcome(act), why);
    // One guess: whatever came, the second try is not heard.
    found.same('a second try', await outcome(act), 'exhausted');
  }
}

async function checkLinks(found: Findings, hostile: Hostile): Promise<void> {
  for (const { door, fragment } of hostile.links) {
    found.same(`${door} ${fragment}`, await outcome(() => JoinLink.parse(door, fragment)), 'bad-link');
  }
  const link = await JoinLink.to('door', new Uint8Array(32), hex(hostile.session.host_public));
  found.same('another host', await outcome(() => link.host(hex(hostile.wrong_host))), 'wrong-host');
  for (const greeting of hostile.greetings) found.same(greeting, await outcome(() => parseGreeting(hex(greeting))), 'bad-greeting');
  for (const code of hostile.codes) found.same(code, await outcome(() => parseSpokenCode(code)), 'bad-code');
}
