// One browser a spec file; each screen is opened in the themes, shapes and languages that matter, looked at by
// axe-core, and kept as a picture.
import { mkdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { chromium, type Browser, type Page } from 'playwright-core';
import { afterAll, beforeAll, expect, inject } from 'vitest';

const ARTEFACTS = fileURLToPath(new URL('../artefacts/', import.meta.url));
const AXE = readFileSync(fileURLToPath(new URL('../../../ui/node_modules/axe-core/axe.min.js', import.meta.url)), 'utf8');
const ARGS = ['--no-sandbox', '--disable-dev-shm-usage', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking', '--disable-component-update', '--disable-sync'];

export type Theme = 'light' | 'dark' | 'reading_room';

export interface Opening {
  /** `?as=doctor&rows=40`. */
  query: string;
  /** `/worklist`. */
  path?: string;
  theme?: Theme;
  size?: { width: number; height: number };
  /** Pixels of the device a CSS pixel: 2 with half the size is 200 % zoom. */
  scale?: number;
}

let browser: Browser | undefined;

/** Starts and stops the browser around the specs of a file. */
export function withBrowser(): void {
  beforeAll(async () => {
    browser = await chromium.launch({ executablePath: process.env['CHROMIUM'] ?? '/usr/bin/chromium', args: ARGS });
  });
  afterAll(async () => {
    await browser?.close();
  });
}

/** Opens a screen; an error on its console fails the test. */
export async function open({ query, path = '/', theme = 'light', size = { width: 1280, height: 800 }, scale = 1 }: Opening): Promise<Page> {
  if (browser === undefined) throw new Error('withBrowser() first');
  const context = await browser.newContext({ viewport: size, deviceScaleFactor: scale, reducedMotion: 'reduce', locale: 'en-GB', timezoneId: 'UTC' });
  context.setDefaultTimeout(30_000);
  const page = await context.newPage();
  await page.addInitScript((chosen) => window.localStorage.getItem('theme') ?? window.localStorage.setItem('theme', chosen), theme);
  const errors: string[] = [];
  page.on('pageerror', (error) => errors.push(String(error)));
  page.on('console', (message) => message.type() === 'error' && errors.push(message.text()));
  Object.assign(page, { errors });
  await page.goto(`${inject('address')}?${query}#${path}`);
  return page;
}

/** No serious or critical finding (of `only` some rules of axe-core), no error on the console. */
export async function check(page: Page, only: object = {}): Promise<void> {
  if (!await page.evaluate(() => 'axe' in window)) await page.evaluate(AXE);
  const { violations } = await page.evaluate((rules) => (window as unknown as { axe: { run: (where: Document, options: object) => Promise<{ violations: { id: string; impact: string; nodes: { html: string; failureSummary: string }[] }[] }> } }).axe.run(document, { resultTypes: ['violations'], ...rules }), only);
  const grave = violations.filter(({ impact }) => impact === 'serious' || impact === 'critical')
    .map(({ id, nodes }) => `${id}: ${nodes.slice(0, 3).map(({ html, failureSummary }) => `${html.slice(0, 160)} | ${failureSummary.slice(0, 200)}`).join(' || ')}`);
  if (grave.length > 0) throw new Error(grave.join('\n'));
  const errors = (page as Page & { errors?: string[] }).errors ?? [];
  if (errors.length > 0) throw new Error(`on the console: ${errors.join('\n')}`);
}

/** Nothing is being fetched, and what is on the screen has come to rest. */
export async function settled(page: Page): Promise<void> {
  await page.evaluate(async () => {
    const begun = performance.now();
    let changed = begun;
    const watch = new MutationObserver(() => (changed = performance.now()));
    watch.observe(document.body, { childList: true, subtree: true, attributes: true });
    const coming = () => document.querySelector('[data-loading], main [aria-busy=true]') !== null;
    // What ticks (a timer, a voice) never rests.
    const moving = () => performance.now() - changed < 150 && performance.now() - begun < 1_500;
    while ((coming() && performance.now() - begun < 20_000) || moving()) await new Promise((done) => window.setTimeout(done, 25));
    watch.disconnect();
    await document.fonts.ready;
  });
}

/** Keeps a picture under tests/ui/artefacts. */
export async function picture(page: Page, name: string): Promise<void> {
  mkdirSync(ARTEFACTS, { recursive: true });
  await page.screenshot({ path: `${ARTEFACTS}${name}.png` });
}

interface Looks extends Omit<Opening, 'theme' | 'size' | 'scale'> {
  name: string;
  /** Brings the screen to the state that is meant. */
  ready: (page: Page) => Promise<unknown>;
}

/** The shapes in which every screen is looked at: each theme, size and direction once, in as few openings as will do. */
const SHAPES: readonly { suffix: string; query?: string; theme: Theme; size?: { width: number; height: number }; scale?: number }[] = [
  { suffix: 'light-1280', theme: 'light' },
  { suffix: 'rtl-dark-1920', query: '&dir=rtl', theme: 'dark', size: { width: 1920, height: 1080 } },
  { suffix: 'long-reading-1280', query: '&names=long&lang=en-XA', theme: 'reading_room' },
  { suffix: 'zoom200', theme: 'light', size: { width: 640, height: 400 }, scale: 2 },
];

/** Opens one screen in every shape, checks it and keeps its pictures. */
export async function everyShape({ name, query, path, ready }: Looks): Promise<void> {
  for (const shape of SHAPES) {
    const page = await open({
      query: query + (shape.query ?? ''), theme: shape.theme,
      ...(path === undefined ? {} : { path }), ...(shape.size === undefined ? {} : { size: shape.size }), ...(shape.scale === undefined ? {} : { scale: shape.scale }),
    });
    await ready(page);
    await picture(page, `${name}-${shape.suffix}`);
    await check(page).catch((error: unknown) => {
      throw new Error(`${name} ${shape.suffix}: ${String(error)}`);
    });
    await noSidewaysScroll(page, `${name} ${shape.suffix}`);
    await page.context().close();
  }
}

/** The page itself never scrolls sideways: what is wide scrolls inside its own box. */
async function noSidewaysScroll(page: Page, what: string): Promise<void> {
  const over = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
  expect(over, `${what} scrolls sideways`).toBeLessThanOrEqual(0);
}
