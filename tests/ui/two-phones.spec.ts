// Two patients in real Chromium, one Spanish and one Arabic, and the workstation's own core, through a real relay
// process over TLS. Nothing here is pretended; what translates is the phrasebook.
import { randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { type Browser, type BrowserContext, chromium, type Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';

import { House } from './support/house';
import { picture } from './support/screen';

const ARGS = ['--no-sandbox', '--disable-dev-shm-usage', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking', '--disable-component-update', '--disable-sync', '--use-fake-device-for-media-stream', '--use-fake-ui-for-media-stream', '--autoplay-policy=no-user-gesture-required'];

let browser: Browser;
let house: House;

beforeAll(async () => {
  browser = await chromium.launch({ executablePath: process.env['CHROMIUM'] ?? '/usr/bin/chromium', args: ARGS });
  house = await House.open();
}, 900_000);
afterAll(async () => {
  await browser.close();
  house.close();
});

async function phone(): Promise<{ context: BrowserContext; page: Page }> {
  // The certificate is the relay's own: a person would accept it, or install it.
  const context = await browser.newContext({ viewport: { width: 390, height: 844 }, ignoreHTTPSErrors: true, hasTouch: true, isMobile: true, acceptDownloads: true, permissions: ['microphone'] });
  context.setDefaultTimeout(30_000);
  return { context, page: await context.newPage() };
}

async function arrive(page: Page, address: string, own: string, name: string): Promise<void> {
  await page.goto(address);
  await page.getByRole('button', { name: own, exact: true }).click();
  await page.getByRole('textbox').fill(name);
  await page.locator('button[type=submit]').click();
}

async function letIn(page: Page, name: string): Promise<void> {
  const guest = await house.waiting(name);
  // The doctor and the patient see the same four pictures.
  const shown = await page.locator('ol li').allInnerTexts();
  expect(shown.map((text) => text.split('\n')[0])).toEqual(guest.code);
  await house.about('live.admit', { participant_id: guest.id });
  await page.getByRole('log').waitFor();
}

const write = async (page: Page, text: string) => {
  await page.getByRole('textbox').fill(text);
  await page.locator('button[type=submit]').click();
};

test('a Spanish and an Arabic phone talk with the doctor, and a page is loaded again in the middle', async () => {
  const [marta, yusuf] = [await phone(), await phone()];
  await arrive(marta.page, await house.invite(), 'Español', 'Marta');
  await arrive(yusuf.page, await house.invite(), 'العربية', 'يوسف');
  await letIn(marta.page, 'Marta');
  await letIn(yusuf.page, 'يوسف');

  const asked = await house.say('Where does it hurt? Please show me.');
  for (const { page } of [marta, yusuf]) await page.getByText(asked.text).waitFor();
  const arabic = yusuf.page.locator('li').filter({ hasText: asked.text });
  expect(await arabic.locator('[lang=ar]').first().getAttribute('dir')).toBe('rtl');

  await write(marta.page, 'Me duele la cabeza desde ayer');
  await yusuf.page.getByText('Me duele la cabeza desde ayer').waitFor();
  await write(yusuf.page, 'أشعر بألم في صدري');
  await marta.page.getByText('أشعر بألم في صدري').waitFor();

  // What nobody translates is said to be untranslated, in the reader's language.
  await house.say('The blue kettle sings on Tuesdays');
  await marta.page.locator('li').filter({ hasText: 'The blue kettle' }).getByText('Sin traducir').waitFor();
  await picture(marta.page, 'phones-es');
  await picture(yusuf.page, 'phones-ar');

  await marta.page.reload();
  await marta.page.getByText('The blue kettle sings on Tuesdays').waitFor();
  await marta.context.setOffline(true);
  await write(marta.page, 'Escrito sin red');
  await house.say('Please wait here.');
  await marta.context.setOffline(false);
  await yusuf.page.getByText('Escrito sin red').waitFor();
  await marta.page.getByText('Please wait here.').waitFor();

  const kept = await house.kept();
  expect(kept.map(({ n }) => n)).toEqual(kept.map((_, place) => place + 1));
  const texts = kept.map(({ text }) => text);
  expect(new Set(texts).size).toBe(texts.length);
  for (const { page } of [marta, yusuf]) {
    const screen = await page.getByRole('log').innerText();
    for (const text of texts) expect(screen.split(text).length - 1, text).toBe(1);
  }
}, 240_000);

test('a voice note of the phone comes into the record and plays on the other phone', async () => {
  const [marta, yusuf] = [await phone(), await phone()];
  await arrive(marta.page, await house.invite(), 'English', 'Speaker');
  await letIn(marta.page, 'Speaker');
  await arrive(yusuf.page, await house.invite(), 'English', 'Listener');
  await letIn(yusuf.page, 'Listener');
  const before = (await house.kept()).length;
  await marta.page.getByRole('button', { name: 'Voice note' }).click();
  await marta.page.getByRole('button', { name: 'Start recording' }).click();
  await marta.page.waitForTimeout(2_500);
  await marta.page.getByRole('dialog').getByRole('button', { name: 'Send', exact: true }).click();
  const note = await house.until(async () => (await house.kept())[before] as { n: number; sound?: { ms: number; peaks: number[] } } | undefined);
  expect(note.sound?.ms).toBeGreaterThan(1_500);
  expect(note.sound?.peaks).toHaveLength(64);
  await yusuf.page.getByRole('button', { name: 'Play voice note' }).last().click();
  await yusuf.page.getByRole('button', { name: 'Pause voice note' }).waitFor();
}, 120_000);

test('a signed and sealed report is handed over, kept on the phone, and delivered once to each phone', async () => {
  const { page } = await phone();
  await arrive(page, await house.invite(), 'Español', 'Marta Ibáñez');
  await letIn(page, 'Marta Ibáñez');
  const { id, passphrase } = await house.report();
  const before = (await house.kept()).length;
  await house.about('live.hand_over', { message_id: randomUUID(), report_id: id, confirmed: house.confirmed() });
  await page.getByRole('button', { name: 'Guardarlo' }).waitFor();
  const held = async () => ((await house.kept())[before] as unknown as { handed_over: { held_by: string[]; bytes: number } }).handed_over;
  // Marta's phone, and those of the stories above that are still in the room.
  const given = await house.until(async () => ((await held()).held_by.length > 0 ? held() : undefined));
  // There again after a reload, and still one delivery for each phone.
  await page.reload();
  const keep = page.getByRole('button', { name: 'Guardarlo' });
  await keep.waitFor();
  await picture(page, 'phones-report');
  const downloading = page.waitForEvent('download');
  await keep.click();
  const download = await downloading;
  expect(download.suggestedFilename()).toMatch(/^R-\d{6}\.pdf$/);
  const pdf = readFileSync(await download.path());
  expect(pdf.length).toBe(given.bytes);
  expect(pdf.subarray(0, 5).toString()).toBe('%PDF-');
  expect(pdf.includes('/Encrypt')).toBe(true);
  for (const hidden of [passphrase, 'Ibáñez']) expect(pdf.includes(hidden)).toBe(false);
  expect(await page.evaluate(() => document.body.innerText + JSON.stringify({ ...sessionStorage }))).not.toContain(passphrase);
  const { rows } = await house.call<{ rows: { channel: string; state: string }[] }>('delivery.page', { report_id: id, state: null, cursor: null, limit: 50 });
  const { held_by: phones } = await held();
  expect(new Set(phones).size).toBe(phones.length);
  expect(rows.map(({ channel, state }) => [channel, state])).toEqual(phones.map(() => ['consultation', 'delivered']));
}, 120_000);

test('a spoken code leads to the waiting room once, and a wrong one nowhere', async () => {
  const { page } = await phone();
  const code = await house.invite(true);
  await arrive(page, house.url, 'English', 'Caller');
  await page.getByLabel('Code of ten digits').fill(code);
  await page.locator('button[type=submit]').click();
  await letIn(page, 'Caller');

  const wrong = await phone();
  const next = (await house.invite(true)).replace(/\D/g, '');
  const pin = next.slice(4) === '000000' ? '111111' : '000000';
  await arrive(wrong.page, house.url, 'English', 'Guesser');
  await wrong.page.getByLabel('Code of ten digits').fill(next.slice(0, 4) + pin);
  await wrong.page.locator('button[type=submit]').click();
  await wrong.page.getByText('That was not the right code').waitFor();
  // One guess: the right one does not work any more either.
  const late = await phone();
  await arrive(late.page, house.url, 'English', 'Late');
  await late.page.getByLabel('Code of ten digits').fill(next);
  await late.page.locator('button[type=submit]').click();
  await late.page.getByText('This code no longer works').waitFor();
}, 120_000);

test('the end leaves nothing on the phone but what the patient saves', async () => {
  const { page } = await phone();
  await arrive(page, await house.invite(), 'English', 'Last');
  await letIn(page, 'Last');
  await page.getByText('The blue kettle sings on Tuesdays').waitFor();
  await house.about('live.end');
  await page.getByText('The conversation is over').waitFor();
  const download = page.waitForEvent('download');
  await page.getByRole('button', { name: 'Save the conversation' }).click();
  expect((await download).suggestedFilename()).toMatch(/\.html$/);
  await page.getByRole('button', { name: 'Erase it from this phone' }).click();
  await page.getByText('Nothing of the conversation is left on this phone.').waitFor();
  const left = await page.evaluate(() => JSON.stringify([{ ...sessionStorage }, { ...localStorage }]));
  expect(left).not.toMatch(/kettle|resume|psk|token/);
}, 120_000);
