import type { Action } from '../shared/keys';

export const reportActions: readonly Action[] = [
  { id: 'reports.sign', keys: ['Ctrl+Enter'], scope: 'report', label: 'reports:action.sign', whileTyping: true },
  { id: 'reports.cancel', keys: ['Escape'], scope: 'report', label: 'reports:action.cancel', keyOnly: true, whileTyping: true },
  { id: 'reports.save', keys: ['Ctrl+S'], scope: 'report', label: 'reports:action.save', whileTyping: true },
  { id: 'reports.nextSection', keys: ['Alt+ArrowDown'], scope: 'report', label: 'reports:action.nextSection', keyOnly: true, whileTyping: true },
  { id: 'reports.previousSection', keys: ['Alt+ArrowUp'], scope: 'report', label: 'reports:action.previousSection', keyOnly: true, whileTyping: true },
  { id: 'reports.template', keys: ['Alt+V'], scope: 'report', label: 'reports:action.template', whileTyping: true },
  { id: 'reports.macros', keys: ['Alt+K'], scope: 'report', label: 'reports:action.macros', whileTyping: true },
  { id: 'reports.zoom', keys: ['Alt+Z'], scope: 'report', label: 'reports:action.zoom', whileTyping: true },
  { id: 'reports.print', keys: ['Ctrl+P'], scope: 'report', label: 'reports:action.print', whileTyping: true },
  { id: 'reports.send', keys: ['S'], scope: 'report', label: 'reports:action.send' },
  { id: 'reports.seal', keys: ['L'], scope: 'report', label: 'reports:action.seal' },
  { id: 'reports.addend', keys: ['A'], scope: 'report', label: 'reports:action.addend' },
  { id: 'reports.correct', keys: ['C'], scope: 'report', label: 'reports:action.correct' },
  { id: 'reports.withdraw', keys: [], scope: 'report', label: 'reports:action.withdraw' },
  { id: 'reports.discard', keys: [], scope: 'report', label: 'reports:action.discard' },
];
