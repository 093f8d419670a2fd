// A phrase with its slots: cut into words and places, and put together again in either language.
import type { PhraseView } from '../../bindings/types';

export type Piece = { kind: 'text'; text: string } | { kind: 'slot'; name: string };

export function piecesOf(text: string): Piece[] {
  return text.split(/(\{\w+\})/).filter((piece) => piece !== '').map((piece) => (/^\{\w+\}$/.test(piece) ? { kind: 'slot', name: piece.slice(1, -1) } : { kind: 'text', text: piece }));
}

/** Digits, with one point or comma at most: what a number's slot takes. */
export const isNumber = (text: string) => /^\d{1,6}([.,]\d{1,3})?$/.test(text.trim());

/** Whether every slot has something that it takes. */
export function isFilled({ slots }: Pick<PhraseView, 'slots'>, values: Readonly<Record<string, string>>): boolean {
  return slots.every(({ name, values: choices }) => {
    const value = values[name] ?? '';
    return choices.length === 0 ? isNumber(value) : choices.some(({ key }) => key === value);
  });
}

/** The sentence as it will be read; an empty slot stays a gap. */
export function fill(phrase: Pick<PhraseView, 'slots' | 'text' | 'translation'>, values: Readonly<Record<string, string>>, which: 'text' | 'translation'): string {
  return phrase[which].replace(/\{(\w+)\}/g, (_, name: string) => {
    const value = values[name]?.trim() ?? '';
    if (value === '') return '…';
    return phrase.slots.find((slot) => slot.name === name)?.values.find(({ key }) => key === value)?.[which] ?? value;
  });
}
