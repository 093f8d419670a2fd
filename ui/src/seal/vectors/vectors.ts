// The vectors in tests/fixtures/seal as TypeScript reads them; their shape stands in crates/seal/src/live/vectors.
// For tests alone.

import type { Bytes } from '../bytes';
import type { Channel } from '../channel';
import { guestHello, HostPublic } from '../hello';
import { hostKey, hostOpenHello } from '../host';
import { PSK_IDS, type Psk } from '../hpke';

export interface Session {
  host_private: string;
  host_public: string;
  stream: string;
  epoch: number;
  psk_id: number;
  psk: string;
  ephemeral: string;
  hello: string;
  envelope: string;
  sas_secret: string;
  guest_says: Said[];
  host_says: Said[];
}

export interface Said {
  content: string;
  envelope: string;
}

export interface SpokenRun {
  code: string;
  stream: string;
  host_public: string;
  guest_random: string;
  host_random: string;
  guest_message: string;
  host_message: string;
  psk: string;
}

export interface Made {
  sessions: Session[];
  spoken: SpokenRun;
  links: { door: string; secret: string; host_public: string; fragment: string; greeting: string }[];
  short_strings: { secret: string; guest: string; host: string; commitment: string; places: number[]; emoji: string }[];
  blobs: { key: string; content: string; sealed: string; name: string }[];
}

/** An envelope, changed: cut to a length, one byte XORed, zeros added; in this order. */
export interface Forged {
  of: string;
  cut?: number;
  flip?: [number, number];
  add?: number;
}

export interface Hostile {
  session: Session;
  spoken: SpokenRun;
  envelopes: Record<string, string>;
  hellos: (Forged & { last?: number; stream?: string; host_private?: string; secret?: string; why: string })[];
  channels: { name: string; side: 'host' | 'guest'; steps: (Forged & { gives: string })[] }[];
  spoken_answers: (Forged & { side: 'host' | 'guest'; why: string })[];
  links: { door: string; fragment: string }[];
  wrong_host: string;
  greetings: string[];
  codes: string[];
  blob_key: string;
  blobs: (Forged & { why: string })[];
}

export function hex(text: string): Bytes {
  return Uint8Array.from(text.match(/../g) ?? [], (pair) => parseInt(pair, 16));
}

export function toHex(bytes: Uint8Array): string {
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');
}

export function pskOfSession(session: Session): Psk {
  return { id: PSK_IDS[session.psk_id] ?? 'link', key: hex(session.psk) };
}

/** The guest's end, made again from its ingredients, and its hello. */
export function guestEnd(session: Session): Promise<{ envelope: Bytes; channel: Channel }> {
  const host = HostPublic.kept(hex(session.host_public));
  const hello = new TextEncoder().encode(session.hello);
  return guestHello(hex(session.stream), session.epoch, pskOfSession(session), host, hello, hex(session.ephemeral));
}

/** The host's end, which opens the hello. */
export async function hostEnd(session: Session): Promise<{ hello: Bytes; channel: Channel }> {
  const host = await hostKey(hex(session.host_private), hex(session.host_public));
  const psk = pskOfSession(session);
  const secret = (id: string) => (id === psk.id ? psk.key : undefined);
  return hostOpenHello(host, hex(session.stream), hex(session.envelope), session.epoch - 1, secret);
}

export function forge(hostile: Hostile, { of, cut, flip, add }: Forged): Bytes {
  const whole = hex(hostile.envelopes[of] ?? '');
  const kept = whole.slice(0, cut ?? whole.length);
  const bytes = new Uint8Array(kept.length + (add ?? 0));
  bytes.set(kept);
  if (flip) bytes[flip[0]]! ^= flip[1];
  return bytes;
}
