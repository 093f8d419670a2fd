// The phrases that a patient may send, in one language.
import type { PhraseUse } from '../wire/content';

export interface Phrase {
  key: string;
  kind: string;
  /** A slot stands in braces: `Pain from 0 to 10: {n}`. */
  text: string;
  /** Kind of each slot: `number`, or a key of `Slice.slots`. */
  slots?: Record<string, string>;
}

export interface Slice {
  situations: { key: string; title: string; phrases: Phrase[] }[];
  /** By kind and key, the value's text. */
  slots: Record<string, Record<string, string>>;
}

/** The phrase with its slots filled; what is not filled yet shows as a line. */
export function fill({ text, slots = {} }: Phrase, filled: PhraseUse['slots'], slice: Slice): string {
  const whole = text.replace(/\{(\w+)\}/g, (_, name: string) => {
    const value = filled[name];
    if (value === undefined || value === '') return '___';
    return slots[name] === 'number' ? value : (slice.slots[slots[name] ?? '']?.[value] ?? value);
  });
  return raiseFirst(whole);
}

export const isFilled = ({ slots = {} }: Phrase, filled: PhraseUse['slots']): boolean => Object.keys(slots).every((name) => (filled[name] ?? '') !== '');

/** Professional sentences begin as they were given; a sentence on a screen begins with a capital, after `¿` and `¡` too. */
export function raiseFirst(text: string): string {
  return text.replace(/^([\s¿¡«"(]*)(\p{Ll})/u, (_, before: string, letter: string) => before + letter.toUpperCase());
}

/** Phrases with all the words somewhere in them. */
export function findPhrases(slice: Slice, query: string): Phrase[] {
  const words = fold(query).split(/\s+/).filter(Boolean);
  return slice.situations.flatMap(({ phrases }) => phrases).filter(({ text }) => words.every((word) => fold(text).includes(word)));
}

/** Case and accents aside: nobody types them on a phone. */
const fold = (text: string) => text.normalize('NFD').replace(/\p{Diacritic}/gu, '').toLowerCase();
