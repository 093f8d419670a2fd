// A phone: the built page under the relay's own policy, on a screen of 390×844, joined to a pretended relay and clinic.
import { readdirSync, readFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import { extname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type Browser, type BrowserContextOptions, chromium, type Page } from 'playwright-core';
import { build } from 'vite';
import { afterAll, beforeAll, expect } from 'vitest';

import { FakeClinic } from './clinic';
import { check, picture } from './screen';

const UI = fileURLToPath(new URL('../../../ui/', import.meta.url));
const BUILT = join(UI, 'dist-patient');
const ARGS = ['--no-sandbox', '--disable-dev-shm-usage', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking', '--disable-component-update', '--disable-sync', '--use-fake-device-for-media-stream', '--use-fake-ui-for-media-stream', '--autoplay-policy=no-user-gesture-required'];
const TYPES: Record<string, string> = { '.html': 'text/html; charset=utf-8', '.js': 'text/javascript', '.css': 'text/css', '.svg': 'image/svg+xml' };
/** As the relay sends it: files of its own, nothing inline, nothing from elsewhere. */
const POLICY = "default-src 'none'; script-src 'self'; worker-src 'self'; style-src 'self'; img-src 'self'; media-src blob:; connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

export interface Shape {
  locale?: string;
  dark?: boolean;
  /** Kept by the page for the tab: how it looks. */
  look?: { large?: boolean; contrast?: boolean };
  size?: { width: number; height: number };
  /** Refuses the microphone. */
  deaf?: boolean;
}

export interface Phone {
  page: Page;
  clinic: FakeClinic;
}

let browser: Browser | undefined;
let server: Server | undefined;
let address = '';

/** Builds the page, serves it, starts the browser; around the specs of a file. */
export function withPhones(): void {
  beforeAll(async () => {
    if (process.env['MEDIBRIDGE_SCREENS_BUILT'] === undefined) await build({ root: UI, configFile: join(UI, 'patient.config.ts'), logLevel: 'error' });
    // Read once: a build beside the specs does not pull the page from under them.
    const files = new Map(['/patient.html', ...readdirSync(join(BUILT, 'assets')).map((name) => `/assets/${name}`)].map((name) => [name, readFileSync(join(BUILT, name))]));
    server = createServer(({ url = '/' }, answer) => {
      const path = new URL(url, 'http://phone').pathname;
      const file = path.startsWith('/assets/') ? path : '/patient.html';
      answer.writeHead(files.has(file) ? 200 : 404, { 'Content-Type': TYPES[extname(file)] ?? 'application/octet-stream', 'Content-Security-Policy': POLICY, 'X-Content-Type-Options': 'nosniff' });
      answer.end(files.get(file));
    });
    await new Promise<void>((resolve) => server?.listen(0, '127.0.0.1', resolve));
    const bound = server.address();
    address = `http://127.0.0.1:${typeof bound === 'object' && bound !== null ? bound.port : 0}`;
    browser = await chromium.launch({ executablePath: process.env['CHROMIUM'] ?? '/usr/bin/chromium', args: ARGS });
  });
  afterAll(async () => {
    await browser?.close();
    server?.close();
  });
}

/** Opens a path of the relay on a phone; an error on its console, or anything that the policy stopped, fails `seen`. */
export async function phone(path: string | ((clinic: FakeClinic) => string), { locale = 'en-GB', dark = false, look, size = { width: 390, height: 844 }, deaf = false }: Shape = {}, clinic?: FakeClinic): Promise<Phone> {
  if (browser === undefined) throw new Error('withPhones() first');
  const behind = clinic ?? (await FakeClinic.open('4711123456'));
  const options: BrowserContextOptions = { viewport: size, locale, timezoneId: 'UTC', reducedMotion: 'reduce', colorScheme: dark ? 'dark' : 'light', hasTouch: true, isMobile: true, acceptDownloads: true, permissions: deaf ? [] : ['microphone'] };
  const context = await browser.newContext(options);
  context.setDefaultTimeout(30_000);
  const page = await context.newPage();
  const errors: string[] = [];
  page.on('pageerror', (error) => errors.push(String(error)));
  // What the network refuses is part of the tests; what the page does wrong is not.
  page.on('console', (message) => message.type() === 'error' && !/Failed to load resource/.test(message.text()) && errors.push(message.text()));
  Object.assign(page, { errors });
  await page.addInitScript(() => document.addEventListener('securitypolicyviolation', ({ violatedDirective, blockedURI }) => console.error(`policy: ${violatedDirective} ${blockedURI}`)));
  if (look !== undefined) await page.addInitScript((worn) => sessionStorage.getItem('medibridge.look') ?? sessionStorage.setItem('medibridge.look', worn), JSON.stringify(look));
  if (deaf) await page.addInitScript(() => (navigator.mediaDevices.getUserMedia = () => Promise.reject(new DOMException('no', 'NotAllowedError'))));
  await connect(page, behind);
  await page.goto(address + (typeof path === 'function' ? path(behind) : path));
  return { page, clinic: behind };
}

/** The relay's requests and socket, answered by the pretended one. */
async function connect(page: Page, { relay }: FakeClinic): Promise<void> {
  await page.route('**/v1/**', async (route) => {
    if (relay.cut) return route.abort('internetdisconnected');
    const request = route.request();
    const body = request.postDataBuffer();
    const answer = relay.http(request.method(), new URL(request.url()).pathname, body === null ? undefined : new Uint8Array(body), request.headers()['authorization']);
    await route.fulfill({ status: answer.status, headers: answer.headers ?? {}, body: answer.body instanceof Uint8Array ? Buffer.from(answer.body) : JSON.stringify(answer.body ?? null) });
  });
  await page.routeWebSocket('**/v1/live', (socket) => {
    if (relay.cut) return void socket.close();
    const end = relay.connect({ send: (text) => socket.send(text), close: () => (end.gone(), void socket.close()) });
    socket.onMessage((text) => end.hear(String(text)));
    socket.onClose(() => end.gone());
  });
}

/** Looked at by axe, kept as a picture, and nothing scrolls sideways or is too small to tap. */
export async function seen({ page }: Phone, name: string): Promise<void> {
  await picture(page, `patient-${name}`);
  await check(page).catch((error: unknown) => {
    throw new Error(`${name}: ${String(error)}`);
  });
  const over = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
  expect(over, `${name} scrolls sideways`).toBeLessThanOrEqual(0);
  const small = await page.evaluate(() => [...document.querySelectorAll<HTMLElement>('button, input, textarea')]
    .filter((part) => part.checkVisibility() && part.closest('[hidden], .unseen') === null)
    .map((part) => ({ what: (part.ariaLabel ?? part.innerText).slice(0, 40), box: (part.closest('label') ?? part).getBoundingClientRect() }))
    .filter(({ box }) => box.height > 0 && box.height < 47.5).map(({ what, box }) => `${what}: ${box.height.toFixed(0)} px`));
  expect(small, `${name}: targets below 48 px`).toEqual([]);
}

/** Chooses a language, says a name, and stands before the doctor's door. */
export async function arrive(at: Phone, own = 'Español', name = 'Lucía Hernández'): Promise<void> {
  await at.page.getByRole('button', { name: own, exact: true }).click();
  await at.page.getByRole('textbox').fill(name);
  await at.page.locator('button[type=submit]').click();
  await at.page.locator('ol li').nth(3).waitFor();
}

/** Let in. */
export async function inside(at: Phone, own?: string, name?: string): Promise<void> {
  await arrive(at, own, name);
  await at.clinic.admit();
  await at.page.getByRole('log').waitFor();
}
