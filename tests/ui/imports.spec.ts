import { expect, test } from 'vitest';

import { check, open, picture, withBrowser } from './support/screen';

withBrowser();

const drop = (paths: string[]) => (window as unknown as { fakeDrop: (paths: string[]) => void }).fakeDrop(paths);

test('what is dropped is imported, refused by name, or asked about', async () => {
  const page = await open({ query: 'as=doctor&rows=20', path: '/worklist' });
  await page.getByRole('grid').waitFor();
  await page.evaluate(drop, ['/usb/film.png', '/usb/bad.dcm', '/usb/again.dcm', '/usb/noname.png', '/usb/other.dcm']);
  const panel = page.getByRole('complementary', { name: 'Imports' });
  await panel.getByText('Finished').waitFor();
  await panel.getByText('1 imported · 1 was here already · 1 not readable · 1 without a patient · 1 names somebody else').waitFor();
  await picture(page, 'imports');
  await check(page);

  await panel.getByRole('button', { name: 'Decide whose other.dcm is' }).click();
  await page.getByText('This file names somebody else').waitFor();
  await expect.poll(() => page.getByText('differs', { exact: true }).count()).toBe(3);
  // Nobody of that name: the way on stands there.
  const dialog = page.getByRole('dialog');
  await dialog.getByText('No patient found').waitFor();
  await picture(page, 'imports-identity');
  await check(page);
  await dialog.getByRole('button', { name: 'A new patient' }).click();
  expect(await page.getByLabel('Full name').inputValue()).toBe('ANNA KOWALSKA');
  await page.getByRole('button', { name: 'Leave it out' }).click();
  await panel.getByText('1 left out').waitFor();

  await panel.getByRole('button', { name: 'Decide whose noname.png is' }).click();
  await page.getByRole('tab', { name: 'A new patient' }).click();
  await page.getByLabel('Full name').fill('Rosa Example');
  await picture(page, 'imports-new-patient');
  await check(page);
  await page.getByRole('button', { name: 'Add this patient and import' }).click();
  await panel.getByText('2 imported').waitFor();
});

test('a long import shows progress and stops', async () => {
  const page = await open({ query: 'as=doctor&rows=20', path: '/worklist' });
  await page.getByRole('grid').waitFor();
  await page.keyboard.press('Control+i');
  await page.getByRole('dialog').waitFor();
  await picture(page, 'imports-dialog');
  await check(page);
  await page.getByLabel('Path of a file or folder').fill('/usb/folder');
  await page.keyboard.press('Enter');
  await page.getByRole('progressbar').waitFor();
  await picture(page, 'imports-running');
  await page.getByRole('button', { name: 'Stop', exact: true }).click();
  await page.getByText('Stopped. What was kept stays.').waitFor();
});
