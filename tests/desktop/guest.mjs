// A patient's phone in real Chromium, at a link: chooses Spanish, waits to be let in, waits for the doctor's words,
// answers, and says what it sees. Run by consultation.rs: node guest.mjs LINK WORDS ANSWER PICTURE
import { createRequire } from 'node:module';

const require = createRequire(new URL('../../ui/package.json', import.meta.url));
const { chromium } = require('playwright-core');

const [link, words, answer, picture] = process.argv.slice(2);
const args = ['--no-sandbox', '--disable-dev-shm-usage', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking', '--disable-component-update', '--disable-sync'];
const browser = await chromium.launch({ executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium', args });
// The room's certificate is its own; a person accepts it after comparing the fingerprint.
const context = await browser.newContext({ viewport: { width: 390, height: 844 }, ignoreHTTPSErrors: true, isMobile: true, hasTouch: true });
context.setDefaultTimeout(60_000);
const page = await context.newPage();
await page.goto(link);
await page.getByRole('button', { name: 'Español', exact: true }).click();
await page.getByRole('textbox').fill('Marta');
await page.locator('button[type=submit]').click();
await page.locator('ol li').nth(3).waitFor();
console.log(`code: ${(await page.locator('ol li').allInnerTexts()).map((text) => text.split('\n')[0]).join(' ')}`);
await page.getByRole('log').getByText(words).waitFor();
await page.getByRole('textbox').fill(answer);
await page.locator('button[type=submit]').click();
await page.getByRole('log').getByText(answer).waitFor();
await page.screenshot({ path: picture });
await page.getByText('La conversación terminó').waitFor();
console.log('over');
await browser.close();
