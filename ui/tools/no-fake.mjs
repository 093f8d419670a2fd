// Fails the build if the invented clinic of the tests slipped into the shipped bundle.
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

const folder = new URL('../dist/', import.meta.url).pathname;
const marker = 'medibridge-fake-host';
const found = readdirSync(folder, { recursive: true })
  .map(String)
  .filter((name) => name.endsWith('.js'))
  .filter((name) => readFileSync(join(folder, name), 'utf8').includes(marker));

if (found.length > 0) {
  console.error(`The fake host is in the bundle: ${found.join(', ')}`);
  process.exit(1);
}
