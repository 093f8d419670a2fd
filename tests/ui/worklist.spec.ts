import { expect, test } from 'vitest';

import { everyShape, open, picture, check, withBrowser } from './support/screen';

withBrowser();

test('the worklist in every shape', () => everyShape({
  name: 'worklist', query: 'as=doctor&rows=60', path: '/worklist', ready: (page) => page.locator('[role=row][aria-selected]').first().waitFor(),
}));

test('an empty worklist shows where to drop scans', async () => {
  const page = await open({ query: 'as=doctor&rows=0', path: '/worklist' });
  await page.getByText('No scans yet').waitFor();
  expect(await page.getByRole('button', { name: /Import scans/ }).count()).toBe(1);
  expect(await page.getByRole('searchbox').count()).toBe(0);
  await picture(page, 'worklist-empty');
  await check(page);
});

test('names of classes are read whole where the window is 1280 wide', async () => {
  const page = await open({ query: 'as=doctor&rows=60', path: '/worklist' });
  const names = page.locator('[role=row][aria-selected] li bdi');
  await names.first().waitFor();
  const cut = await names.evaluateAll((all) => all.filter((one) => one.scrollWidth > one.clientWidth).map((one) => one.textContent));
  expect(await names.count()).toBeGreaterThan(20);
  expect(cut).toEqual([]);
});

test('beside the imports no column is lost', async () => {
  const page = await open({ query: 'as=doctor&rows=60', path: '/worklist' });
  await page.locator('[role=row][aria-selected]').first().waitFor();
  await page.evaluate(() => (window as unknown as { fakeDrop: (paths: string[]) => void }).fakeDrop(['/usb/film.png']));
  await page.getByRole('complementary', { name: 'Imports' }).getByText('Finished').waitFor();
  const over = await page.getByRole('grid').evaluate((grid) => grid.scrollWidth - grid.clientWidth);
  expect(over).toBeLessThanOrEqual(0);
  await picture(page, 'worklist-beside-imports');
});

test('waiting and failing are shown', async () => {
  const waiting = await open({ query: 'as=doctor&stall=reading.worklist', path: '/worklist' });
  await waiting.getByRole('status', { name: 'Loading' }).first().waitFor();
  await picture(waiting, 'worklist-waiting');
  const failing = await open({ query: 'as=doctor&fail=reading.worklist:busy', path: '/worklist' });
  await failing.getByText('Another program holds what is needed.').first().waitFor();
  await picture(failing, 'worklist-failing');
});

test('J, K and Enter walk and open; the case comes from the list', async () => {
  const page = await open({ query: 'as=doctor&rows=60', path: '/worklist' });
  const rows = page.locator('[role=row][aria-selected]');
  await rows.first().waitFor();
  await page.keyboard.press('j');
  await page.keyboard.press('j');
  await page.keyboard.press('k');
  expect(await page.locator('[role=row][aria-selected=true]').getAttribute('aria-rowindex')).toBe('3');
  await page.keyboard.press('Enter');
  await page.waitForURL(/#\/scans\//);
});

test('a status chip filters and its count is true', async () => {
  const page = await open({ query: 'as=doctor&rows=60', path: '/worklist' });
  const chip = page.getByRole('button', { name: /^Verified/ });
  await chip.waitFor();
  const count = Number((await chip.innerText()).replace(/\D/g, ''));
  await chip.click();
  await page.getByText(`${count} scans`).waitFor();
  expect(await page.getByRole('grid').getAttribute('aria-rowcount')).toBe(String(count + 1));
});

test('10,000 rows scroll to the end while few exist', async () => {
  const page = await open({ query: 'as=doctor&rows=10000', path: '/worklist' });
  await page.locator('[role=row][aria-selected]').first().waitFor();
  const grid = page.getByRole('grid');
  expect(await grid.getAttribute('aria-rowcount')).toBe('10001');
  await grid.evaluate((table) => table.scrollTo({ top: table.scrollHeight }));
  await page.locator('[aria-rowindex="10001"][aria-selected]').waitFor({ timeout: 30_000 });
  expect(await page.locator('[role=row]').count()).toBeLessThan(80);
  await picture(page, 'worklist-10000-end');
});

test('a priority needs a reason and moves the case up', async () => {
  const page = await open({ query: 'as=doctor&rows=60', path: '/worklist' });
  await page.locator('[role=row][aria-selected]').first().waitFor();
  for (let n = 0; n < 12; n += 1) await page.keyboard.press('j');
  await page.keyboard.press('p');
  await page.getByLabel('How soon').selectOption('immediate');
  const go = page.getByRole('dialog').getByRole('button', { name: 'Set priority' });
  expect(await go.isDisabled()).toBe(true);
  await page.getByLabel('Why').fill('Haemoptysis');
  await picture(page, 'worklist-priority');
  await check(page);
  await go.click();
  await page.getByText('Haemoptysis').first().waitFor();
});
