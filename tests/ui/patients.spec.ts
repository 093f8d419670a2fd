import { expect, test } from 'vitest';

import { check, everyShape, open, picture, withBrowser } from './support/screen';

withBrowser();

test('the list in every shape', () => everyShape({ name: 'patients', query: 'as=doctor&rows=60', path: '/patients', ready: (page) => page.locator('[role=row][aria-selected]').first().waitFor() }));

test('a chart in every shape', () => everyShape({ name: 'chart', query: 'as=doctor&rows=60', path: '/patients/patient0-0000-7000-8000-000000000002', ready: (page) => page.locator('section img').first().waitFor() }));

test('adding a patient shows similar ones first', async () => {
  const page = await open({ query: 'as=doctor&rows=20', path: '/patients' });
  await page.getByRole('grid').waitFor();
  await page.getByRole('button', { name: 'Add a patient' }).click();
  await page.getByRole('button', { name: 'Add patient', exact: true }).click();
  await page.getByText('A name is needed.').waitFor();
  await page.getByLabel('Full name').fill('Amina Sato');
  await page.getByLabel('Born').fill('1991-02-03');
  await picture(page, 'patient-new');
  await check(page);
  await page.getByRole('button', { name: 'Add patient', exact: true }).click();
  await page.getByRole('list', { name: 'Similar patients' }).waitFor();
  await picture(page, 'patient-similar');
  await check(page);
  await page.getByRole('button', { name: 'Another person: add' }).click();
  await page.getByRole('region', { name: 'Patient' }).getByText('Amina Sato').waitFor();
  await page.getByText('Allergies: not asked').waitFor();
});

test('allergies have three states and the banner says which', async () => {
  const page = await open({ query: 'as=doctor&rows=20', path: '/patients/patient0-0000-7000-8000-000000000000' });
  const banner = page.getByRole('region', { name: 'Patient', exact: true });
  await banner.getByText('Allergies: not asked').waitFor();
  await page.getByRole('button', { name: 'Record', exact: true }).click();
  await page.getByLabel('These allergies').check();
  await page.getByLabel('Substance').fill('Latex');
  await picture(page, 'allergies');
  await check(page);
  await page.getByRole('button', { name: 'Save' }).click();
  await banner.getByText('Allergies: Latex').waitFor();
});

test('a correction needs a reason', async () => {
  const page = await open({ query: 'as=doctor&rows=20', path: '/patients/patient0-0000-7000-8000-000000000001' });
  await page.getByRole('button', { name: 'Correct', exact: true }).click();
  const go = page.getByRole('dialog').getByRole('button', { name: 'Correct', exact: true });
  expect(await go.isDisabled()).toBe(true);
  await page.getByLabel('Full name').fill('Johan Corrected');
  await page.getByLabel('Why').fill('Spelling');
  await check(page);
  await go.click();
  await page.getByRole('region', { name: 'Patient', exact: true }).getByText('Johan Corrected').waitFor();
});

test('no patients, and a patient who is not there', async () => {
  const none = await open({ query: 'as=doctor&rows=0', path: '/patients' });
  await none.getByText('No patients yet').waitFor();
  await picture(none, 'patients-empty');
  await check(none);
  const gone = await open({ query: 'as=doctor&rows=3', path: '/patients/nobody' });
  await gone.getByRole('alert').waitFor();
  await check(gone);
});
