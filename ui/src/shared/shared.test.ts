import { describe, expect, test } from 'vitest';

import { allergySentence } from './allergies';
import { caseQueue } from './case-queue';
import { pickPositions } from './positions';
import { worn } from './theme';
import { isLogin, isPastDate } from './validate';

describe('what forms check', () => {
  const today = new Date('2026-11-21T12:00:00Z');
  test.each([['1945-07-14', true], ['2026-11-21', true], ['2026-11-22', false], ['2025-02-29', false], ['1879-12-31', false], ['', false], ['14.7.1945', false]])('%s is a day in the past: %s', (date, yes) => expect(isPastDate(date, today)).toBe(yes));
  test.each([['ab', true], ['a', false], ['with space', false], ['x'.repeat(65), false]])('%s as a sign-in name: %s', (login, yes) => expect(isLogin(login)).toBe(yes));
});

test('allergies have three states, and absence is not none', () => {
  expect(allergySentence({ state: 'not_asked' })).toBe('Allergies: not asked');
  expect(allergySentence({ state: 'none_known' })).toBe('No known allergies');
  expect(allergySentence({ state: 'known', items: [{ substance: 'Latex', reaction: '', severity: 'mild' }] })).toBe('Allergies: Latex');
});

test('three different places of the phrase, in order', () => {
  for (let n = 0; n < 50; n += 1) {
    const picked = pickPositions(12);
    expect(new Set(picked).size).toBe(3);
    expect([...picked].sort((a, b) => a - b)).toEqual(picked);
    expect(Math.min(...picked) >= 1 && Math.max(...picked) <= 12).toBe(true);
  }
});

test('the case queue knows next and previous, and its ends', () => {
  caseQueue.setState({ scans: ['a', 'b', 'c'] });
  const { next, previous } = caseQueue.getState();
  expect([next('a'), next('c'), next('elsewhere'), previous('a'), previous('c')]).toEqual(['b', undefined, 'a', undefined, 'b']);
});

test('the theme that is worn', () => {
  expect([worn('system', true), worn('system', false), worn('reading_room', false), worn('light', true)]).toEqual(['dark', 'light', 'reading', 'light']);
});
