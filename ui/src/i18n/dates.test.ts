import { afterEach, describe, expect, test } from 'vitest';

import { showAge, showBirth, showDate, showSince } from './dates';

const today = new Date(2026, 10, 21);

describe('dates cannot be misread', () => {
  test.each([['1945-07-14', '14-Jul-1945'], ['2026-02-30x', '30-Feb-2026'], ['2026-13-01', '2026-13-01'], ['about 1950', 'about 1950']])('%s is shown as %s', (date, shown) => {
    expect(showDate(date)).toBe(shown);
  });

  test.each([['1945-07-14', '81y'], ['1945-11-22', '80y'], ['2024-11-22', '23m'], ['2026-11-01', '20d'], ['2026-11-21', '0d'], ['2027-01-01', '']])('born %s is %s', (born, age) => {
    expect(showAge(born, today)).toBe(age);
  });

  test('birth has date and age together', () => expect(showBirth('1945-07-14', today)).toBe('14-Jul-1945 (81y)'));

  test.each([[0, '0 min'], [59, '59 min'], [60, '1 h'], [47 * 60, '47 h'], [48 * 60, '2 d']])('%i minutes ago', (minutes, shown) => {
    expect(showSince(new Date(today.getTime() - minutes * 60_000).toISOString(), today)).toBe(shown);
  });
});

describe('in text that runs right to left', () => {
  afterEach(() => {
    document.documentElement.dir = 'ltr';
  });

  test('a date keeps its own order', () => {
    document.documentElement.dir = 'rtl';
    expect(showDate('1945-07-14')).toBe('\u206814-Jul-1945\u2069');
  });
});
