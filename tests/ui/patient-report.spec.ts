// A report on the patient's phone: a locked file to keep, told in the patient's words; nothing of it stays after the end.
import { expect, test } from 'vitest';

import { inside, phone, type Phone, seen, type Shape, withPhones } from './support/phone';

withPhones();

const PDF = new TextEncoder().encode(`%PDF-1.7\n${'sealed '.repeat(12_000)}`);

async function given(own: string, shape?: Shape, name?: string): Promise<Phone> {
  const at = await phone((clinic) => clinic.link, shape);
  await inside(at, own, name);
  await at.clinic.handOver(PDF);
  await at.clinic.until(() => at.clinic.said.some(({ t }) => t === 'has'));
  return at;
}

async function keep(at: Phone, name: string): Promise<Buffer> {
  const downloading = at.page.waitForEvent('download');
  await at.page.getByRole('button', { name }).click();
  const download = await downloading;
  expect(download.suggestedFilename()).toBe('R-000123.pdf');
  const pieces: Buffer[] = [];
  for await (const piece of await download.createReadStream()) pieces.push(piece as Buffer);
  return Buffer.concat(pieces);
}

test.each<[string, string, string, Shape]>([
  ['es-light', 'Español', 'Guardarlo', {}],
  ['ar-dark', 'العربية', 'احتفظ به', { locale: 'ar', dark: true }],
  ['de-large', 'Deutsch', 'Behalten', { locale: 'de', look: { large: true } }],
  ['te-contrast', 'తెలుగు', 'దాచుకోండి', { locale: 'te', look: { contrast: true } }],
])('a report is handed over: %s', async (name, own, button, shape) => {
  const at = await given(own, shape);
  await at.page.getByRole('button', { name: button }).waitFor();
  await seen(at, `report-${name}`);
  expect(Buffer.compare(await keep(at, button), Buffer.from(PDF))).toBe(0);
}, 60_000);

test('it is there again after a reload, and can be kept when the conversation is over; then nothing stays', async () => {
  const at = await given('English', {}, 'Marta');
  await at.page.getByRole('button', { name: 'Keep it' }).waitFor();
  await at.page.reload();
  await at.page.getByRole('button', { name: 'Keep it' }).waitFor();
  await at.clinic.tell({ t: 'ended' });
  await at.page.getByText('The conversation is over').waitFor();
  await seen(at, 'report-over');
  const disk = () => at.page.evaluate(() => new Promise((done) => {
    const opening = indexedDB.open('medibridge', 1);
    opening.onsuccess = () => {
      const asked = opening.result.objectStoreNames.length === 0 ? undefined : opening.result.transaction('sealed').objectStore('sealed').count();
      if (asked === undefined) done(0);
      else asked.onsuccess = () => (opening.result.close(), done(asked.result));
    };
  }));
  await expect.poll(disk).toBe(0);
  expect(Buffer.compare(await keep(at, 'Keep it'), Buffer.from(PDF))).toBe(0);
  await at.page.getByRole('button', { name: 'Erase it from this phone' }).click();
  await at.page.getByText('Nothing of the conversation is left on this phone.').waitFor();
  expect(await at.page.getByRole('button', { name: 'Keep it' }).count()).toBe(0);
}, 60_000);

test('one that the relay no longer has is told, with what to do', async () => {
  const at = await phone((clinic) => clinic.link);
  await inside(at, 'English', 'Marta');
  await at.clinic.handOver(PDF, true);
  await at.page.getByText('ask the doctor to hand it over again').waitFor();
  await seen(at, 'report-lost');
  expect(await at.page.getByRole('button', { name: 'Keep it' }).count()).toBe(0);
}, 60_000);
