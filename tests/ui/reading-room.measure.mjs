// Measures the reading room in Chromium without a GPU: time to the first image, and frames of a window/level drag and a
// zoom, on a film of 2048² × 16 bits. Prints JSON; judges nothing (budgets stand in architecture.md).
//   node tests/ui/reading-room.measure.mjs [address of the screens]
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

import { chromium } from '../../ui/node_modules/playwright-core/index.mjs';
import { build, preview } from '../../ui/node_modules/vite/dist/node/index.js';

const root = fileURLToPath(new URL('../../ui', import.meta.url));
const SCAN = '#/scans/scan0000-0000-7000-8000-000000000000';
const OPENINGS = 7;
const MOVES = 120;

async function serve() {
  if (!existsSync(`${root}/dist-screens/index.html`)) await build({ root, mode: 'screens', logLevel: 'error' });
  const server = await preview({ root, mode: 'screens', logLevel: 'error', preview: { port: 0, host: '127.0.0.1' } });
  return { address: server.resolvedUrls.local[0], close: () => server.close() };
}

const given = process.argv[2];
const server = given ? { address: given, close: () => undefined } : await serve();
const results = [];
for (const size of [{ width: 1280, height: 800 }, { width: 1920, height: 1080 }]) {
  const browser = await chromium.launch({ executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium', args: ['--no-sandbox', '--disable-dev-shm-usage', '--disable-gpu', '--disable-quic', '--no-first-run'] });
  const page = await browser.newPage({ viewport: size });
  await page.goto(`${server.address}?as=doctor&rows=12&side=2048#/worklist`);
  await page.locator('[role=row][aria-selected]').first().waitFor();
  const openings = [];
  for (let n = 0; n <= OPENINGS; n += 1) {
    const ms = await page.evaluate(firstImage, SCAN);
    // The first opening loads the chunk and lets the invented clinic make its pixels.
    if (n > 0) openings.push(ms);
    await page.waitForTimeout(300);
    await page.evaluate(() => { window.location.hash = '#/worklist'; });
    await page.locator('[role=row][aria-selected]').first().waitFor();
    await page.waitForTimeout(200);
  }
  await page.evaluate(firstImage, SCAN);
  await page.waitForTimeout(600);
  await page.keyboard.press('g');
  const plain = await drag(page, 0);
  await page.keyboard.press('g');
  await page.waitForTimeout(300);
  const withMap = await drag(page, 0);
  const zoom = await drag(page, 2);
  const memory = await page.evaluate(() => Math.round(performance.memory.usedJSHeapSize / 2 ** 20));
  results.push({ screen: `${size.width}×${size.height}`, film: '2048×2048×16', first_image_ms: quantiles(openings), window_drag_ms: plain, window_drag_with_map_ms: withMap, zoom_drag_ms: zoom, js_heap_mib: memory });
  await browser.close();
}
await server.close();
console.log(JSON.stringify(results, null, 2));

/** In the page: from the address to the first painted frame that holds the picture. */
function firstImage(hash) {
  return new Promise((resolve) => {
    const start = performance.now();
    window.location.hash = hash;
    const look = () => {
      const canvas = document.querySelector('[data-testid=viewport] canvas');
      const there = canvas && canvas.width > 300 && canvas.getContext('2d').getImageData(canvas.width / 2, canvas.height / 2, 1, 1).data[3] > 0;
      requestAnimationFrame(there ? () => resolve(performance.now() - start) : look);
    };
    requestAnimationFrame(look);
  });
}

/** Intervals between painted frames while the pointer moves with the screen: one move a frame. */
async function drag(page, button) {
  const gaps = await page.evaluate(async ([which, moves]) => {
    const surface = document.querySelector('[data-testid=viewport] [role=img]');
    const box = surface.getBoundingClientRect();
    surface.setPointerCapture = () => undefined;
    const send = (type, x, y) => surface.dispatchEvent(new PointerEvent(type, { bubbles: true, pointerId: 1, button: which, buttons: 1 << which, clientX: box.left + x, clientY: box.top + y }));
    const frame = () => new Promise((resolve) => requestAnimationFrame(resolve));
    const found = [];
    send('pointerdown', 300, 300);
    let last = await frame();
    for (let n = 0; n < moves; n += 1) {
      send('pointermove', 300 + 2 * n, 300 + 80 * Math.sin(n / 12));
      const now = await frame();
      found.push(now - last);
      last = now;
    }
    send('pointerup', 300, 300);
    return found;
  }, [button, MOVES]);
  return quantiles(gaps.slice(5));
}

function quantiles(values) {
  const sorted = [...values].sort((a, b) => a - b);
  const at = (share) => Math.round(sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] * 10) / 10;
  return { p50: at(0.5), p95: at(0.95) };
}
