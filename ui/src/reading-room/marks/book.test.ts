import { describe, expect, it } from 'vitest';

import type { MarkView, SaveMarkRequest } from '../../bindings/types';
import { Failure } from '../../host/types';
import { markBook, unsaved, type Shape } from './book';

const shape = (x: number): Shape => ({ frame: 0, tool: 'length', points: [{ x, y: 0 }, { x: x + 10, y: 0 }], text: '' });

/** A record in memory that can be slow or refuse. */
function setup() {
  const rows = new Map<string, MarkView>();
  const saves: SaveMarkRequest[] = [];
  let refuse = false;
  let gate: Promise<void> = Promise.resolve();
  const answer = async <T>(act: () => T): Promise<T> => {
    await gate;
    if (refuse) throw new Failure({ code: 'disk_full', message_id: 'disk-full', args: {} });
    return act();
  };
  const record = {
    save: (request: SaveMarkRequest) => answer(() => {
      saves.push(request);
      if (request.replaces) rows.delete(request.replaces);
      const view: MarkView = { id: `m${saves.length}`, frame: request.frame, tool: request.tool, points: request.points, text: request.text, by: 'Dr A', at: '2026-11-21T03:00:00Z' };
      rows.set(view.id, view);
      return view;
    }),
    remove: ({ id }: { id: string }) => answer(() => {
      rows.delete(id);
      return null;
    }),
  };
  const book = markBook('scan', [], record);
  return {
    book, rows, saves,
    marks: () => book.store.getState().marks,
    refuseAll: (yes: boolean) => { refuse = yes; },
    hold: () => {
      let open: () => void = () => undefined;
      gate = new Promise((resolve) => { open = resolve; });
      return () => open();
    },
    settled: () => new Promise((resolve) => setTimeout(resolve, 5)),
  };
}

describe('marks on their way into the record', () => {
  it('says "saved" only after the record has answered', async () => {
    const { book, marks, hold, settled } = setup();
    const open = hold();
    book.add(shape(1));
    await settled();
    expect(marks()[0]!.state).toBe('saving');
    expect(unsaved(book.store.getState())).toBe(true);
    open();
    await settled();
    expect(marks()[0]).toMatchObject({ state: 'saved', by: 'Dr A', kept: { id: 'm1' } });
  });
  it('keeps a mark that could not be saved, and saves it when tried again', async () => {
    const { book, marks, rows, refuseAll, settled } = setup();
    refuseAll(true);
    book.add(shape(1));
    await settled();
    expect(marks()[0]).toMatchObject({ state: 'failed', kept: null, problem: { message_id: 'disk-full' }, wanted: shape(1) });
    refuseAll(false);
    book.retry(marks()[0]!.key);
    await settled();
    expect(marks()[0]!.state).toBe('saved');
    expect(rows.size).toBe(1);
  });
  it('saves the last of several quick changes, in place of the first', async () => {
    const { book, marks, rows, saves, hold, settled } = setup();
    const open = hold();
    book.add(shape(1));
    const { key } = marks()[0]!;
    for (const x of [2, 3, 4]) book.change(key, shape(x));
    open();
    await settled();
    expect(saves.map((save) => [save.points[0]![0], save.replaces])).toEqual([[1, null], [4, 'm1']]);
    expect([...rows.keys()]).toEqual(['m2']);
    expect(marks()[0]).toMatchObject({ state: 'saved', wanted: shape(4) });
  });
  it('undoes and redoes adding, changing and taking away, in the record too', async () => {
    const { book, marks, rows, settled } = setup();
    book.add(shape(1));
    await settled();
    const { key } = marks()[0]!;
    book.change(key, shape(5));
    await settled();
    book.remove(key);
    await settled();
    expect(rows.size).toBe(0);
    const inRecord = () => [...rows.values()].map((row) => row.points[0]![0]);
    const steps: [() => void, number[]][] = [[book.undo, [5]], [book.undo, [1]], [book.undo, []], [book.undo, []], [book.redo, [1]], [book.redo, [5]], [book.redo, []]];
    for (const [step, expected] of steps) {
      step();
      await settled();
      expect(inRecord()).toEqual(expected);
      expect(marks().map((mark) => mark.wanted!.points[0]!.x)).toEqual(expected);
    }
  });
  it('a mark that could not be taken away is still there', async () => {
    const { book, marks, refuseAll, settled } = setup();
    book.add(shape(1));
    await settled();
    refuseAll(true);
    book.remove(marks()[0]!.key);
    await settled();
    expect(marks()[0]).toMatchObject({ state: 'failed', wanted: null, kept: { id: 'm1' } });
  });
  it('takes over what the record holds, but drops nothing that is not yet in it', async () => {
    const { book, marks, rows, refuseAll, settled } = setup();
    book.add(shape(1));
    await settled();
    refuseAll(true);
    book.add(shape(2));
    await settled();
    const other: MarkView = { id: 'other', frame: 0, tool: 'note', points: [[3, 3]], text: 'seen', by: 'Dr B', at: '' };
    book.merge([...rows.values(), other]);
    expect(marks().map((mark) => [mark.kept?.id, mark.state])).toEqual([['m1', 'saved'], [undefined, 'failed'], ['other', 'saved']]);
    book.merge([other]);
    expect(marks().map((mark) => mark.kept?.id)).toEqual([undefined, 'other']);
  });
  it('is not misled by a list that is older than what was done since', async () => {
    const { book, marks, rows, settled } = setup();
    book.add(shape(1));
    await settled();
    const withFirst = [...rows.values()];
    book.merge([]);
    expect(marks().map((mark) => mark.kept?.id)).toEqual(['m1']);
    book.remove(marks()[0]!.key);
    await settled();
    book.merge(withFirst);
    expect(marks()).toEqual([]);
  });
});
