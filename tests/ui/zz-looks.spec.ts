import { test } from 'vitest';

import { check, open, picture, withBrowser, type Theme } from './support/screen';

withBrowser();
const at = (n: number) => `/scans/scan0000-0000-7000-8000-${String(n).padStart(12, '0')}`;
for (const theme of ['light', 'dark'] as Theme[]) test(theme, { timeout: 120_000 }, async () => {
  const snap = async (page: Awaited<ReturnType<typeof open>>, name: string) => { await page.waitForTimeout(250); await picture(page, `zz-${name}-${theme}`); await check(page); await page.context().close(); };
  let page = await open({ query: 'as=doctor&rows=60', path: '/worklist', theme });
  await page.locator('[role=row][aria-selected]').first().waitFor();
  await snap(page, 'worklist');
  page = await open({ query: 'as=doctor&rows=0', path: '/worklist', theme });
  await page.getByText('No scans yet').waitFor();
  await snap(page, 'empty');
  page = await open({ query: 'as=signed-out&demo=1', theme });
  await page.locator('input[name=login]').waitFor();
  await snap(page, 'sign-in');
  page = await open({ query: 'as=doctor', path: at(8), theme });
  await page.locator('[data-testid=viewport][data-drawn]').waitFor();
  await snap(page, 'not-assessed');
  page = await open({ query: 'as=admin', path: '/models', theme });
  await page.getByRole('button', { name: /Model card of COVID/ }).click();
  await page.getByText('Known to fail on').waitFor();
  await snap(page, 'card');
  page = await open({ query: 'as=doctor', path: '/worklist', theme });
  await page.locator('[role=row][aria-selected]').first().waitFor();
  await page.evaluate(() => (window as unknown as { fakeDrop: (p: string[]) => void }).fakeDrop(['/usb/film.png', '/usb/other.dcm']));
  await page.getByRole('button', { name: 'Decide whose other.dcm is' }).click();
  await page.getByText('This file names somebody else').waitFor();
  await snap(page, 'identity');
  page = await open({ query: 'as=doctor', path: '/worklist', theme });
  await page.locator('[role=row][aria-selected]').first().waitFor();
  await page.getByRole('button', { name: /Lock/ }).first().click();
  await page.getByText('Nothing was lost').waitFor();
  await snap(page, 'lock');
  page = await open({ query: 'as=first-start', theme });
  await page.getByRole('button', { name: 'Set up a clinic' }).click();
  await page.getByLabel("Clinic's name").fill('Lakeside Chest Clinic');
  for (const [who, login] of [['Administrator', 'ruth'], ['First doctor', 'leila']] as const) {
    const group = page.getByRole('group', { name: who });
    await group.getByLabel('Name', { exact: true }).fill(`Person ${login}`);
    await group.getByLabel('Sign-in name').fill(login);
    await group.getByLabel('Password', { exact: true }).fill('four plain words here');
  }
  await page.getByRole('button', { name: 'Next' }).click();
  await page.getByRole('region', { name: 'Chest films' }).waitFor();
  await picture(page, `zz-models-${theme}`);
  await page.getByRole('button', { name: 'Create the clinic' }).click();
  await page.getByRole('list', { name: 'Recovery phrase' }).waitFor();
  await snap(page, 'phrase');
});
