// What is said inside sealed envelopes: the types of crates/live/src/content.rs. Bytes are base64url text.
import type { FromHost } from '../../bindings/types';

export type { Enclosure, FromGuest, FromHost, Hello, Language, Message, NotKept, Person, PhraseUse, Provenance, Sound, Transcript, Translation, Writing } from '../../bindings/types';

/** What the host said, or nothing where the bytes are no such thing: an unknown tag is ignored, not an error. */
export function readContent(bytes: Uint8Array): FromHost | undefined {
  try {
    const content: unknown = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes));
    return typeof content === 'object' && content !== null && 't' in content ? (content as FromHost) : undefined;
  } catch {
    return undefined;
  }
}
