// Keeps a draft while it is written: what is typed is in the record a moment later, one save at a time. What could not be
// kept stays here, outlives the screen, and is tried again; another window's text is never overwritten unasked.
import { createStore, type StoreApi } from 'zustand/vanilla';

import type { DraftSaved, DraftView, ReportContent, ReportView, SaveReportRequest } from '../../bindings/types';
import { asFailure, type Failure } from '../../host/types';
import { sameContent } from '../sections';

/** Milliseconds for which nothing is typed before it is kept. */
export const SETTLED = 700;
/** Milliseconds until a save that failed is tried again by itself. */
export const AGAIN = 8000;

export interface KeptState {
  /** As it stands on the screen. */
  readonly content: ReportContent;
  /** As the record has it, under this edit. */
  readonly kept: Pick<DraftView, 'content' | 'edit' | 'saved'>;
  readonly saving: boolean;
  readonly problem: Failure | null;
  /** What another window kept meanwhile; nothing is saved until the person has chosen. */
  readonly other: DraftView | null;
}

export interface Doors {
  save: (request: SaveReportRequest) => Promise<DraftSaved>;
  view: (reportId: string) => Promise<ReportView>;
}

export interface Keeper {
  readonly store: StoreApi<KeptState>;
  change(part: Partial<ReportContent>): void;
  /** Saves now; true when everything on the screen is in the record. */
  flush(): Promise<boolean>;
  /** What was chosen between both texts, on top of the other window's. */
  settle(content: ReportContent): Promise<boolean>;
  /** A newer view came: taken over where nothing here is unsaved. */
  renew(draft: DraftView): void;
  /** The draft is gone, signed or thrown away: nothing is saved any more. */
  stop(): void;
  stopped(): boolean;
}

export const isUnsaved = ({ content, kept }: KeptState): boolean => !sameContent(content, kept.content);

export function createKeeper(reportId: string, draft: DraftView, doors: Doors): Keeper {
  const { content, edit, saved } = draft;
  const store = createStore<KeptState>(() => ({ content, kept: { content, edit, saved }, saving: false, problem: null, other: null }));
  const { getState: now, setState: set } = store;
  let timer = 0;
  let running: Promise<boolean> | null = null;
  let stopped = false;

  const later = (ms: number) => {
    window.clearTimeout(timer);
    timer = window.setTimeout(() => void flush(), ms);
  };

  async function save(): Promise<boolean> {
    const { content: going, kept } = now();
    set({ saving: true });
    try {
      const done = await doors.save({ report_id: reportId, edit: kept.edit, content: going });
      set({ saving: false, problem: null, kept: { content: going, edit: done.edit, saved: done.saved } });
      return true;
    } catch (thrown) {
      const problem = asFailure(thrown);
      const other = problem.message_id === 'report-draft-changed' ? await doors.view(reportId).then(({ draft: theirs }) => theirs, () => null) : null;
      set({ saving: false, problem, other });
      if (other === null && !stopped) later(AGAIN);
      return false;
    }
  }

  function flush(): Promise<boolean> {
    window.clearTimeout(timer);
    if (running !== null) return running.then(flush);
    const state = now();
    if (stopped || !isUnsaved(state)) return Promise.resolve(true);
    if (state.other !== null) return Promise.resolve(false);
    running = save();
    return running.then((done) => {
      running = null;
      if (done && isUnsaved(now())) later(SETTLED);
      return done && !isUnsaved(now());
    });
  }

  return {
    store,
    flush,
    change(part) {
      set(({ content: before }) => ({ content: { ...before, ...part } }));
      if (now().other === null) later(SETTLED);
    },
    settle(chosen) {
      const { other } = now();
      if (other !== null) set({ kept: other, other: null, problem: null });
      set({ content: chosen });
      return flush();
    },
    renew(draft) {
      const state = now();
      if (draft.edit <= state.kept.edit || state.saving || isUnsaved(state)) return;
      set({ content: draft.content, kept: draft, problem: null });
    },
    stop() {
      stopped = true;
      window.clearTimeout(timer);
    },
    stopped: () => stopped,
  };
}
