// The one thread of a consultation: what was fetched, what came by event, and what this screen has said but the record has not kept yet.
import type { Language, MessageView, PersonView, PhraseUse, TranslationView } from '../bindings/types';

/** Said here and not yet kept: shown at once, sent again under the same id. */
export interface Unkept {
  id: string;
  from: string;
  language: Language;
  text: string;
  phrase: PhraseUse | null;
  failed: boolean;
}

/** Adds messages by their number; a newer form of one takes the place of the older. */
export function merge(known: readonly MessageView[], more: readonly MessageView[]): MessageView[] {
  const all = new Map(known.map((message) => [message.n, message]));
  for (const message of more) all.set(message.n, message);
  return [...all.values()].sort((a, b) => a.n - b.n);
}

/** Whether numbers are missing before this one: then the newest are asked for again. */
export function leavesGap(known: readonly MessageView[], next: MessageView): boolean {
  const newest = known.at(-1)?.n ?? 0;
  return next.n > newest + 1;
}

/** The newest translation into a language. */
export function translationInto({ translations }: MessageView, language: Language): TranslationView | undefined {
  return translations.find((one) => one.language === language);
}

/** Whether nobody but the doctor is to read it yet. */
export const isHeld = ({ check, pending }: TranslationView): boolean => check !== null && !check.confirmed && !pending;

/** A message as the others read it: without the words of a translation that the doctor has not confirmed. */
export function withoutHeld(message: MessageView): MessageView {
  return { ...message, translations: message.translations.map((one) => (isHeld(one) ? { ...one, text: '' } : one)) };
}

export interface Said {
  language: Language;
  text: string;
}

export interface Shown {
  /** In the reader's language where it is there. */
  large: Said | null;
  /** The other side of it: the original, or what the others read. */
  small: readonly (Said & { translation: TranslationView | null })[];
  /** What the chip is about: of a message from elsewhere its translation for the reader; of one's own each translation. */
  about: readonly TranslationView[];
}

/** How a message is laid out for a reader; swapped, the original stands large. */
export function layOut(message: MessageView, reader: Language, others: readonly Language[], swapped: boolean): Shown {
  const original: Said = { language: message.language, text: message.text };
  if (message.text === '') return { large: null, small: [], about: [] };
  if (message.language === reader) {
    const about = [...new Set(others)].filter((language) => language !== reader).flatMap((language) => translationInto(message, language) ?? []);
    const texts = about.filter(({ text }) => text !== '').map((translation) => ({ language: translation.language, text: translation.text, translation }));
    const [first, ...rest] = texts;
    if (swapped && first !== undefined) return { large: first, small: [{ ...original, translation: null }, ...rest], about };
    return { large: original, small: texts, about };
  }
  const translation = translationInto(message, reader);
  const about = translation === undefined ? [] : [translation];
  if (translation === undefined || translation.text === '') return { large: original, small: [], about };
  const read: Said = { language: reader, text: translation.text };
  return swapped
    ? { large: original, small: [{ ...read, translation }], about }
    : { large: read, small: [{ ...original, translation: null }], about };
}

export type Tick = { state: 'kept' } | { state: 'there' } | { state: 'seen'; by: number; of: number };

/** How far a message of one's own has come: kept in the record, on every phone, seen. `unsent` counts the newest that some phone has not got. */
export function tickOf(message: MessageView, people: readonly PersonView[], newest: number, unsent: number): Tick {
  const phones = people.filter(({ kind, gone }) => kind === 'guest' && gone === null);
  if (phones.length === 0) return { state: 'kept' };
  const seen = phones.filter((person) => person.seen >= message.n).length;
  if (seen > 0) return { state: 'seen', by: seen, of: phones.length };
  return message.n > newest - unsent ? { state: 'kept' } : { state: 'there' };
}

/** Whether a message begins a new day or comes from another person than the one before. */
export function startsGroup(before: MessageView | undefined, message: MessageView): boolean {
  return before === undefined || before.from !== message.from || Date.parse(message.at) - Date.parse(before.at) > 5 * 60_000;
}
