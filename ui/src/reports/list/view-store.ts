import { create } from 'zustand';

import type { ReportShelf } from '../../bindings/types';

interface ReportsView {
  query: string;
  shelf: ReportShelf;
  cursor: number;
}

/** What is asked of the list and where its cursor stands: coming back from a report finds it as it was left. */
export const reportsView = create<ReportsView>(() => ({ query: '', shelf: 'all', cursor: 0 }));
