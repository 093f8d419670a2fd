// A machine translation in which the guard found something: held until the doctor confirms it.
import { expect, test } from 'vitest';
import type { Page } from 'playwright-core';

import { check, everyShape, open, picture, withBrowser } from './support/screen';

withBrowser();

const ROOM = '/consultations/consult0-0000-7000-8000-000000000000';
const TALK = 'as=doctor&rows=20&live=talking&guest=manual&engine=ready';
const WRONG = 'Take 50 mg twice a day, and not with alcohol.';

async function sayIt(page: Page) {
  await page.getByRole('article').first().waitFor();
  // In any language of the screens.
  await page.locator('textarea').fill(WRONG);
  await page.keyboard.press('Enter');
  const said = page.getByRole('article').filter({ hasText: WRONG });
  await said.getByRole('definition').first().waitFor();
  return said;
}

test('what differs is said in words, in every shape', () => everyShape({ name: 'live-check', query: TALK, path: ROOM, ready: async (page) => void (await sayIt(page)) }));

test('the doctor has it translated back, confirms it, and the mark says so', async () => {
  const page = await open({ query: TALK, path: ROOM });
  const said = await sayIt(page);
  await said.getByText('Nobody but you reads this translation until you confirm it.', { exact: false }).waitFor();
  const findings = said.getByRole('region', { name: 'What differs from the message' });
  expect(await findings.getByRole('definition').allTextContents()).toEqual(['50 mg500 mg', 'notnothing']);
  await said.getByRole('button', { name: 'Translate back' }).click();
  await said.getByText('Take 500 mg twice a day, with alcohol.').waitFor();
  await picture(page, 'live-check-back');
  await check(page);
  await said.getByRole('button', { name: 'Confirm the translation' }).click();
  await said.getByText('Confirmed by the doctor').waitFor();
  expect(await findings.count()).toBe(0);
  await picture(page, 'live-check-confirmed');
});

test('across the desk it is not shown before it is confirmed', async () => {
  const page = await open({ query: 'as=doctor&rows=20&live=desk&guest=manual&engine=ready', path: ROOM });
  await page.getByRole('button', { name: 'Face to face' }).click();
  const near = page.locator('input[name="near"]');
  await near.fill(WRONG);
  await near.press('Enter');
  const far = page.getByRole('region', { name: /across the desk/ });
  // Said in the language of whoever reads it.
  await far.getByText('قيد المراجعة').waitFor();
  // Upside down one can read, too: the words stand on neither half.
  const own = page.getByRole('region', { name: /^Half of Dr/ });
  for (const half of [far, own]) expect(await half.getByText('خذ 500', { exact: false }).count()).toBe(0);
  expect(await far.getByText('500', { exact: false }).count()).toBe(0);
  await picture(page, 'live-check-desk');
  // Nobody confirms what they have not read.
  expect(await page.getByRole('button', { name: 'Confirm the translation' }).count()).toBe(0);
  await page.getByRole('button', { name: 'Read the translation' }).click();
  await own.getByText('خذ 500 ملغ', { exact: false }).waitFor();
  await page.getByRole('button', { name: 'Confirm the translation' }).click();
  await far.getByText('خذ 500 ملغ', { exact: false }).waitFor();
});
