import { expect, test } from 'vitest';

import { limitsOf } from './limits';

const NONE = { kind: 'all', patient: null, from: '', to: '' } as const;

test('the last day is in the search to its end', () => {
  const { from, to } = limitsOf({ ...NONE, from: '2026-02-28', to: '2026-02-28' });
  expect(Date.parse(to ?? '') - Date.parse(from ?? '')).toBe(24 * 3_600_000);
  expect(new Date(from ?? '').getHours()).toBe(0);
});

test('half a date limits nothing', () => {
  expect(limitsOf({ ...NONE, from: '2026-', to: '' })).toEqual({ kinds: [], patient_id: null, from: null, to: null });
});
