import { create } from 'zustand';

import type { Status } from '../bindings/types';

interface WorklistView {
  query: string;
  status: Status | null;
  modality: string | null;
  /** Only what a model put above its operating point and nobody judged. */
  onlyAbove: boolean;
  cursor: number;
}

/** What is asked of the list and where its cursor stands: coming back from a scan finds it as it was left. */
export const worklistView = create<WorklistView>(() => ({ query: '', status: null, modality: null, onlyAbove: false, cursor: 0 }));
