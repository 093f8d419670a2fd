import { expect, test } from 'vitest';

import { idleState } from './idle';

test.each([[0, 'awake'], [269, 'awake'], [270, 'warning'], [299, 'warning'], [300, 'lock'], [9999, 'lock']])('after %i s of five minutes: %s', (seconds, kind) => {
  expect(idleState(0, seconds * 1000, 5).kind).toBe(kind);
});

test('the warning counts down from thirty', () => expect(idleState(0, 270_500, 5)).toEqual({ kind: 'warning', seconds: 30 }));
