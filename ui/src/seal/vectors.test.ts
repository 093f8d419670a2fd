// @vitest-environment node
// What each language makes is read by the other. `MEDIBRIDGE_WRITE_VECTORS=1 npx vitest run src/seal` writes
// made-by-typescript.json anew.

import { expect, it } from 'vitest';

import { blobName, sealBlob } from './blob';
import { sha256, utf8, type Bytes } from './bytes';
import type { Channel } from './channel';
import { generateHostKey } from './host';
import { PSK_IDS } from './hpke';
import { JoinLink } from './link';
import { commitment, EMOJI, sas } from './sas';
import { parseSpokenCode, SpokenGuest, SpokenHost } from './spoken';
import { checkMade } from './vectors/check-made';
import { readVectors, writeVectors } from './vectors/file';
import { guestEnd, hex, hostEnd, toHex, type Made, type Said, type Session, type SpokenRun } from './vectors/vectors';

const WORDS = ['{"t":"leave"}', '', '{"t":"say","text":"هل تشعر بألم؟"}', 'ñ'.repeat(300)];

it.each(['made-by-rust.json', 'made-by-typescript.json'])('opens everything in %s', async (name) => {
  const { differences, compared } = await checkMade(readVectors(name));
  expect(differences).toEqual([]);
  expect(compared).toBeGreaterThan(80);
});

it('makes the same vectors as ever', async () => {
  const made = await make();
  if (process.env.MEDIBRIDGE_WRITE_VECTORS) writeVectors('made-by-typescript.json', made);
  expect(made).toEqual(readVectors('made-by-typescript.json'));
});

/** Bytes that look random and are always the same. */
async function pattern(purpose: string, length = 32): Promise<Bytes> {
  const halves = [await sha256(utf8(`1 ${purpose}`)), await sha256(utf8(`2 ${purpose}`))];
  return Uint8Array.from([...halves[0]!, ...halves[1]!]).slice(0, length);
}

async function make(): Promise<Made> {
  // The key of the other language's file: WebCrypto gives no fixed one.
  const { host_private, host_public } = readVectors<Made>('made-by-rust.json').sessions[0]!;
  const ways = [[1, 1], [2, 1], [3, 2], [3, 70_000]] as const;
  return {
    sessions: await Promise.all(ways.map(([id, epoch]) => session(host_private, host_public, id, epoch))),
    spoken: await spoken(host_public),
    links: [await link('x1rJ0B2n8f3yQp-_Zk7aVw', host_public)],
    short_strings: await Promise.all(['a', 'b', 'c'].map(shortString)),
    blobs: await Promise.all(['', 'x'.repeat(1000)].map(blob)),
  };
}

async function session(host_private: string, host_public: string, psk_id: number, epoch: number): Promise<Session> {
  const ingredients = {
    host_private,
    host_public,
    stream: toHex(await pattern('stream', 16)),
    epoch,
    psk_id,
    psk: toHex(await pattern(`psk ${PSK_IDS[psk_id]}`)),
    ephemeral: toHex(await pattern(`ephemeral ${epoch}`)),
    hello: `{"name":"राम","language":"hi","commit":"","have":${epoch}}`,
  };
  const unsaid = { ...ingredients, envelope: '', sas_secret: '', guest_says: [], host_says: [] };
  const guest = await guestEnd(unsaid);
  const envelope = toHex(guest.envelope);
  const host = await hostEnd({ ...unsaid, envelope });
  const sas_secret = toHex(guest.channel.sasSecret);
  return { ...ingredients, envelope, sas_secret, guest_says: await say(guest.channel), host_says: await say(host.channel) };
}

async function say(channel: Channel): Promise<Said[]> {
  const says: Said[] = [];
  for (const content of WORDS) says.push({ content, envelope: toHex(await channel.seal(utf8(content))) });
  return says;
}

async function spoken(host_public: string): Promise<SpokenRun> {
  const [code, stream] = ['2290.118.375', await pattern('stream', 16)];
  const [guest_random, host_random] = [await pattern('guest scalar', 64), await pattern('host scalar', 64)];
  const knocked = await SpokenGuest.knock(parseSpokenCode(code), stream, guest_random);
  const answer = await new SpokenHost(parseSpokenCode(code), hex(host_public)).answer(stream, knocked.envelope, host_random);
  const made = { stream, guest_random, host_random, guest_message: knocked.envelope, host_message: answer.envelope, psk: answer.psk.key };
  const texts = Object.entries(made).map(([name, bytes]) => [name, toHex(bytes)]);
  return { code, host_public, ...(Object.fromEntries(texts) as Record<keyof typeof made, string>) };
}

async function link(door: string, host_public: string) {
  const secret = await pattern('secret');
  const made = await JoinLink.to(door, secret, hex(host_public));
  return { door, secret: toHex(secret), host_public, fragment: made.toFragment(), greeting: `0101${host_public}` };
}

async function shortString(n: string) {
  const [secret, guest, host] = [await pattern(`secret ${n}`), await pattern(`ng ${n}`), await pattern(`nh ${n}`)] as const;
  const places = await sas(secret, guest, host);
  const emoji = places.map((place) => EMOJI[place]).join('');
  return { secret: toHex(secret), guest: toHex(guest), host: toHex(host), commitment: toHex(await commitment(guest)), places, emoji };
}

async function blob(content: string) {
  const { key, sealed } = await sealBlob(utf8(content), await pattern(`blob ${content.length}`));
  return { key: toHex(key), content: toHex(utf8(content)), sealed: toHex(sealed), name: toHex(await blobName(sealed)) };
}

it('makes keys that the other end takes', async () => {
  const host = await generateHostKey();
  expect([host.public.length, host.public[0]]).toEqual([65, 4]);
});
