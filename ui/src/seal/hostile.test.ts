// @vitest-environment node
// What must not open, and by which name it is refused: the same cases and names as in crates/seal.

import { expect, it, vi } from 'vitest';

import { BLOB, openBlob, sealBlob } from './blob';
import type { Bytes } from './bytes';
import { CONTENT, ENVELOPE, peek } from './envelope';
import { SealError } from './error';
import { guestHello, HostPublic } from './hello';
import { hostKey, hostOpenHello } from './host';
import { JoinLink, parseGreeting } from './link';
import { parseSpokenCode, SpokenGuest, SpokenHost } from './spoken';
import { forge, guestEnd, hex, hostEnd, pskOfSession, readVectors, type Hostile } from './vectors';

// Hundreds of handshakes on a busy machine.
vi.setConfig({ testTimeout: 60_000 });

const hostile = readVectors<Hostile>('hostile.json');
const { session, spoken } = hostile;

/** `opens`, or the name of the refusal. */
async function outcome(act: () => Promise<unknown>): Promise<string> {
  try {
    await act();
    return 'opens';
  } catch (error) {
    if (error instanceof SealError) return error.why;
    throw error;
  }
}

it('refuses hostile hellos', async () => {
  expect(hostile.hellos.length).toBeGreaterThan(500);
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
    expect(await outcome(act), JSON.stringify(forged)).toBe(why);
  }
});

it('refuses hostile envelopes, and opens each good one once', async () => {
  expect(hostile.channels.length).toBeGreaterThan(600);
  const fresh = async () => ({ guest: (await guestEnd(session)).channel, host: (await hostEnd(session)).channel });
  let ends = await fresh();
  for (const { name, side, steps } of hostile.channels) {
    // What is refused changes nothing: only where something opens, the ends are new.
    if (steps.some(({ gives }) => gives === 'opens')) ends = await fresh();
    const channel = ends[side];
    for (const { gives, ...forged } of steps) {
      expect(await outcome(() => channel.open(forge(hostile, forged))), `${name} ${JSON.stringify(forged)}`).toBe(gives);
    }
  }
});

it('opens an envelope once even when it comes twice at the same moment', async () => {
  const { channel } = await hostEnd(session);
  const envelope = hex(session.guest_says[0]!.envelope);
  const both = await Promise.all([1, 2].map(() => outcome(() => channel.open(envelope))));
  expect(both.sort()).toEqual(['opens', 'replayed']);
});

it('never seals two things under one counter', async () => {
  const { channel } = await guestEnd(session);
  const sealed = await Promise.all(Array.from({ length: 50 }, () => channel.seal(new Uint8Array(1))));
  expect(new Set(sealed.map((envelope) => peek(envelope).counter)).size).toBe(50);
});

it('refuses hostile answers to a spoken code', async () => {
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
    expect(await outcome(act), JSON.stringify(forged)).toBe(why);
    // One guess: whatever came, the second try is not heard.
    expect(await outcome(act)).toBe('exhausted');
  }
});

it('refuses hostile links, greetings and codes', async () => {
  for (const { door, fragment } of hostile.links) {
    expect(await outcome(async () => JoinLink.parse(door, fragment)), `${door} ${fragment}`).toBe('bad-link');
  }
  const link = await JoinLink.to('door', new Uint8Array(32), hex(session.host_public));
  expect(await outcome(() => link.host(hex(hostile.wrong_host)))).toBe('wrong-host');
  for (const greeting of hostile.greetings) expect(await outcome(async () => parseGreeting(hex(greeting)))).toBe('bad-greeting');
  for (const code of hostile.codes) expect(await outcome(async () => parseSpokenCode(code)), code).toBe('bad-code');
  for (const code of ['0471 982 053', '٠٤٧١-٩٨٢-٠٥٣', '०४७१९८२०५३', '౦౪౭౧.౯౮౨.౦౫౩', '０４７１\u00a0９８２０５３']) {
    expect(parseSpokenCode(code)).toEqual({ door: '0471', pin: '982053' });
  }
});

it('refuses hostile blobs', async () => {
  for (const { why, ...forged } of hostile.blobs) {
    expect(await outcome(() => openBlob(hex(hostile.blob_key), forge(hostile, forged))), JSON.stringify(forged)).toBe(why);
  }
  expect(await outcome(() => sealBlob(new Uint8Array(BLOB - 15)))).toBe('too-large');
  expect(await outcome(() => openBlob(new Uint8Array(32), new Uint8Array(BLOB + 1)))).toBe('too-large');
});

it('says as much as fits and no more', async () => {
  const guest = await guestEnd(session);
  const host = await hostEnd(session);
  const whole = await guest.channel.seal(new Uint8Array(CONTENT));
  expect(whole.length).toBeLessThanOrEqual(ENVELOPE);
  expect((await host.channel.open(whole)).length).toBe(CONTENT);
  expect(await outcome(() => guest.channel.seal(new Uint8Array(CONTENT + 1)))).toBe('too-large');
  const hello = (epoch: number, key: string) =>
    outcome(() => guestHello(hex(session.stream), epoch, pskOfSession(session), HostPublic.kept(hex(key)), new Uint8Array()));
  expect(await hello(0, session.host_public)).toBe('malformed');
  expect(await hello(1, `${session.host_public.slice(0, -2)}00`)).toBe('bad-key');
  expect(await hello(1, session.host_public)).toBe('opens');
});
