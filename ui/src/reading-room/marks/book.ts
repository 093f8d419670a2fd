// The marks of one scan and their way into the record. Each mark knows what the reader wants and what the record holds;
// a mark is "saved" only when the record has answered, and one that could not be saved stays on the picture, says so and
// can be tried again. Undo and redo change what is wanted; saving follows.
import { createStore, type StoreApi } from 'zustand/vanilla';

import type { MarkTool, MarkView, RemoveMarkRequest, SaveMarkRequest } from '../../bindings/types';
import { asFailure, type Failure } from '../../host/types';
import type { Point } from '../view/matrix';

export interface Shape {
  readonly frame: number;
  readonly tool: MarkTool;
  readonly points: readonly Point[];
  readonly text: string;
}

export interface Mark {
  readonly key: string;
  /** None once it is taken away. */
  readonly wanted: Shape | null;
  readonly kept: { readonly id: string; readonly shape: Shape } | null;
  readonly by: string | null;
  readonly at: string | null;
  readonly state: 'saved' | 'saving' | 'failed';
  readonly problem: Failure | null;
}

interface Step {
  readonly key: string;
  readonly before: Shape | null;
  readonly after: Shape | null;
}

export interface BookState {
  readonly marks: readonly Mark[];
  readonly selected: string | null;
  readonly undo: readonly Step[];
  readonly redo: readonly Step[];
}

export interface Record {
  save(request: SaveMarkRequest): Promise<MarkView>;
  remove(request: RemoveMarkRequest): Promise<null>;
}

export interface MarkBook {
  readonly store: StoreApi<BookState>;
  /** Adds a finished mark and saves it. */
  add(shape: Shape): void;
  change(key: string, shape: Shape): void;
  remove(key: string): void;
  select(key: string | null): void;
  undo(): void;
  redo(): void;
  retry(key: string): void;
  /** Takes over what the record holds now, unless something is still on its way there. */
  merge(views: readonly MarkView[]): void;
}

export function markBook(scanId: string, views: readonly MarkView[], record: Record): MarkBook {
  const store = createStore<BookState>(() => ({ marks: views.map(fromView), selected: null, undo: [], redo: [] }));
  const find = (key: string) => store.getState().marks.find((mark) => mark.key === key);
  const put = (key: string, part: Partial<Mark>) => {
    const { marks } = store.getState();
    const blank: Mark = { key, wanted: null, kept: null, by: null, at: null, state: 'saving', problem: null };
    const next = find(key) ? marks.map((mark) => (mark.key === key ? { ...mark, ...part } : mark)) : [...marks, { ...blank, ...part }];
    store.setState({ marks: next });
  };
  const drop = (key: string) => store.setState(({ marks, selected }) => ({ marks: marks.filter((mark) => mark.key !== key), selected: selected === key ? null : selected }));
  const busy = new Set<string>();
  // A list of what the record holds can be older than what was done here since. So an id that was ever known is never taken
  // for new, and a mark counts as gone only if an earlier list held it.
  const known = new Set(views.map(({ id }) => id));
  let listed = new Set(known);

  async function settle(key: string): Promise<void> {
    if (busy.has(key)) return;
    busy.add(key);
    try {
      for (;;) {
        const mark = find(key);
        if (!mark) return;
        const { wanted, kept } = mark;
        if (wanted === null && kept === null) return drop(key);
        if (wanted !== null && kept !== null && same(wanted, kept.shape)) return put(key, { state: 'saved', problem: null });
        put(key, { state: 'saving', problem: null });
        if (wanted === null) {
          if (kept) await record.remove({ id: kept.id });
          put(key, { kept: null });
        } else {
          const view = await record.save({ scan_id: scanId, replaces: kept?.id ?? null, frame: wanted.frame, tool: wanted.tool, points: wanted.points.map(({ x, y }) => [x, y]), text: wanted.text });
          known.add(view.id);
          put(key, { kept: { id: view.id, shape: wanted }, by: view.by, at: view.at });
        }
      }
    } catch (thrown) {
      put(key, { state: 'failed', problem: asFailure(thrown) });
    } finally {
      busy.delete(key);
    }
  }

  function want(key: string, wanted: Shape | null): void {
    put(key, { wanted, state: 'saving' });
    store.setState({ selected: wanted ? key : null });
    void settle(key);
  }

  function act(key: string, after: Shape | null): void {
    const before = find(key)?.wanted ?? null;
    if (before && after && same(before, after)) return;
    store.setState(({ undo }) => ({ undo: [...undo, { key, before, after }], redo: [] }));
    want(key, after);
  }

  return {
    store,
    add: (shape) => act(crypto.randomUUID(), shape),
    change: act,
    remove: (key) => act(key, null),
    select: (selected) => store.setState({ selected }),
    undo() {
      const step = store.getState().undo.at(-1);
      if (!step) return;
      store.setState(({ undo, redo }) => ({ undo: undo.slice(0, -1), redo: [...redo, step] }));
      want(step.key, step.before);
    },
    redo() {
      const step = store.getState().redo.at(-1);
      if (!step) return;
      store.setState(({ undo, redo }) => ({ redo: redo.slice(0, -1), undo: [...undo, step] }));
      want(step.key, step.after);
    },
    retry: (key) => void settle(key),
    merge(now) {
      if (busy.size > 0) return;
      const ids = new Set(now.map(({ id }) => id));
      const added = now.filter(({ id }) => !known.has(id)).map(fromView);
      const before = listed;
      const gone = (mark: Mark) => mark.state === 'saved' && mark.kept !== null && before.has(mark.kept.id) && !ids.has(mark.kept.id);
      added.forEach(({ key }) => known.add(key));
      listed = ids;
      store.setState(({ marks }) => ({ marks: [...marks.filter((mark) => !gone(mark)), ...added] }));
    },
  };
}

/** Whether anything is on the picture that the record does not hold. */
export function unsaved(state: BookState): boolean {
  return state.marks.some((mark) => mark.state !== 'saved');
}

function fromView(view: MarkView): Mark {
  const shape: Shape = { frame: view.frame, tool: view.tool, points: view.points.map(([x, y]) => ({ x, y })), text: view.text };
  return { key: view.id, wanted: shape, kept: { id: view.id, shape }, by: view.by, at: view.at, state: 'saved', problem: null };
}

function same(a: Shape, b: Shape): boolean {
  return a === b || (a.frame === b.frame && a.tool === b.tool && a.text === b.text && a.points.length === b.points.length && a.points.every((p, i) => p.x === b.points[i]!.x && p.y === b.points[i]!.y));
}
