// @vitest-environment node
// What a person who reads no English would stumble over: a sentence that is missing, was left in English, has lost the
// name or number that belongs in it, or lacks the plural that their language needs. The rules are in tools/catalogues.mjs.
import { describe, expect, test } from 'vitest';

import { compare, findings, LANGUAGES, leftover, places } from '../../tools/catalogues.mjs';

describe('every language says everything', () => {
  test.each(LANGUAGES.filter((one) => one !== 'en'))('%s', (language) => {
    expect(findings(language).map(({ file, key, what }) => `${file} ${key}: ${what}`)).toEqual([]);
  });

  test('English agrees with itself', () => expect(findings('en')).toEqual([]));
});

describe('the rules find what is wrong', () => {
  const english = { sign: 'Sign {{name}}', scans_one: '{{count}} scan', scans_other: '{{count}} scans', wait: 'Wait {{count}} s', tree: { stop: 'Stop' } };
  const german = { sign: '{{name}} signieren', scans_one: 'Ein Bild', scans_other: '{{count}} Bilder', wait: '{{count}} s warten', tree: { stop: 'Halt' } };
  const wrong = (language: string, change: object) => compare(language, english, { ...german, ...change }).map(({ key, what }) => `${key}: ${what}`);

  test('a whole catalogue has no finding', () => expect(wrong('de', {})).toEqual([]));

  test.each<[string, string, object, string]>([
    ['a lost name', 'de', { sign: 'Signieren' }, 'sign: lost {{name}}'],
    ['a place that nobody fills', 'de', { sign: '{{name}} {{of}}' }, 'sign: has {{of}}, which English does not give'],
    ['a missing key', 'de', { tree: {} }, 'tree.stop: missing'],
    ['a key too many', 'de', { more: 'mehr' }, 'more: not in English'],
    ['a missing form', 'ru', { scans_one: '{{count}} снимок', scans_few: '{{count}} снимка', scans_other: '{{count}} снимка', sign: '{{name}}', wait: 'Ждите {{count}} с', tree: { stop: 'Стоп' } }, 'scans_many: plural form missing'],
    ['a form of another language', 'de', { scans_few: '{{count}} Bilder' }, 'scans_few: de has no such plural form'],
    ['a figure dropped where the form covers many', 'ru', { scans_one: 'один снимок', scans_few: '{{count}} снимка', scans_many: '{{count}} снимков', scans_other: '{{count}} снимка', sign: '{{name}}', wait: 'Ждите {{count}} с', tree: { stop: 'Стоп' } }, 'scans_one: lost {{count}} (in ru “one” covers several numbers)'],
    ['forms where English has no number', 'de', { tree: { stop_one: 'Halt', stop_other: 'Halt' } }, 'tree.stop: has plural forms; English has none and no {{count}}'],
    ['marks of direction', 'de', { tree: { stop: '\u200fHalt' } }, 'tree.stop: direction marks: the app isolates names and numbers by itself'],
    ['nothing at all', 'de', { tree: { stop: ' ' } }, 'tree.stop: empty'],
  ])('%s', (_, language, change, finding) => expect(wrong(language, change)).toContain(finding));

  test('an ending that looks like a form is just a word where no other form stands beside it', () => {
    expect(compare('de', { trailing_zero: 'No trailing zero' }, { trailing_zero: 'Keine Null am Ende' })).toEqual([]);
  });

  test('numbers may have forms where English needs none', () => {
    const rest = Object.fromEntries(Object.entries(german).filter(([key]) => key !== 'wait'));
    expect(compare('de', english, { ...rest, wait_one: 'Eine Sekunde warten', wait_other: '{{count}} s warten' })).toEqual([]);
  });

  test.each([['de', 'Delete the report', 'Delete the report', true], ['de', 'Status', 'Status', false], ['ar', 'Medibridge DICOM', 'Medibridge DICOM', false], ['ru', 'Save draft', 'Save draft', true], ['hi', 'Stop now', 'यह {{name}} रुकें', false], ['fr', 'Sign', 'Sign with your name', true]])(
    'in %s “%s” → “%s”: left in English is %s', (language, english, text, left) => expect(leftover(language, english, text)).toBe(left),
  );

  test('places, nested words and tags are found', () => expect(places('{{ name }} <b>x</b> {{n, number}} $t(a)')).toEqual(['$t(a)', '</b>', '<b>', '{{n}}', '{{name}}'].sort()));
});
