import type { Action } from '../shared/keys';

export const noteActions: readonly Action[] = [
  { id: 'notes.sign', keys: ['Ctrl+Enter'], scope: 'report', label: 'notes:action.sign', whileTyping: true },
  { id: 'notes.save', keys: ['Ctrl+S'], scope: 'report', label: 'notes:action.save', whileTyping: true },
  { id: 'notes.cancel', keys: ['Escape'], scope: 'report', label: 'notes:action.cancel', keyOnly: true, whileTyping: true },
  { id: 'notes.history', keys: ['Alt+H'], scope: 'report', label: 'notes:action.history', whileTyping: true },
];
