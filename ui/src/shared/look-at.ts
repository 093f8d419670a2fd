// A message that somebody wants to see: the search names it, the consultation's thread goes there.
import { create } from 'zustand';

interface Sought {
  consultationId: string;
  messageId: string;
  n: number;
}

export const lookAt = create<{ sought: Sought | null; shown: string | null }>(() => ({ sought: null, shown: null }));
