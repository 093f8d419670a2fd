import { describe, expect, test } from 'vitest';

import type { MessageView, PersonView } from '../bindings/types';
import { layOut, leavesGap, merge, startsGroup, tickOf } from './thread';

const message = (n: number, part: Partial<MessageView> = {}): MessageView => ({ n, id: `m${n}`, from: 'guest', at: '2026-11-21T10:00:00Z', language: 'es', text: 'hola', sound: null, handed_over: null, translations: [], ...part });
const phone = (seen: number, part: Partial<PersonView> = {}): PersonView => ({ id: 'guest', name: 'A', kind: 'guest', language: 'es', here: true, seen, gone: null, ...part });

describe('the thread', () => {
  test('stands in order and has each message once, in its newest form', () => {
    const late = message(2, { translations: [{ language: 'en', text: 'hi', provenance: 'machine', pending: false, check: null }] });
    expect(merge([message(3), message(2)], [message(1), late]).map(({ n, translations }) => [n, translations.length])).toEqual([[1, 0], [2, 1], [3, 0]]);
  });

  test('notices that something is missing', () => {
    expect([leavesGap([], message(1)), leavesGap([message(1)], message(2)), leavesGap([message(1)], message(3)), leavesGap([message(4)], message(2))]).toEqual([false, false, true, false]);
  });

  test('begins a new group with another person or after a while', () => {
    expect(startsGroup(undefined, message(1))).toBe(true);
    expect(startsGroup(message(1), message(2))).toBe(false);
    expect(startsGroup(message(1), message(2, { from: 'doctor' }))).toBe(true);
    expect(startsGroup(message(1), message(2, { at: '2026-11-21T10:06:00Z' }))).toBe(true);
  });
});

describe('a message', () => {
  const translated = message(1, { translations: [{ language: 'en', text: 'hello', provenance: 'machine', pending: false, check: null }] });

  test("has the reader's language large and the original small, swapped the other way round", () => {
    expect(layOut(translated, 'en', ['es'], false)).toMatchObject({ large: { text: 'hello' }, small: [{ text: 'hola' }] });
    expect(layOut(translated, 'en', ['es'], true)).toMatchObject({ large: { text: 'hola' }, small: [{ text: 'hello' }] });
  });

  test('that is not translated shows what was said, never an empty place', () => {
    const none = message(1, { translations: [{ language: 'en', text: '', provenance: 'not_translated', pending: false, check: null }] });
    expect(layOut(none, 'en', ['es'], false)).toMatchObject({ large: { text: 'hola', language: 'es' }, small: [] });
    expect(layOut(message(1), 'en', ['es'], true)).toMatchObject({ large: { text: 'hola' }, small: [], about: [] });
  });

  test("of one's own shows below it what each of the others reads, once a language", () => {
    const own = message(1, { language: 'en', text: 'hello', translations: [{ language: 'ar', text: 'مرحبا', provenance: 'machine', pending: false, check: null }, { language: 'es', text: 'hola', provenance: 'verified_phrase', pending: false, check: null }] });
    expect(layOut(own, 'en', ['es', 'ar', 'es'], false).small.map(({ language }) => language)).toEqual(['es', 'ar']);
    expect(layOut(own, 'en', ['es'], true)).toMatchObject({ large: { text: 'hola' }, small: [{ text: 'hello' }] });
  });
});

describe('how far a message has come', () => {
  test('is never said further than is known', () => {
    expect(tickOf(message(5), [], 5, 0)).toEqual({ state: 'kept' });
    expect(tickOf(message(5), [phone(4)], 5, 1)).toEqual({ state: 'kept' });
    expect(tickOf(message(5), [phone(4)], 5, 0)).toEqual({ state: 'there' });
    expect(tickOf(message(5), [phone(5), phone(4, { id: 'b' })], 5, 0)).toEqual({ state: 'seen', by: 1, of: 2 });
  });

  test('leaves out who has gone and who sits across the desk', () => {
    expect(tickOf(message(5), [phone(5, { gone: '2026-11-21T10:00:00Z' }), phone(5, { kind: 'across_the_desk' })], 5, 0)).toEqual({ state: 'kept' });
  });
});
