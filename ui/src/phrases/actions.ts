import type { Action } from '../shared/keys';

export const phraseActions: readonly Action[] = [
  { id: 'phrases.approve', keys: ['A'], scope: 'worklist', label: 'phrases:action.approve', keyOnly: true },
  { id: 'phrases.next', keys: ['J', 'ArrowDown'], scope: 'worklist', label: 'phrases:action.next', keyOnly: true },
  { id: 'phrases.previous', keys: ['K', 'ArrowUp'], scope: 'worklist', label: 'phrases:action.previous', keyOnly: true },
];
