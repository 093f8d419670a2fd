import type { Action } from '../shared/keys';

export const worklistActions: readonly Action[] = [
  { id: 'worklist.priority', keys: ['P'], scope: 'worklist', label: 'worklist:action.priority' },
  { id: 'worklist.chart', keys: ['C'], scope: 'worklist', label: 'worklist:action.chart' },
  { id: 'worklist.report', keys: ['R'], scope: 'worklist', label: 'worklist:action.report' },
];
