// The phone's own cryptography: a real browser makes, opens and refuses the same vectors as the workstation.
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

import { chromium, type Browser } from 'playwright-core';
import { build, type Rollup } from 'vite';
import { afterAll, beforeAll, expect, test } from 'vitest';

const at = (path: string) => fileURLToPath(new URL(path, import.meta.url));
const vectors = (name: string) => readFileSync(at(`../fixtures/seal/${name}`), 'utf8');

let browser: Browser;
let script: string;

beforeAll(async () => {
  browser = await chromium.launch({ executablePath: process.env['CHROMIUM'] ?? '/usr/bin/chromium', args: ['--no-sandbox'] });
  const lib = { entry: at('../../ui/src/seal/vectors/index.ts'), formats: ['iife' as const], name: 'seal' };
  const built = await build({ configFile: false, root: at('../../ui'), logLevel: 'error', build: { write: false, target: 'es2022', lib } });
  script = (built as Rollup.RollupOutput[])[0]!.output[0].code;
});

afterAll(() => browser.close());

test.each([
  ['checkMade', 'made-by-rust.json', 80],
  ['checkMade', 'made-by-typescript.json', 80],
  ['checkHostile', 'hostile.json', 2_400],
])('%s of %s', async (check, name, least) => {
  const page = await browser.newPage();
  // WebCrypto is there in a secure context alone.
  await page.route('https://phone.test/', (route) => route.fulfill({ contentType: 'text/html', body: '<!doctype html>' }));
  await page.goto('https://phone.test/');
  await page.addScriptTag({ content: script });
  const found = await page.evaluate<{ differences: string[]; compared: number }>(`seal.${check}(${vectors(name)})`);
  expect(found.differences).toEqual([]);
  expect(found.compared).toBeGreaterThan(least);
  await page.close();
});
