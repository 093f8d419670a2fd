import { expect, test } from 'vitest';

import { check, open, picture, withBrowser } from './support/screen';

withBrowser();

const DESK = { query: 'as=doctor&rows=20&live=desk&guest=manual', path: '/consultations/consult0-0000-7000-8000-000000000000' };

test('face to face: each half in its own language, the far one turned', async () => {
  const page = await open(DESK);
  await page.getByRole('button', { name: 'Face to face' }).click();
  const far = page.getByRole('region', { name: /across the desk/ });
  await far.waitFor();
  expect(await far.evaluate((half) => getComputedStyle(half).transform)).toContain('-1');
  const near = page.getByRole('textbox', { name: 'Write' });
  await near.fill('Where does it hurt?');
  await page.keyboard.press('Enter');
  await far.getByText('أين الألم؟').waitFor();
  await picture(page, 'live-desk');
  await check(page);
  await far.getByRole('button', { name: 'ألم', exact: true }).click();
  await picture(page, 'live-desk-phrases');
  await far.getByRole('button', { name: 'يؤلمني هنا.' }).click();
  await page.getByRole('region', { name: /^Half of Dr/ }).getByText('It hurts here.').waitFor();
  await page.getByRole('button', { name: 'Do not turn the far half' }).click();
  expect(await far.evaluate((half) => getComputedStyle(half).transform)).toBe('none');
  await picture(page, 'live-desk-straight');
  await check(page);
});

test('nothing of the record is on the screen, and no key leads to it', async () => {
  const page = await open({ ...DESK, theme: 'dark' });
  await page.getByRole('button', { name: 'Face to face' }).waitFor();
  await page.keyboard.press('Alt+f');
  await page.getByRole('region', { name: /across the desk/ }).waitFor();
  const covered = await page.evaluate(() => [[5, 5], [640, 10], [20, 400], [640, 795]].every(([x, y]) => document.elementFromPoint(x ?? 0, y ?? 0)?.closest('[role="dialog"]') != null));
  expect(covered).toBe(true);
  expect(await page.getByRole('dialog').innerText()).not.toMatch(/MB-|born|Allerg|\d{4}/);
  await page.keyboard.press('Control+k');
  await page.keyboard.press('Alt+1');
  await page.keyboard.press('Alt+w');
  expect(await page.getByRole('dialog').count()).toBe(1);
  expect(page.url()).toContain('/consultations/consult0');
  await picture(page, 'live-desk-dark');
  await page.keyboard.press('Escape');
  await page.getByRole('region', { name: 'People' }).waitFor();
  expect(await page.getByRole('dialog').count()).toBe(0);
});
