import { expect, it } from 'vitest';

import { startOfToday } from './today';

it('today begins at midnight here, and is the same all day', () => {
  const morning = new Date(2026, 10, 21, 0, 0, 1);
  const night = new Date(2026, 10, 21, 23, 59, 59);
  expect(startOfToday(morning)).toBe(startOfToday(night));
  expect(new Date(startOfToday(night)).getHours()).toBe(0);
  expect(startOfToday(new Date(2026, 10, 22))).not.toBe(startOfToday(night));
});
