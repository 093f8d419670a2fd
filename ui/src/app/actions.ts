// What the frame itself answers to. Each feature has its own list; `useAllActions` joins them.
import type { Action } from '../shared/keys';

export const frameActions: readonly Action[] = [
  { id: 'frame.palette', keys: ['Ctrl+K'], scope: 'everywhere', label: 'frame:action.palette', keyOnly: true, whileTyping: true },
  { id: 'frame.keys', keys: ['?'], scope: 'everywhere', label: 'frame:action.keys' },
  { id: 'frame.lock', keys: ['Ctrl+L'], scope: 'everywhere', label: 'frame:action.lock', whileTyping: true },
  { id: 'frame.back', keys: ['Alt+ArrowLeft'], scope: 'everywhere', label: 'frame:action.back' },
  { id: 'frame.nextPane', keys: ['F6'], scope: 'everywhere', label: 'frame:action.nextPane', keyOnly: true, whileTyping: true },
  { id: 'frame.previousPane', keys: ['Shift+F6'], scope: 'everywhere', label: 'frame:action.previousPane', keyOnly: true, whileTyping: true },
  { id: 'frame.theme', keys: ['Alt+T'], scope: 'everywhere', label: 'frame:action.theme' },
  { id: 'frame.import', keys: ['Ctrl+I'], scope: 'everywhere', label: 'frame:action.import' },
  { id: 'frame.password', keys: [], scope: 'everywhere', label: 'frame:action.password' },
  { id: 'frame.about', keys: [], scope: 'everywhere', label: 'frame:action.about' },
  { id: 'frame.signOut', keys: ['Alt+Q'], scope: 'everywhere', label: 'frame:action.signOut' },
  { id: 'list.search', keys: ['/'], scope: 'worklist', label: 'frame:action.search' },
  { id: 'list.down', keys: ['J', 'ArrowDown'], scope: 'worklist', label: 'frame:action.down', keyOnly: true },
  { id: 'list.up', keys: ['K', 'ArrowUp'], scope: 'worklist', label: 'frame:action.up', keyOnly: true },
  { id: 'list.pageDown', keys: ['PageDown'], scope: 'worklist', label: 'frame:action.pageDown', keyOnly: true },
  { id: 'list.pageUp', keys: ['PageUp'], scope: 'worklist', label: 'frame:action.pageUp', keyOnly: true },
  { id: 'list.first', keys: ['Home'], scope: 'worklist', label: 'frame:action.first', keyOnly: true },
  { id: 'list.last', keys: ['End'], scope: 'worklist', label: 'frame:action.last', keyOnly: true },
  { id: 'list.open', keys: ['Enter'], scope: 'worklist', label: 'frame:action.open', keyOnly: true },
];
