import { create } from 'zustand';

import type { SearchKind } from '../bindings/types';
import { sessionStore } from '../shared/session-store';

export interface SearchView {
  words: string;
  /** Words, or what means much the same. */
  by: 'words' | 'meaning';
  kind: SearchKind | 'all';
  patient: { id: string; name: string } | null;
  /** Days, `YYYY-MM-DD`; empty for none. */
  from: string;
  to: string;
  cursor: number;
}

const FRESH: SearchView = { words: '', by: 'words', kind: 'all', patient: null, from: '', to: '', cursor: 0 };

/** What is asked for and where the cursor stands: coming back from what was found, it is as it was left. */
export const searchView = create<SearchView>(() => FRESH);

/** Asks something else: the cursor goes to the top. */
export function ask(change: Partial<SearchView>): void {
  searchView.setState({ cursor: 0, ...change });
}

/** Begins anew. */
export function askFresh(change: Partial<SearchView>): void {
  searchView.setState({ ...FRESH, ...change });
}

// What one person looked for is nothing to the next at this window.
sessionStore.subscribe((now, before) => {
  if (now.session?.user_id !== before.session?.user_id) askFresh({});
});
