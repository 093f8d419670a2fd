import { expect, test } from 'vitest';

import { check, everyShape, open, picture, withBrowser } from './support/screen';

withBrowser();

const LIST = 'as=doctor&rows=60&reports=24';
const row = '[role=row][aria-selected]';

test('the reports in every shape', () => everyShape({ name: 'reports', query: LIST, path: '/reports', ready: (page) => page.locator(row).first().waitFor() }));

test('what waits is counted truly, on the chips and on the rail', async () => {
  const page = await open({ query: LIST, path: '/reports' });
  await page.locator(row).first().waitFor();
  const count = async (name: RegExp) => Number((await page.getByRole('group', { name: 'Which reports' }).getByRole('button', { name }).innerText()).replace(/\D/g, ''));
  const drafts = await count(/^Drafts/);
  const toSign = await count(/^To sign/);
  await page.getByRole('button', { name: /^Drafts/ }).click();
  await page.getByText(`${drafts} report`).waitFor();
  expect(await page.locator(row).count()).toBe(drafts);
  await page.getByRole('button', { name: /^To sign/ }).click();
  await page.getByText(`${toSign} report`).waitFor();
  await page.getByRole('button', { name: /^All/ }).click();
  const trouble = await page.getByRole('grid').getByText(/^\d+ (uncertain|failed)$/).count();
  const told = Number((await page.getByRole('link', { name: /^Reports/ }).innerText()).replace(/\D/g, ''));
  expect(told).toBe(drafts + toSign + trouble);
});

test('J, K and Enter walk and open; a name finds', async () => {
  const page = await open({ query: LIST, path: '/reports' });
  await page.locator(row).first().waitFor();
  await page.keyboard.press('j');
  await page.keyboard.press('j');
  await page.keyboard.press('k');
  expect(await page.locator('[role=row][aria-selected=true]').getAttribute('aria-rowindex')).toBe('3');
  await page.keyboard.press('/');
  await page.keyboard.type('Raman');
  await page.locator(row).filter({ hasText: 'Raman' }).first().waitFor();
  await page.locator(row).filter({ hasText: 'Diallo' }).first().waitFor({ state: 'detached' });
  await page.keyboard.press('Escape');
  await page.keyboard.press('Enter');
  await page.waitForURL(/#\/reports\/.+/);
});

test('10,000 reports scroll to the end while few exist', async () => {
  const page = await open({ query: 'as=doctor&rows=10000&reports=10000', path: '/reports' });
  await page.locator(row).first().waitFor();
  const grid = page.getByRole('grid');
  for (let n = 0; n < 80; n += 1) {
    await grid.evaluate((table) => table.scrollTo({ top: table.scrollHeight }));
    if (await page.locator('[aria-rowindex="10001"][aria-selected]').count() > 0) break;
    await page.waitForTimeout(60);
  }
  await page.locator('[aria-rowindex="10001"][aria-selected]').waitFor();
  expect(await page.locator('[role=row]').count()).toBeLessThan(80);
});

test('none, waiting and failing are shown', async () => {
  const none = await open({ query: 'as=doctor&rows=5&reports=0', path: '/reports' });
  await none.getByText('No reports yet').waitFor();
  await picture(none, 'reports-empty');
  await check(none);
  await none.getByRole('button', { name: 'Go to the worklist' }).click();
  await none.waitForURL(/#\/worklist/);
  const waiting = await open({ query: 'as=doctor&stall=reports.page', path: '/reports' });
  await waiting.getByRole('status', { name: 'Loading' }).first().waitFor();
  const failing = await open({ query: 'as=doctor&fail=reports.page:busy', path: '/reports' });
  await failing.getByText('Another program holds what is needed.').first().waitFor();
  await picture(failing, 'reports-failing');
});

test('who may not write reports has no place for them', async () => {
  const page = await open({ query: 'as=admin', path: '/reports' });
  await page.getByText('Not part of your role').waitFor();
  expect(await page.getByRole('link', { name: /^Reports/ }).count()).toBe(0);
});

test('from the picture to the report with keys alone: verdict, report, text, signature', async () => {
  const page = await open({ query: 'as=doctor&rows=20', path: '/scans/scan0000-0000-7000-8000-000000000000' });
  await page.getByRole('button', { name: 'Write report' }).waitFor();
  await page.keyboard.press('a');
  await page.getByRole('button', { name: /^Record/ }).waitFor();
  await page.keyboard.press('Enter');
  await page.getByText('Agrees with the AI').waitFor();
  await picture(page, 'reports-from-reading-room');
  await check(page);
  await page.keyboard.press('d');
  await page.waitForURL(/#\/reports\/.+/);
  await page.getByRole('textbox', { name: 'Findings' }).waitFor();
  await page.getByText('Dr Leila Haddad agrees with the AI').waitFor();
});

test('a report that is there is opened from the worklist and the picture, not written twice', async () => {
  const page = await open({ query: 'as=doctor&rows=20&reports=12', path: '/scans/scan0000-0000-7000-8000-000000000002' });
  await page.getByRole('button', { name: 'Open report R-000003' }).click();
  await page.getByRole('heading', { name: 'Chest X-ray, PA' }).waitFor();
  await page.keyboard.press('Alt+1');
  await page.getByRole('searchbox').fill('MB-000003');
  await page.locator(row).filter({ hasText: 'MB-000003' }).first().waitFor();
  await page.keyboard.press('Escape');
  await page.waitForTimeout(300);
  await page.keyboard.press('r');
  await page.waitForURL(/#\/reports\/report00/);
});

test('the chart lists a patient’s reports', async () => {
  const page = await open({ query: 'as=doctor&rows=20&reports=12', path: '/patients/patient0-0000-7000-8000-000000000002' });
  const panel = page.getByRole('region', { name: 'Reports' });
  await panel.getByText('R-000003').waitFor();
  await picture(page, 'reports-chart');
  await check(page);
  await panel.getByRole('button').first().click();
  await page.waitForURL(/#\/reports\/.+/);
});
