import { expect, test } from 'vitest';

import { idleState } from './idle';

const start = { wall: 1_000_000, steady: 0 };
const after = (wall: number, steady = wall) => ({ wall: start.wall + wall * 1000, steady: steady * 1000 });

test.each([[0, 'awake'], [269, 'awake'], [270, 'warning'], [299, 'warning'], [300, 'lock'], [9999, 'lock']])('after %i s of five minutes: %s', (seconds, kind) => {
  expect(idleState(start, after(seconds), 5).kind).toBe(kind);
});

test('the warning counts down from thirty', () => expect(idleState(start, after(270.5), 5)).toEqual({ kind: 'warning', seconds: 30 }));

test('a sleep counts although the steady clock stood still', () => expect(idleState(start, after(3600, 1), 5).kind).toBe('lock'));

test.each([[-60, 300, 'lock'], [-60, 275, 'warning'], [-60, 10, 'awake'], [-3600, 10, 'lock']])('a clock set back by %i s with nobody there for %i s: %s', (wall, steady, kind) => {
  expect(idleState(start, after(wall, steady), 5).kind).toBe(kind);
});
