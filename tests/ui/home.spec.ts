// Where a doctor and a patient begin, and the banner: on every screen that shows a patient, and on no other.
import { expect, test } from 'vitest';

import { check, everyShape, open, picture, withBrowser } from './support/screen';

withBrowser();

const DAY = 'as=doctor&rows=40&live=talking&guest=manual&reports=24&twins=2';

test("a doctor's day in every shape", () => everyShape({ name: 'today', query: DAY, path: '/today', ready: (page) => page.locator('section header strong').first().waitFor() }));

test('each number of the day is the length of the list it opens', async () => {
  const page = await open({ query: DAY, path: '/today' });
  const above = page.getByRole('region', { name: 'Results to look at' });
  const count = Number(await above.locator('header strong').innerText());
  expect(count).toBeGreaterThan(0);
  await check(page);
  await above.getByRole('button', { name: 'Show on the worklist' }).click();
  await page.getByRole('button', { name: 'Above the operating point, no verdict' }).waitFor();
  expect(await page.locator('[role=row][aria-rowindex]').count() || await page.locator('tbody tr').count()).toBeGreaterThan(0);
  await page.getByText(`${count} scan`, { exact: false }).first().waitFor();
  await picture(page, 'worklist-above');
  await check(page);
  await page.goBack();
  const twins = page.getByRole('region', { name: 'Likely duplicates' });
  expect(await twins.locator('header strong').innerText()).toBe('2');
  await twins.getByRole('button', { name: 'Look at them' }).click();
  await page.getByRole('article').first().waitFor();
  expect(await page.getByRole('article').count()).toBe(2);
});

test('a quiet day says so', async () => {
  const page = await open({ query: 'as=doctor&rows=0', path: '/today' });
  await page.getByText('No reading above its operating point', { exact: false }).waitFor();
  await page.getByText('Nothing of yours waits for a signature.').waitFor();
  await picture(page, 'today-quiet');
  await check(page);
});

test('where the day cannot be told, it says why and asks again', async () => {
  const page = await open({ query: 'as=doctor&rows=4&fail=home.doctor:busy', path: '/today' });
  await page.getByRole('alert').waitFor();
  await picture(page, 'today-failed');
  await check(page);
});

test("a patient's first screen in every shape", () => everyShape({ name: 'own-home', query: 'as=patient&rows=20&reports=24', ready: (page) => page.locator('li button strong').first().waitFor() }));

test('a patient touches large things, reads plain words, and comes to each of them', async () => {
  const page = await open({ query: 'as=patient&rows=20&reports=24' });
  const cards = page.locator('main li > button, [role=group] li > button');
  await cards.first().waitFor();
  expect(await cards.count()).toBeGreaterThanOrEqual(4);
  for (const card of await cards.all()) {
    expect((await card.boundingBox())?.height ?? 0).toBeGreaterThanOrEqual(48);
    expect(await card.evaluate((element) => parseFloat(getComputedStyle(element).fontSize))).toBeGreaterThanOrEqual(18);
  }
  expect(await page.getByText(/\bAI\b/).count()).toBe(0);
  await cards.first().click();
  await page.locator('article').first().waitFor();
});

/** Every address that shows one patient's data, by role. */
const OF_A_PATIENT: readonly [string, string][] = [
  ['as=doctor&rows=20', '/patients/patient0-0000-7000-8000-000000000000'],
  ['as=doctor&rows=20', '/scans/scan0000-0000-7000-8000-000000000000'],
  ['as=doctor&rows=20&reports=24', 'reports'],
  ['as=doctor&rows=20&live=talking&guest=manual', 'consultations'],
  ['as=doctor&rows=20', '/patients/patient0-0000-7000-8000-000000000000/prescribe'],
  ['as=patient&rows=20', '/my'],
  ['as=patient&rows=20', '/my-scans'],
  ['as=patient&rows=20', '/my-reports'],
  ['as=patient&rows=20&live=talking', '/my-consultations'],
  ['as=patient&rows=20', '/my-prescriptions'],
  ['as=patient&rows=20', '/who-saw'],
];

test.each(OF_A_PATIENT)('the banner is there: %s %s', async (query, path) => {
  const list = !path.startsWith('/');
  const page = await open({ query, path: list ? `/${path}` : path });
  if (list) {
    await page.locator('[role=row], tbody tr, li button').nth(1).waitFor();
    await page.locator(`a[href*="#/${path}/"], [role=row]:not(:has([role=columnheader])), tbody tr`).first().click();
    await page.keyboard.press('Enter');
  }
  await page.getByRole('region', { name: 'Patient', exact: true }).waitFor();
});

const OF_NOBODY: readonly [string, string][] = [
  ['as=doctor&rows=20', '/worklist'], ['as=doctor&rows=20', '/patients'], ['as=doctor&rows=20', '/today'], ['as=doctor&rows=20&twins=1', '/duplicates'], ['as=doctor&rows=20', '/feedback'], ['as=doctor&rows=20', '/settings'],
  ['as=admin&rows=20', '/agreement'], ['as=admin&rows=20', '/users'], ['as=admin&rows=20', '/journal'],
];

test.each(OF_NOBODY)('and not where nobody in particular is shown: %s %s', async (query, path) => {
  const page = await open({ query, path });
  await page.locator('h1').waitFor();
  expect(await page.getByRole('region', { name: 'Patient', exact: true }).count()).toBe(0);
});
