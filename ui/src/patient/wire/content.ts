// What is said inside sealed envelopes, as crates/live/src/content.rs writes it. Bytes are base64url text.
import type { Language, PhraseUse, Provenance } from '../../bindings/types';
import type { Base64 } from './bytes';

export type { Language, PhraseUse, Provenance };

export interface Hello {
  name: string;
  language: Language;
  /** SHA-256 of the number behind the four pictures; empty when resuming. */
  commit: Base64;
  /** Every message up to here is shown, complete with its translation. */
  have: number;
}

export type FromGuest =
  | { t: 'reveal'; nonce: Base64 }
  | { t: 'say'; id: string; language: Language; text: string; phrase: PhraseUse | null }
  | { t: 'voice'; id: string; language: Language; sound: Sound }
  | { t: 'language'; language: Language }
  | { t: 'translate'; id: string }
  | { t: 'seen'; n: number }
  | { t: 'leave' };

export type FromHost =
  | { t: 'welcome'; nonce: Base64; clinic: string; doctor: string; admitted: boolean }
  | { t: 'admitted'; you: string; resume: Base64 }
  | { t: 'declined' }
  | { t: 'removed' }
  | { t: 'ended' }
  | { t: 'people'; people: Person[] }
  | { t: 'message'; message: Message }
  | { t: 'translation'; id: string; translation: Translation }
  | { t: 'caught_up'; n: number }
  | { t: 'not_kept'; id: string; why: NotKept };

export type NotKept = 'too_long' | 'bad_sound' | 'not_now';

export interface Person {
  id: string;
  name: string;
  doctor: boolean;
  language: Language;
  here: boolean;
}

export interface Message {
  /** Its place, from 1 without gaps. */
  n: number;
  id: string;
  /** Whose: a person's id. */
  from: string;
  /** Milliseconds since 1970 by the clinic's clock. */
  at: number;
  language: Language;
  /** Empty for a voice note that was not transcribed. */
  text: string;
  sound: Sound | null;
  /** In the reader's language, once it is there. */
  translation: Translation | null;
}

export interface Translation {
  language: Language;
  text: string;
  provenance: Provenance;
}

/** A sealed sound at the relay: WAV, 16 kHz, one channel, 16 bit. */
export interface Sound {
  /** Of the sealed bytes, hexadecimal. */
  sha256: string;
  key: Base64;
  /** How long it plays, in milliseconds. */
  ms: number;
}

/** What the host said, or nothing where the bytes are no such thing: an unknown tag is ignored, not an error. */
export function readContent(bytes: Uint8Array): FromHost | undefined {
  try {
    const content: unknown = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes));
    return typeof content === 'object' && content !== null && 't' in content ? (content as FromHost) : undefined;
  } catch {
    return undefined;
  }
}
