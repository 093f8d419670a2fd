// Frames of the socket /v1/live, as crates/protocol/src/frame.rs writes them. Bytes are base64url text.
import type { Base64 } from './bytes';

export const VERSION = 1;

export type FromClient =
  | { t: 'hello'; v: number; token: Base64 }
  | { t: 'renew'; token: Base64 }
  | { t: 'subscribe'; stream: string; after: number }
  | { t: 'append'; stream: string; key: string; envelope: Base64 };

export type Refusal = 'token' | 'version' | 'not_found' | 'closed' | 'taken' | 'too_large' | 'too_many' | 'key_reused' | 'storage';

export type FromRelay =
  | { t: 'welcome'; v: number; role: 'host' | 'guest'; lasts_s: number; stream: string | null }
  | { t: 'renewed'; lasts_s: number }
  | { t: 'subscribed'; stream: string; head: number }
  | { t: 'stored'; stream: string; key: string; seq: number }
  | Entry
  | { t: 'presence'; stream: string; host: boolean; guest: boolean }
  | { t: 'admitted'; stream: string }
  | { t: 'closed'; stream: string; why: 'by_host' | 'expired' }
  | Refused
  | { t: 'draining' };

export interface Entry {
  t: 'entry';
  stream: string;
  seq: number;
  key: string;
  from: 'host' | 'guest' | 'relay';
  /** Milliseconds since 1970 by the relay's clock. */
  at: number;
  envelope: Base64;
}

export interface Refused {
  t: 'refused';
  why: Refusal;
  stream: string | null;
  key: string | null;
  door: string | null;
  retry_ms: number | null;
}

/** A frame, or nothing where the text is none: a guest ignores what it does not know. */
export function readFrame(text: unknown): FromRelay | undefined {
  if (typeof text !== 'string') return undefined;
  try {
    const frame: unknown = JSON.parse(text);
    return typeof frame === 'object' && frame !== null && 't' in frame && typeof frame.t === 'string' ? (frame as FromRelay) : undefined;
  } catch {
    return undefined;
  }
}
