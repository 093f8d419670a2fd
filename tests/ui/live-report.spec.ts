import type { Page } from 'playwright-core';
import { expect, test } from 'vitest';

import { check, everyShape, open, picture, withBrowser } from './support/screen';

withBrowser();

const talking = { query: 'as=doctor&rows=30&study=3&live=talking&guest=manual&reports=10', path: '/consultations' } as const;
const enter = (page: Page) => page.locator('main li button, main tbody tr').first().click();

test('handing a report over in every shape', () => everyShape({ name: 'live-hand-over', ...talking, ready: async (page) => {
  await enter(page);
  await page.locator('header button').filter({ has: page.locator('.lucide-file-lock-2, .lucide-file-lock, .lucide-file-lock2') }).click();
  await page.getByRole('dialog').getByRole('radio').first().waitFor();
} }));

test('a signed report goes to the phone, and the doctor sees that it is there', async () => {
  const page = await open({ ...talking });
  await enter(page);
  await page.getByRole('button', { name: 'Hand over report' }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByText('it is never sent with the file', { exact: false }).waitFor();
  await dialog.getByRole('radio').first().check();
  expect(await dialog.getByRole('button', { name: 'Hand over' }).isDisabled()).toBe(true);
  for (const box of await dialog.getByRole('checkbox').all()) await box.check();
  await picture(page, 'live-hand-over-choose');
  await check(page);
  await dialog.getByRole('button', { name: 'Hand over' }).click();
  await page.getByText('On 1 phone').waitFor();
  await picture(page, 'live-hand-over-there');
  await check(page);
  expect(await page.getByText(/R-\d{6}, locked PDF/).count()).toBe(1);
});
