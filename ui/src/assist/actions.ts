import type { Action } from '../shared/keys';

export const assistActions: readonly Action[] = [
  { id: 'assist.open', keys: ['F1'], scope: 'everywhere', label: 'assist:action.open', whileTyping: true },
  { id: 'assist.guide', keys: [], scope: 'everywhere', label: 'assist:action.guide' },
];
