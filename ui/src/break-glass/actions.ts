import type { Action } from '../shared/keys';

export const breakGlassActions: readonly Action[] = [
  { id: 'break-glass.open', keys: [], scope: 'everywhere', label: 'break-glass:action.open' },
];
