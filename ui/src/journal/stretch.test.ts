import { expect, test } from 'vitest';

import { dayOf, momentsOf } from './stretch';

test('a stretch has its last day in it', () => {
  const { from, to } = momentsOf({ from: '2026-11-20', to: '2026-11-20' });
  expect(new Date(to ?? '').getTime() - new Date(from ?? '').getTime()).toBe(24 * 3_600_000);
  expect(dayOf(from ?? '')).toBe('2026-11-20');
});

test('what was not chosen bounds nothing', () => {
  expect(momentsOf({ from: '', to: '' })).toEqual({ from: null, to: null });
  expect(dayOf('no moment')).toBe('');
});
