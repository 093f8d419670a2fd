// A sealed report in a browser's own reader: pdf.js in Chromium opens it with its passphrase, draws it, finds its
// text, and opens it with no other. tests/fixtures/report/README.md says how the file was made.
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

import type * as Pdfjs from 'pdfjs-dist';
import { chromium, type Browser, type Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';

const at = (path: string) => fileURLToPath(new URL(path, import.meta.url));
const WORDS = readFileSync(at('../fixtures/report/passphrase.txt'), 'utf8').trim();
const FILES: Record<string, [string, string]> = {
  '/': ['text/html', ''],
  '/pdf.mjs': ['text/javascript', at('../../ui/node_modules/pdfjs-dist/build/pdf.min.mjs')],
  '/worker.mjs': ['text/javascript', at('../../ui/node_modules/pdfjs-dist/build/pdf.worker.min.mjs')],
  '/sealed.pdf': ['application/pdf', at('../fixtures/report/sealed.pdf')],
};

interface Read {
  refused?: string;
  pages: number;
  text: string;
  about: string;
  attachments: string[];
  ink: number;
}

let browser: Browser;
let page: Page;

beforeAll(async () => {
  browser = await chromium.launch({ executablePath: process.env['CHROMIUM'] ?? '/usr/bin/chromium', args: ['--no-sandbox'] });
  page = await browser.newPage();
  await page.route('https://reader.test/**', (route) => {
    const [contentType, path] = FILES[new URL(route.request().url()).pathname] ?? ['text/plain', ''];
    return route.fulfill({ contentType, body: path ? readFileSync(path) : '<!doctype html>' });
  });
  await page.goto('https://reader.test/');
  await page.addScriptTag({ type: 'module', content: "import * as pdfjs from '/pdf.mjs'; window.pdfjs = pdfjs;" });
  await page.waitForFunction('window.pdfjs');
});

afterAll(() => browser.close());

/** Opens the file in the page, draws its first page and reads everything. */
const read = (password: string) =>
  page.evaluate<Read, string>(async (password) => {
    const { pdfjs } = window as unknown as { pdfjs: typeof Pdfjs };
    pdfjs.GlobalWorkerOptions.workerSrc = 'https://reader.test/worker.mjs';
    const found: Read = { pages: 0, text: '', about: '', attachments: [], ink: 0 };
    try {
      const pdf = await pdfjs.getDocument({ url: 'https://reader.test/sealed.pdf', password }).promise;
      found.pages = pdf.numPages;
      const first = await pdf.getPage(1);
      for (let n = 1; n <= pdf.numPages; n++) {
        const content = await (await pdf.getPage(n)).getTextContent();
        found.text += content.items.map((item) => ('str' in item ? item.str : '')).join(' ');
      }
      const { info, metadata } = await pdf.getMetadata();
      found.about = JSON.stringify(info) + JSON.stringify((metadata as { getAll(): unknown } | null)?.getAll() ?? {});
      found.attachments = Object.keys((await pdf.getAttachments()) ?? {});
      const viewport = first.getViewport({ scale: 1 });
      const canvas = Object.assign(document.createElement('canvas'), { width: viewport.width, height: viewport.height });
      const canvasContext = canvas.getContext('2d')!;
      await first.render({ canvasContext, viewport }).promise;
      const { data } = canvasContext.getImageData(0, 0, canvas.width, canvas.height);
      for (let i = 0; i < data.length; i += 4) found.ink += data[i]! < 128 ? 1 : 0;
    } catch (error) {
      found.refused = (error as Error).name;
    }
    return found;
  }, password);

test('opens with its passphrase: drawn, searchable, with both attachments, silent about the patient', async () => {
  const found = await read(WORDS);
  expect(found.refused).toBeUndefined();
  expect(found.pages).toBeGreaterThan(0);
  expect(found.text).toContain('HN-77-1203');
  expect(found.text).toContain('R-000042');
  expect(found.attachments.sort()).toEqual(['report.json', 'report.sig']);
  expect(found.about).not.toContain('HN-77-1203');
  // Two films and a page of text leave many dark dots.
  expect(found.ink).toBeGreaterThan(5_000);
});

test.each(['', 'quite another passphrase', 'LUNGS HEART BONES SKIN'])('stays shut with %j', async (wrong) => {
  const found = await read(wrong);
  expect(found.refused).toBe('PasswordException');
  expect(found.text).toBe('');
});
