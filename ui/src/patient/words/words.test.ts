// @vitest-environment node
import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';

import { asDigits } from '../screens/Begin';
import { escape } from '../session/transcript';
import { fill, findPhrases, isFilled, raiseFirst, type Slice } from '../phrases/slice';
import { doses } from './bidi';
import { span } from './clock';
import { LANGUAGES, phoneLanguage } from '.';

type Tree = { [key: string]: string | Tree };
const read = (language: string) => JSON.parse(readFileSync(new URL(`../../../../assets/i18n/${language}/patient.json`, import.meta.url), 'utf8')) as Tree;
const leaves = (tree: Tree, path = ''): [string, string][] => Object.entries(tree).flatMap(([key, value]): [string, string][] => (typeof value === 'string' ? [[`${path}${key}`, value]] : leaves(value, `${path}${key}.`)));
const places = (text: string) => [...text.matchAll(/\{\{\w+\}\}/g)].map(String).sort();

describe.each(LANGUAGES)('the words in %s', (language) => {
  test('are all there, with the same places for names', () => {
    const english = leaves(read('en'));
    const own = new Map(leaves(read(language)));
    expect(english.filter(([key]) => !own.has(key)).map(([key]) => key)).toEqual([]);
    expect(own.size).toBe(english.length);
    for (const [key, text] of english) expect(places(own.get(key) ?? ''), key).toEqual(places(text));
  });
});

test("the phone's first language that the house speaks is offered first", () => {
  expect(phoneLanguage(['sv-SE', 'te-IN', 'en-GB'])).toBe('te');
  expect(phoneLanguage(['sv-SE'])).toBe('en');
});

test('digits of any script are digits', () => {
  for (const text of ['4711 123-456', '٤٧١١١٢٣٤٥٦', '४७११ १२३४५६', '౪౭౧౧౧౨౩౪౫౬', '４７１１１２３４５６']) expect(asDigits(text).slice(0, 7)).toBe('4711123');
});

test('a dose is kept in one piece', () => {
  expect(doses('قرص (500 mg) كل 6 ساعات، 2.5 mg/kg').filter((_, n) => n % 2 === 1)).toEqual(['500 mg', '2.5 mg/kg']);
});

test('lengths of time', () => expect([0, 999, 65_000, 480_000].map(span)).toEqual(['0:00', '0:01', '1:05', '8:00']));

test('text from people is never markup', () => expect(escape(`<img src=x onerror="alert('1')">&`)).toBe('&lt;img src=x onerror=&quot;alert(&#39;1&#39;)&quot;&gt;&amp;'));

describe('phrases', () => {
  const phrase = { key: 'pain-scale', kind: 'answer', text: '¿dolor de 0 a 10 en {part}: {n}?', slots: { part: 'part', n: 'number' } };
  const slice: Slice = { situations: [{ key: 'pain', title: 'Dolor', phrases: [phrase] }], slots: { part: { chest: 'el pecho' } } };

  test('blanks are filled with words of the language, and shown while they are empty', () => {
    expect(fill(phrase, {}, slice)).toBe('¿Dolor de 0 a 10 en ___: ___?');
    expect(fill(phrase, { part: 'chest', n: '7' }, slice)).toBe('¿Dolor de 0 a 10 en el pecho: 7?');
    expect([isFilled(phrase, { part: 'chest' }), isFilled(phrase, { part: 'chest', n: '7' })]).toEqual([false, true]);
  });

  test('are found without case and accents', () => {
    expect(findPhrases(slice, 'DOLÓR')).toHaveLength(1);
    expect(findPhrases(slice, 'dolor fiebre')).toHaveLength(0);
  });

  test('begin with a capital where the script has them', () => {
    expect(['¿qué?', 'где?', 'أين', '«où'].map(raiseFirst)).toEqual(['¿Qué?', 'Где?', 'أين', '«Où']);
  });
});
