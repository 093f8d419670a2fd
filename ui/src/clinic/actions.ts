import type { Action } from '../shared/keys';

export const clinicActions: readonly Action[] = [
  { id: 'patients.new', keys: ['Alt+N'], scope: 'everywhere', label: 'clinic:action.newPatient' },
];
