// The files of the vectors. Apart from the rest: a browser has none.

import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const folder = join(import.meta.dirname, '../../../../tests/fixtures/seal');

export function readVectors<T>(name: string): T {
  return JSON.parse(readFileSync(join(folder, name), 'utf8')) as T;
}

/** One case a line. */
export function writeVectors(name: string, made: unknown): void {
  writeFileSync(join(folder, name), JSON.stringify(made).replaceAll('},', '},\n') + '\n');
}
