// @vitest-environment node
// Whatever is done to an envelope, it opens to what was said, once, or not at all.

import { expect, it, vi } from 'vitest';

import { BLOB, openBlob, sealBlob } from './blob';
import { CONTENT, ENVELOPE, peek } from './envelope';
import { guestHello, HostPublic } from './hello';
import { parseSpokenCode } from './spoken';
import { checkHostile, outcome } from './vectors/check-hostile';
import { readVectors } from './vectors/file';
import { guestEnd, hex, hostEnd, pskOfSession, type Hostile } from './vectors/vectors';

// Hundreds of handshakes on a busy machine.
vi.setConfig({ testTimeout: 60_000 });

const hostile = readVectors<Hostile>('hostile.json');
const { session } = hostile;

it('refuses everything hostile by the same name as the workstation', async () => {
  const { differences, compared } = await checkHostile(hostile);
  expect(differences).toEqual([]);
  expect(compared).toBeGreaterThan(2_400);
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

it('reads the digits of our scripts', () => {
  for (const code of ['0471 982 053', '٠٤٧١-٩٨٢-٠٥٣', '०४७१९८२०५३', '౦౪౭౧.౯౮౨.౦౫౩', '０４７１\u00a0９８２０５３']) {
    expect(parseSpokenCode(code)).toEqual({ door: '0471', pin: '982053' });
  }
});

it('refuses blobs that are too large', async () => {
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
});

it('says hello only in an epoch, to a key', async () => {
  const hello = (epoch: number, key: string) =>
    outcome(() => guestHello(hex(session.stream), epoch, pskOfSession(session), HostPublic.kept(hex(key)), new Uint8Array()));
  expect(await hello(0, session.host_public)).toBe('malformed');
  expect(await hello(1, `${session.host_public.slice(0, -2)}00`)).toBe('bad-key');
  expect(await hello(1, session.host_public)).toBe('opens');
});
