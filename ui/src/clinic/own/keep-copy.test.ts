import { expect, test } from 'vitest';

import { isStrong } from './KeepCopy';

test.each([
  ['', false], ['short', false], ['aaaaaaaaaaaaaaaa', false], ['a b c d e f', false], ['one two three', true], ['blue kettle on a hill', true], ['नीली केतली पहाड़ पर', true], ['correct-horse', true],
])('%s', (text, strong) => expect(isStrong(text)).toBe(strong));
