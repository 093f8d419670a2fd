// With which filter the journal opens next: set by whoever leads there, taken once.
import { create } from 'zustand';

export interface JournalFilter {
  unsuccessful?: boolean;
  /** Moments, as the record writes them. */
  from?: string;
  to?: string;
  subject?: string;
}

export const journalFilter = create<{ next: JournalFilter | null }>(() => ({ next: null }));
