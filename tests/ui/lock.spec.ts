import { expect, test } from 'vitest';

import { check, open, picture, withBrowser } from './support/screen';

withBrowser();

test('locking hides everything and loses nothing', async () => {
  const page = await open({ query: 'as=doctor&rows=20', path: '/patients' });
  await page.getByRole('button', { name: 'Add a patient' }).first().click();
  await page.getByLabel('Full name').fill('Half-written Person');
  await page.keyboard.press('Control+l');
  await page.getByRole('heading', { name: 'Locked' }).waitFor();
  await picture(page, 'lock');
  await check(page);
  await page.keyboard.press('Control+k');
  await page.keyboard.press('Escape');
  expect(await page.getByRole('combobox', { name: /Find a patient/ }).count()).toBe(0);
  expect(await page.getByLabel('Full name').isVisible()).toBe(false);

  await page.getByLabel(/^Password of/).fill('wrong');
  await page.getByRole('button', { name: 'Unlock' }).click();
  await page.getByRole('alert').waitFor();
  await page.getByLabel(/^Password of/).fill('demo clinic');
  await page.getByRole('button', { name: 'Unlock' }).click();
  await page.getByRole('heading', { name: 'Locked' }).waitFor({ state: 'detached' });
  expect(await page.getByLabel('Full name').inputValue()).toBe('Half-written Person');
});

test('the countdown warns, any key stops it, nobody there locks', async () => {
  const page = await open({ query: 'as=doctor&rows=5', path: '/worklist' });
  await page.getByRole('grid').waitFor();
  await page.clock.install();
  await page.reload();
  await page.getByRole('grid').waitFor();
  await page.clock.runFor(4.6 * 60_000);
  await page.getByText('This window locks soon').waitFor();
  await picture(page, 'lock-countdown');
  await page.keyboard.press('Shift');
  await page.clock.runFor(2000);
  expect(await page.getByText('This window locks soon').count()).toBe(0);
  await page.clock.runFor(5.1 * 60_000);
  await page.getByRole('heading', { name: 'Locked' }).waitFor();
});
