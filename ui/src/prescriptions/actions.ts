import type { Action } from '../shared/keys';

export const prescriptionActions: readonly Action[] = [
  { id: 'prescriptions.sign', keys: ['Ctrl+Enter'], scope: 'report', label: 'prescriptions:action.sign', whileTyping: true },
  { id: 'prescriptions.dispense', keys: ['D'], scope: 'worklist', label: 'prescriptions:action.dispense' },
  { id: 'prescriptions.confirm', keys: ['Ctrl+Enter'], scope: 'worklist', label: 'prescriptions:action.confirm', whileTyping: true },
  { id: 'prescriptions.ask', keys: ['Q'], scope: 'worklist', label: 'prescriptions:action.ask' },
];
