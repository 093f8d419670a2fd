import { expect, test } from 'vitest';

import { showBytes, showCount, showPercent } from './numbers';

test.each([[0, '0 %'], [0.001, '<1 %'], [0.934, '93 %'], [0.999, '>99 %'], [1, '100 %']])('%f is %s: never certain unless it is', (share, shown) => {
  expect(showPercent(share)).toBe(shown);
});

test.each([[0, '0 kB'], [999, '1 kB'], [1500, '1.5 kB'], [48_300_000, '48 MB'], [212e9, '212 GB']])('%i bytes are %s', (bytes, shown) => {
  expect(showBytes(bytes)).toBe(shown);
});

test('counts are grouped', () => expect(showCount(10_000)).toBe('10,000'));
