import { afterEach, beforeEach, expect, test, vi } from 'vitest';

import type { DraftView, ReportContent, ReportView } from '../../bindings/types';
import { Failure } from '../../host/types';
import { AGAIN, createKeeper, isUnsaved, SETTLED, type Doors } from './keeper';

const content = (findings: string): ReportContent => ({
  title: 'Chest', language: 'en', include_ai: true, include_scan: true, map: null,
  text: { indication: '', technique: '', comparison: '', findings, impression: '', recommendation: '' },
});
const draft = (findings: string, edit: number): DraftView => ({ purpose: 'text', content: content(findings), edit, saved: '2026-11-21T10:00:00Z', of: null, reason: '' });
const text = (findings: string) => ({ text: content(findings).text });

/** A record of one draft that counts edits and refuses old ones, as the real one does. */
function record() {
  let kept = draft('', 1);
  let failing: Failure | null = null;
  const saves: string[] = [];
  const doors: Doors = {
    save: async ({ edit, content: to }) => {
      await Promise.resolve();
      if (failing !== null) throw failing;
      if (edit !== kept.edit) throw new Failure({ code: 'conflict', message_id: 'report-draft-changed', args: {} });
      saves.push(to.text.findings);
      kept = { ...kept, content: to, edit: edit + 1 };
      return { edit: kept.edit, saved: kept.saved };
    },
    view: async () => ({ draft: kept }) as ReportView,
  };
  return { doors, saves, fail: (failure: Failure | null) => (failing = failure), elsewhere: (findings: string) => (kept = draft(findings, kept.edit + 1)), kept: () => kept };
}

beforeEach(() => vi.useFakeTimers());
afterEach(() => vi.useRealTimers());

test('one save for what was typed without a pause, and then it is kept', async () => {
  const house = record();
  const keeper = createKeeper('r', draft('', 1), house.doors);
  for (const words of ['a', 'ab', 'abc']) keeper.change(text(words));
  expect(isUnsaved(keeper.store.getState())).toBe(true);
  await vi.advanceTimersByTimeAsync(SETTLED);
  expect(house.saves).toEqual(['abc']);
  expect(isUnsaved(keeper.store.getState())).toBe(false);
});

test('what is typed during a save goes with the next, under the new edit', async () => {
  const house = record();
  const keeper = createKeeper('r', draft('', 1), house.doors);
  keeper.change(text('one'));
  const first = keeper.flush();
  keeper.change(text('one two'));
  expect(await first).toBe(false);
  expect(await keeper.flush()).toBe(true);
  expect(house.saves).toEqual(['one', 'one two']);
});

test('a failure loses nothing and is tried again by itself', async () => {
  const house = record();
  const keeper = createKeeper('r', draft('', 1), house.doors);
  house.fail(new Failure({ code: 'disk_full', message_id: 'disk-full', args: {} }));
  keeper.change(text('words'));
  expect(await keeper.flush()).toBe(false);
  expect(keeper.store.getState()).toMatchObject({ content: content('words'), problem: { code: 'disk_full' } });
  house.fail(null);
  await vi.advanceTimersByTimeAsync(AGAIN);
  expect(house.saves).toEqual(['words']);
  expect(keeper.store.getState().problem).toBe(null);
});

test('another window’s text is never overwritten unasked; what is chosen is saved over it', async () => {
  const house = record();
  const keeper = createKeeper('r', draft('', 1), house.doors);
  house.elsewhere('theirs');
  keeper.change(text('mine'));
  expect(await keeper.flush()).toBe(false);
  expect(keeper.store.getState().other?.content.text.findings).toBe('theirs');
  keeper.change(text('mine, longer'));
  await vi.advanceTimersByTimeAsync(60_000);
  expect(house.kept().content.text.findings).toBe('theirs');
  expect(await keeper.settle(content('both'))).toBe(true);
  expect(house.kept().content.text.findings).toBe('both');
});

test('a newer view is taken where nothing is unsaved, and never over what is being written', () => {
  const house = record();
  const keeper = createKeeper('r', draft('', 1), house.doors);
  keeper.renew(draft('newer', 2));
  expect(keeper.store.getState().content.text.findings).toBe('newer');
  keeper.change(text('writing'));
  keeper.renew(draft('newest', 3));
  expect(keeper.store.getState().content.text.findings).toBe('writing');
});

test('after the signature nothing is saved any more', async () => {
  const house = record();
  const keeper = createKeeper('r', draft('', 1), house.doors);
  keeper.change(text('late'));
  keeper.stop();
  await vi.advanceTimersByTimeAsync(60_000);
  expect(house.saves).toEqual([]);
});
