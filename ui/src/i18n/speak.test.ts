// The person changes the language and every sentence, date, number and list follows at once.
import { afterEach, describe, expect, test, vi } from 'vitest';

import { screenLanguage, speak, words } from '.';
import { keepForMachine, languageFor, machineLanguage } from './choice';
import { showAge, showBirth, showDate } from './dates';
import { bare } from './isolate';
import { LANGUAGES } from './languages';
import { compareNames, showList, tellList } from './lists';
import { showBytes, showCount, showPercent } from './numbers';

afterEach(async () => {
  window.localStorage.clear();
  await speak('en');
});

describe('speaking another language', () => {
  test('turns the document and comes back', async () => {
    await speak('ar');
    expect([document.documentElement.lang, document.documentElement.dir, screenLanguage()]).toEqual(['ar', 'rtl', 'ar']);
    await speak('de');
    expect([document.documentElement.lang, document.documentElement.dir]).toEqual(['de', 'ltr']);
  });

  test('the last wish counts, however long the first one takes', async () => {
    await Promise.all([speak('ja'), speak('fr')]);
    expect(words.language).toBe('fr');
  });

  test('what a language lacks is said in English', async () => {
    await speak('de');
    words.addResource('en', 'common', 'onlyHere', 'Only in English');
    expect(words.t('common:onlyHere')).toBe('Only in English');
  });

  test('a language that the screens do not speak changes nothing', async () => {
    const said = vi.spyOn(console, 'error').mockImplementation(() => undefined);
    await speak('xx');
    expect([words.language, said.mock.calls.length]).toEqual(['en', 1]);
    said.mockRestore();
  });

  test('the pseudo-locale brackets every sentence', async () => {
    await speak('en-XA');
    expect(words.t('common:close')).toBe('[Çļóšé ~]');
  });
});

describe('names and numbers in a sentence', () => {
  test('keep their own direction in Arabic', async () => {
    await speak('ar');
    expect(words.t('common:speak.now', { language: 'Deutsch' })).toContain('\u2068Deutsch\u2069');
  });

  test('an Arabic name stands apart in an English sentence; an English one needs no marks', () => {
    expect(words.t('common:speak.now', { language: 'العربية' })).toContain('\u2068العربية\u2069');
    expect(words.t('common:speak.now', { language: 'Deutsch' })).toBe('Language: Deutsch');
  });
});

describe('plurals follow the language', () => {
  test.each([['en', 1, '1y'], ['en', 81, '81y']])('%s: %i', async (language, count, shown) => {
    await speak(language);
    expect(words.t('common:age.years', { count })).toBe(shown);
  });

  test.each(LANGUAGES.map((one) => [one]))('%s has a form for 0 to 120 and for a million', async (language) => {
    await speak(language);
    const own = (count: number) => words.exists('common:age.years', { count, lng: language, fallbackLng: [] });
    expect([...Array.from({ length: 121 }, (_, n) => n), 1_000_000].filter((count) => !own(count))).toEqual([]);
  });
});

describe('dates and numbers', () => {
  test.each([
    ['de', '14-Jul-1945'], ['es', '14-jul-1945'], ['fr', '14-juil-1945'], ['pt', '14-jul-1945'], ['ru', '14-июль-1945'], ['ar', '14-يوليو-1945'],
    ['hi', '14-जुल-1945'], ['te', '14-జులై-1945'], ['ja', '1945年7月14日'], ['zh', '1945年7月14日'],
  ])('%s: %s', async (language, shown) => {
    await speak(language);
    expect(bare(showDate('1945-07-14'))).toBe(shown);
  });

  test.each(LANGUAGES.map((one) => [one]))('%s: no two months are alike, and every digit is a Latin one', async (language) => {
    await speak(language);
    const shown = Array.from({ length: 12 }, (_, month) => bare(showDate(`1945-${String(month + 1).padStart(2, '0')}-04`)));
    expect(new Set(shown).size).toBe(12);
    const all = [...shown, showBirth('1945-07-14'), showAge('2020-01-01'), showCount(1234567), showBytes(1_234_567), showPercent(0.5)].join(' ');
    expect(all.match(/\p{Nd}/gu)?.filter((digit) => !/[0-9]/.test(digit))).toEqual([]);
  });

  test.each([['en', '10,000'], ['de', '10.000'], ['fr', '10\u202f000'], ['ar', '10,000']])('%s groups a count as %s', async (language, shown) => {
    await speak(language);
    expect(bare(showCount(10_000))).toBe(shown);
  });

  test.each([['en', 'a, b, c', 'a, b, c'], ['de', 'a, b, c', 'a, b und c'], ['ja', 'a、b、c', 'a、b、c'], ['ar', 'a، b، c', 'a وb وc']])('%s lists', async (language, list, sentence) => {
    await speak(language);
    expect([bare(showList(['a', 'b', 'c'])), bare(tellList(['a', 'b', 'c']))]).toEqual([list, sentence]);
  });

  test.each([['de', ['Zeta', 'Ämter', 'Anton'], ['Ämter', 'Anton', 'Zeta']], ['en', ['scan 10', 'scan 9', 'Élan', 'edge'], ['edge', 'Élan', 'scan 9', 'scan 10']]])('%s orders names', async (language, names, ordered) => {
    await speak(language);
    expect([...names].sort(compareNames)).toEqual(ordered);
  });
});

describe('which language is due', () => {
  const system = (...tags: string[]) => vi.spyOn(window.navigator, 'languages', 'get').mockReturnValue(tags);
  afterEach(() => vi.restoreAllMocks());

  test('the operating system’s first language that the screens speak', () => {
    system('nl-NL', 'pt-BR', 'en-GB');
    expect(machineLanguage()).toBe('pt');
  });

  test('English where it has none', () => {
    system('nl', 'C');
    expect(machineLanguage()).toBe('en');
  });

  test('what was chosen on this machine comes before it, and one’s own choice before both', () => {
    system('de');
    keepForMachine('te');
    expect([machineLanguage(), languageFor(''), languageFor('ar'), languageFor('no-such')]).toEqual(['te', 'te', 'ar', 'te']);
  });
});
