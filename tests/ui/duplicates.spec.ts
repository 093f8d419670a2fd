// One person in the record twice: asked when added or corrected, looked at side by side, merged, and taken apart again.
import { expect, test } from 'vitest';

import { check, everyShape, open, picture, withBrowser } from './support/screen';

withBrowser();

const TWINS = 'as=doctor&rows=40&twins=3';

test('likely duplicates in every shape', () => everyShape({ name: 'duplicates', query: TWINS, path: '/duplicates', ready: (page) => page.getByRole('article').first().waitFor() }));

test('none: it says what is compared', async () => {
  const page = await open({ query: 'as=doctor&rows=4', path: '/duplicates' });
  await page.getByText('No likely duplicates').waitFor();
  await picture(page, 'duplicates-none');
  await check(page);
});

test('a pair is merged with a reason, shown in the chart, and taken apart', async () => {
  const page = await open({ query: TWINS, path: '/duplicates' });
  const pair = page.getByRole('article').first();
  await pair.getByText('same name in another order', { exact: false }).waitFor();
  const number = (await pair.getByRole('region').first().locator('header span').first().innerText()).trim();
  await pair.getByRole('button', { name: 'One person: merge …' }).click();
  const dialog = page.getByRole('dialog');
  const merge = dialog.getByRole('button', { name: 'Merge' });
  expect(await merge.isDisabled()).toBe(true);
  await dialog.getByRole('radio').first().check();
  await dialog.getByLabel('How you know').fill('Asked at the desk');
  await picture(page, 'duplicates-merge');
  await check(page);
  await merge.click();
  await page.getByText('2 pairs to look at', { exact: false }).waitFor();
  await page.goto(page.url().replace(/#.*/, `#/patients`));
  await page.getByRole('searchbox').fill(number);
  await page.locator('[role=row]', { hasText: number }).last().dblclick();
  const merged = page.getByRole('region', { name: 'Merged records' });
  await merged.getByText('Asked at the desk').waitFor();
  await picture(page, 'chart-merged');
  await check(page);
  await merged.getByRole('button', { name: 'Take apart …' }).click();
  await page.getByRole('dialog').getByLabel('Why').fill('Two passports');
  await page.getByRole('dialog').getByRole('button', { name: 'Take apart' }).click();
  await merged.getByText('Two passports').waitFor();
});

test('two people are told apart in one press, by the keyboard', async () => {
  const page = await open({ query: TWINS, path: '/duplicates' });
  const apart = page.getByRole('article').first().getByRole('button', { name: 'Two people' });
  await apart.focus();
  await page.keyboard.press('Enter');
  await page.getByText('2 pairs to look at', { exact: false }).waitFor();
});

test('adding somebody like another says why they are alike', async () => {
  const page = await open({ query: 'as=doctor&rows=40', path: '/patients' });
  await page.getByRole('grid').waitFor();
  await page.getByRole('button', { name: 'Add a patient' }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByLabel('Full name').fill('Amina Diallo');
  await dialog.getByRole('button', { name: 'Add patient' }).click();
  await dialog.getByText('same name', { exact: false }).first().waitFor();
  await picture(page, 'patient-similar-why');
  await check(page);
});
