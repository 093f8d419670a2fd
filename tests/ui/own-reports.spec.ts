import { expect, test } from 'vitest';

import { check, everyShape, open, picture, withBrowser } from './support/screen';

withBrowser();

test("a patient's own reports in every shape", () => everyShape({ name: 'own-reports', query: 'as=patient&rows=20&reports=10', path: '/my-reports', ready: (page) => page.getByRole('main').getByRole('button').first().waitFor() }));

test('one report in every shape', () => everyShape({ name: 'own-report', query: 'as=patient&rows=20&reports=10', path: '/my-reports', ready: async (page) => {
  await page.getByRole('main').getByRole('button').filter({ has: page.locator('[data-state=amended]') }).first().click();
  await page.getByRole('main').getByRole('img').first().waitFor();
} }));

test('there are none yet, and that is said', async () => {
  const page = await open({ query: 'as=patient&rows=20', path: '/my-reports' });
  await page.getByText('There are no reports of you yet').waitFor();
  await check(page);
});

test('nothing that is not final is listed, and what was withdrawn is told plainly and cannot be kept', async () => {
  const page = await open({ query: 'as=patient&rows=20&reports=10', path: '/my-reports' });
  const rows = page.getByRole('main').getByRole('button');
  await rows.first().waitFor();
  // Of the ten: two drafts and one preliminary are the doctor's business.
  expect(await rows.count()).toBe(7);
  await rows.filter({ hasText: 'This report was withdrawn.' }).click();
  await page.getByText('Please do not rely on it', { exact: false }).waitFor();
  await page.getByText('Written for the wrong patient.').waitFor();
  expect(await page.getByRole('button', { name: 'Keep a copy' }).count()).toBe(0);
  await picture(page, 'own-report-withdrawn');
  await check(page);
  await page.getByRole('button', { name: 'All my reports' }).click();
  await rows.first().waitFor();
});

test('a copy is kept under a passphrase of their own, which must be strong and said twice', async () => {
  const page = await open({ query: 'as=patient&rows=20&reports=10', path: '/my-reports' });
  await page.getByRole('main').getByRole('button').first().click();
  await page.getByRole('main').getByRole('img').first().waitFor();
  await page.getByRole('button', { name: 'Keep a copy' }).click();
  const dialog = page.getByRole('dialog');
  const keep = dialog.getByRole('button', { name: 'Choose where to keep it' });
  await dialog.getByLabel('Your own passphrase').fill('marta');
  await dialog.getByText('This is too easy to guess.', { exact: false }).waitFor();
  await dialog.getByLabel('Your own passphrase').fill('blue kettle on a hill');
  await dialog.getByLabel('The same once more').fill('blue kettle on a hil');
  await dialog.getByText('This is not the same.').waitFor();
  expect(await keep.isDisabled()).toBe(true);
  await dialog.getByLabel('The same once more').fill('blue kettle on a hill');
  await picture(page, 'own-report-keep');
  await check(page);
  await keep.click();
  await page.getByText('Your copy is kept').waitFor();
  expect(await page.evaluate(() => window.fakeSaved)).toMatch(/R-\d{6}\.pdf$/);
  await check(page);
});
