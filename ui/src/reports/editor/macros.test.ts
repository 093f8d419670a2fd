import { expect, test } from 'vitest';

import { expanded, isMacroName, named, offered, typedAt } from './macros';

const MACROS = [
  { name: 'nad', text: 'No acute disease.', built_in: true }, { name: 'nap', text: 'No pleural effusion.', built_in: true }, { name: 'grenzwertig', text: 'Herz grenzwertig groß.', built_in: false },
];

test.each([['.nad', 4, 'nad'], ['Clear. .na', 10, 'na'], ['(.na', 4, 'na'], ['.', 1, ''], ['line\n.x', 7, 'x'], ['قلب .نا', 7, 'نا']])('in %j at %i is typed %j', (text, caret, name) => {
  expect(typedAt(text, caret)?.name).toBe(name);
});

test.each([['1.5', 3], ['end.', 4], ['a.b', 3], ['.nad ', 5], ['', 0]])('in %j at %i nothing is', (text, caret) => {
  expect(typedAt(text, caret)).toBe(null);
});

test('those that begin so come first; the text itself is searched from three letters', () => {
  expect(offered(MACROS, 'na').map(({ name }) => name)).toEqual(['nad', 'nap']);
  expect(offered(MACROS, 'eff').map(({ name }) => name)).toEqual(['nap']);
  expect(offered(MACROS, '')).toHaveLength(3);
});

test('the phrase takes the place of what was typed, wherever the caret stood', () => {
  const typed = typedAt('Clear. .nad and more', 11);
  expect(typed && expanded('Clear. .nad and more', typed, { text: 'No acute disease.' })).toEqual({ text: 'Clear. No acute disease. and more', caret: 24 });
});

test('a space means the phrase of just that name', () => {
  expect(named(MACROS, 'NAD')?.name).toBe('nad');
  expect(named(MACROS, 'na')).toBe(undefined);
});

test.each([['nad', true], ['größe', true], ['two words', false], ['', false], ['a.b', false]])('%j is a name: %j', (name, is) => expect(isMacroName(name)).toBe(is));
