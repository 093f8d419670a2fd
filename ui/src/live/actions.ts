import type { Action } from '../shared/keys';

export const liveActions: readonly Action[] = [
  { id: 'live.write', keys: ['Alt+M'], scope: 'everywhere', label: 'live:action.write', whileTyping: true },
  { id: 'live.phrases', keys: ['Alt+P'], scope: 'everywhere', label: 'live:action.phrases', whileTyping: true },
  { id: 'live.suggestion', keys: ['Ctrl+J'], scope: 'everywhere', label: 'live:action.suggestion', keyOnly: true, whileTyping: true },
  { id: 'live.record', keys: ['Alt+R'], scope: 'everywhere', label: 'live:action.record', whileTyping: true },
  { id: 'live.discard', keys: ['Alt+Backspace'], scope: 'everywhere', label: 'live:action.discard', keyOnly: true },
  { id: 'live.admit', keys: ['Alt+A'], scope: 'everywhere', label: 'live:action.admit', keyOnly: true, whileTyping: true },
  { id: 'live.invite', keys: ['Alt+I'], scope: 'everywhere', label: 'live:action.invite', whileTyping: true },
  { id: 'live.desk', keys: ['Alt+F'], scope: 'everywhere', label: 'live:action.desk', whileTyping: true },
  { id: 'live.end', keys: [], scope: 'everywhere', label: 'live:action.end' },
  { id: 'live.note', keys: ['Alt+C'], scope: 'everywhere', label: 'live:action.note', whileTyping: true },
  { id: 'live.transcript', keys: [], scope: 'everywhere', label: 'live:action.transcript' },
  { id: 'live.waiting', keys: ['Alt+W'], scope: 'everywhere', label: 'live:action.waiting', whileTyping: true },
];
