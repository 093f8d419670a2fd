import { beforeEach, describe, expect, test, vi } from 'vitest';

import type { NoteDesk, NoteSentence, SaveNoteRequest } from '../bindings/types';
import { createKeeper, isUnsaved, requestLines, SETTLED, type Line } from './lines';

const sentence = (id: number, text: string): NoteSentence => ({ id, section: 'symptoms', language: 'en', text, hand: 'engine', sources: [], struck: null });
const line = (key: string, id: number | null, text: string): Line => ({ key, id, section: 'symptoms', text, taken: false });

function desk(version: number, ...texts: string[]): NoteDesk {
  const newest = { version, kind: 'edited' as const, by: 'Dr', at: '2026-11-21T08:00:00Z', reason: '', seal: null, content: { language: 'en' as const, drafter: null, sentences: texts.map((text, at) => sentence(at + 1, text)) } };
  return { consultation_id: 'c', patient: {} as never, started: '2026-11-21T08:00:00Z', ended: null, mine: true, words: 90, needed: 40, unwritten: 0, engine: null, drafting: null, note: { id: 'n', author: 'Dr', newest, signed: null } };
}

/** A record that gives numbers and versions as the real one does. */
function record() {
  let version = 1;
  return vi.fn(async ({ over, lines }: SaveNoteRequest) => {
    if (over !== version) throw { code: 'conflict', message_id: 'note-changed', args: {} };
    version += 1;
    let next = 10;
    const kept = desk(version);
    kept.note!.newest.content.sentences = lines.filter(({ text }) => text !== '').map(({ id, text }) => sentence(id ?? next++, text));
    return kept;
  });
}

beforeEach(() => void vi.useFakeTimers());

describe('the lines of a note', () => {
  test('are kept a moment after the last key, and new ones get their numbers', async () => {
    const save = record();
    const keeper = createKeeper(desk(1, 'Headache.'), save);
    keeper.change((all) => [...all, line('n1', null, 'Fev')]);
    keeper.change((all) => all.map((one) => (one.key === 'n1' ? { ...one, text: 'Fever.' } : one)));
    expect(save).not.toHaveBeenCalled();
    await vi.advanceTimersByTimeAsync(SETTLED);
    expect(save).toHaveBeenCalledTimes(1);
    const { lines, over } = keeper.store.getState();
    expect(over).toBe(2);
    expect(lines.map(({ id }) => id)).toEqual([1, 10]);
    expect(isUnsaved(keeper.store.getState())).toBe(false);
    await keeper.flush();
    expect(save).toHaveBeenCalledTimes(1);
  });

  test('that are empty and new are no lines', () => {
    expect(requestLines([line('a', null, '  '), line('b', 3, '')]).map(({ id }) => id)).toEqual([3]);
  });

  test('typed while a save is on its way are saved after it', async () => {
    const save = record();
    const keeper = createKeeper(desk(1, 'Headache.'), save);
    keeper.change((all) => [...all, line('n1', null, 'Fever.')]);
    const going = keeper.flush();
    keeper.change((all) => all.map((one) => (one.key === 'n1' ? { ...one, text: 'Fever and cough.' } : one)));
    expect(await going).toBe(false);
    await vi.advanceTimersByTimeAsync(SETTLED);
    expect(save.mock.lastCall?.[0].lines.map(({ id, text }) => [id, text])).toEqual([[1, 'Headache.'], [10, 'Fever and cough.']]);
    expect(isUnsaved(keeper.store.getState())).toBe(false);
  });

  test('of another window are never covered unasked', async () => {
    const save = record();
    const keeper = createKeeper(desk(1, 'Headache.'), save);
    await save({ consultation_id: 'c', over: 1, lines: [] });
    keeper.change((all) => all.map((one) => ({ ...one, text: 'Mine.' })));
    expect(await keeper.flush()).toBe(false);
    expect(keeper.store.getState().problem?.message_id).toBe('note-changed');
    await vi.advanceTimersByTimeAsync(10 * SETTLED);
    expect(save).toHaveBeenCalledTimes(2);
    keeper.renew(desk(2, 'Theirs.'));
    expect(keeper.store.getState().lines[0]?.text).toBe('Mine.');
    expect(await keeper.coverWith(desk(2, 'Theirs.'))).toBe(true);
    expect(keeper.store.getState().over).toBe(3);
    keeper.takeOver(desk(4, 'Theirs again.'));
    expect(keeper.store.getState().lines[0]?.text).toBe('Theirs again.');
  });
});
