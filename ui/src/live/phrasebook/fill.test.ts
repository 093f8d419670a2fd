import { expect, test } from 'vitest';

import { fill, isFilled, isNumber, piecesOf } from './fill';

const phrase = {
  text: 'Duration: {n} {period}', translation: 'Duración: {n} {period}',
  slots: [{ name: 'n', values: [] }, { name: 'period', values: [{ key: 'days', text: 'days', translation: 'días' }] }],
};

test('a phrase is cut at its slots and nowhere else', () => {
  expect(piecesOf('Pain from 0 to 10: {n}')).toEqual([{ kind: 'text', text: 'Pain from 0 to 10: ' }, { kind: 'slot', name: 'n' }]);
  expect(piecesOf('Where does it hurt?')).toEqual([{ kind: 'text', text: 'Where does it hurt?' }]);
});

test('both languages are filled from the same choice', () => {
  expect([fill(phrase, { n: '3', period: 'days' }, 'text'), fill(phrase, { n: '3', period: 'days' }, 'translation')]).toEqual(['Duration: 3 days', 'Duración: 3 días']);
  expect(fill(phrase, { n: '3' }, 'translation')).toBe('Duración: 3 …');
});

test('it can be said only when every slot is filled with what it takes', () => {
  expect([isFilled(phrase, {}), isFilled(phrase, { n: 'three', period: 'days' }), isFilled(phrase, { n: '3', period: 'years' }), isFilled(phrase, { n: '3', period: 'days' })]).toEqual([false, false, false, true]);
});

test.each([['0', true], ['37.5', true], ['37,5', true], ['-1', false], ['1e3', false], ['', false], ['1.2.3', false]])('%s is a number: %s', (text, yes) => expect(isNumber(text)).toBe(yes));
