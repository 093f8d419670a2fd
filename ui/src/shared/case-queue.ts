// The order of the worklist as it was last shown, so that "next" in the reading room is the next one there.
import { create } from 'zustand';

interface CaseQueue {
  scans: readonly string[];
  /** The case after this one; none at the end. */
  next: (scanId: string) => string | undefined;
  /** The case before this one. */
  previous: (scanId: string) => string | undefined;
}

export const caseQueue = create<CaseQueue>((_, get) => ({
  scans: [],
  next: (scanId) => {
    const { scans } = get();
    const at = scans.indexOf(scanId);
    return at < 0 ? scans[0] : scans[at + 1];
  },
  previous: (scanId) => {
    const { scans } = get();
    const at = scans.indexOf(scanId);
    return at <= 0 ? undefined : scans[at - 1];
  },
}));

export const useCaseQueue = caseQueue;
