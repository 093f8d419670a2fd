// The doctor's lines: what stands on the screen, kept a moment after the last key. What could not be kept stays here, outlives
// the screen, and is tried again; another window's version is never covered unasked.
import { createStore, type StoreApi } from 'zustand/vanilla';

import type { NoteContent, NoteDesk, NoteLine, NoteSection, SaveNoteRequest } from '../bindings/types';
import { asFailure, type Failure } from '../host/types';

/** Milliseconds for which nothing is typed before it is kept. */
export const SETTLED = 1200;

export interface Line {
  /** Of the row on the screen. */
  readonly key: string;
  /** Of the sentence in the record; none for one that is not kept yet. */
  readonly id: number | null;
  readonly section: NoteSection;
  readonly text: string;
  readonly taken: boolean;
}

export interface LinesState {
  readonly lines: readonly Line[];
  /** As the record has it, under this version. */
  readonly kept: readonly Line[];
  readonly over: number | null;
  readonly saving: boolean;
  readonly problem: Failure | null;
}

export interface Keeper {
  readonly store: StoreApi<LinesState>;
  change(next: (lines: readonly Line[]) => readonly Line[]): void;
  /** Saves now; true when everything on the screen is in the record. */
  flush(): Promise<boolean>;
  /** The record has this now: taken over where nothing here is unsaved. */
  renew(desk: NoteDesk): void;
  /** Writes what stands here over the newest version, whoever wrote it; that one stays in the history. */
  coverWith(desk: NoteDesk): Promise<boolean>;
  /** Drops what is unsaved here. */
  takeOver(desk: NoteDesk): void;
}

export const SECTIONS: readonly NoteSection[] = ['symptoms', 'diagnosis', 'plan'];

export function linesOf(content: NoteContent | undefined): readonly Line[] {
  return (content?.sentences ?? []).map(({ id, section, text, struck, hand }) => ({ key: `s${id}`, id, section, text, taken: struck !== null && hand === 'doctor' }));
}

/** What is saved: new lines without words are none. */
export function requestLines(lines: readonly Line[]): NoteLine[] {
  return SECTIONS.flatMap((section) => lines.filter((line) => line.section === section))
    .filter(({ id, text }) => id !== null || text.trim() !== '')
    .map(({ id, section, text, taken }) => ({ id, section, text, taken_over: taken }));
}

export const isUnsaved = ({ lines, kept }: LinesState): boolean => JSON.stringify(requestLines(lines)) !== JSON.stringify(requestLines(kept));

/** Lines that are new here get the numbers that the record gave them. */
export function numbered(lines: readonly Line[], sent: readonly Line[], now: readonly Line[]): readonly Line[] {
  const known = new Set(sent.map(({ id }) => id));
  const given = new Map<string, number>();
  for (const line of sent.filter(({ id }) => id === null)) {
    const found = now.find(({ id, section, text }) => id !== null && !known.has(id) && section === line.section && text.trim() === line.text.trim());
    if (found?.id == null) continue;
    known.add(found.id);
    given.set(line.key, found.id);
  }
  return lines.map((line) => ({ ...line, id: line.id ?? given.get(line.key) ?? null }));
}

export function createKeeper(desk: NoteDesk, save: (request: SaveNoteRequest) => Promise<NoteDesk>): Keeper {
  const fresh = ({ note }: NoteDesk): LinesState => {
    const lines = linesOf(note?.newest.content);
    return { lines, kept: lines, over: note?.newest.version ?? null, saving: false, problem: null };
  };
  const store = createStore<LinesState>(() => fresh(desk));
  const { getState: now, setState: set } = store;
  let timer = 0;
  let running: Promise<boolean> | null = null;

  const later = () => {
    window.clearTimeout(timer);
    timer = window.setTimeout(() => void flush(), SETTLED);
  };

  async function keep(): Promise<boolean> {
    const { lines: sent, over } = now();
    set({ saving: true });
    try {
      const { note } = await save({ consultation_id: desk.consultation_id, over, lines: requestLines(sent) });
      const kept = linesOf(note?.newest.content);
      const same = now().lines === sent;
      set(({ lines }) => ({ lines: numbered(lines, sent, kept), kept: numbered(sent, sent, kept), over: note?.newest.version ?? null, saving: false, problem: null }));
      if (!same) later();
      return same;
    } catch (thrown) {
      set({ saving: false, problem: asFailure(thrown) });
      return false;
    }
  }

  function flush(): Promise<boolean> {
    window.clearTimeout(timer);
    if (running !== null) return running.then(flush);
    if (!isUnsaved(now())) return Promise.resolve(true);
    running = keep();
    return running.finally(() => {
      running = null;
    });
  }

  return {
    store,
    flush,
    change(next) {
      set(({ lines }) => ({ lines: next(lines) }));
      if (now().problem?.message_id !== 'note-changed') later();
    },
    renew(newer) {
      const state = now();
      const version = newer.note?.newest.version ?? null;
      if (state.saving || running !== null || isUnsaved(state) || version === state.over) return;
      set(fresh(newer));
    },
    coverWith(newer) {
      set({ over: newer.note?.newest.version ?? null, problem: null });
      return flush();
    },
    takeOver: (newer) => set(fresh(newer)),
  };
}
