import type { Page } from 'playwright-core';
import { expect, test } from 'vitest';

import { check, everyShape, open, picture, withBrowser } from './support/screen';

withBrowser();

const DOCTOR = 'as=doctor&rows=30';
const PHARMACIST = 'as=pharmacist&rows=30';

/** From the list of patients into the chart of one who is allergic to penicillin, and to a new prescription. */
async function prescribe(page: Page): Promise<void> {
  const allergic = await page.evaluate(() => 'patient0-0000-7000-8000-000000000002');
  await page.evaluate((id) => { window.location.hash = `#/patients/${id}/prescribe`; }, allergic);
  await page.locator('input[name=medicine]').waitFor();
}

const fill = async (page: Page) => {
  await page.getByRole('combobox', { name: 'Medicine, by its ingredients' }).fill('ampi');
  await page.getByRole('option', { name: 'ampicillin' }).waitFor();
  await page.keyboard.press('Enter');
  await page.getByLabel('Strength').fill('500 mg');
  await page.getByLabel('Form', { exact: true }).selectOption('capsule');
  await page.getByLabel('How often').selectOption('day3');
  await page.getByLabel('For how long').fill('7');
  await page.getByLabel('Quantity to be given out').fill('20');
  await page.getByLabel('What it is for').fill('Pneumonia');
};

test('an order in every shape', () => everyShape({ name: 'prescribe', query: DOCTOR, path: '/patients', ready: async (page) => {
  await prescribe(page);
  await page.locator('input[name=strength]').fill('5.0 mg');
  await page.locator('input[name=indication]').focus();
} }));
test('the dispensing queue in every shape', () => everyShape({ name: 'pharmacy', query: PHARMACIST, path: '/home', ready: (page) => page.locator('article').waitFor() }));
test("a patient's own prescriptions in every shape", () => everyShape({ name: 'own-prescriptions', query: 'as=patient&rows=30', path: '/my-prescriptions', ready: (page) => page.locator('article').first().waitFor() }));

test('an allergy is warned of, needs a reason, and the order is signed with it', async () => {
  const page = await open({ query: DOCTOR, path: '/patients' });
  await prescribe(page);
  await fill(page);
  await page.getByRole('article').getByText('500 mg').waitFor();
  await page.getByText('Allergy: Contraindicated').waitFor();
  // What dose, frequency and duration come to is one press away.
  await page.getByRole('button', { name: 'Use 21 × capsule' }).click();
  const sign = page.getByRole('button', { name: 'Sign prescription', exact: false });
  await page.locator('input[name=identity]').check();
  await page.getByLabel('Your password').fill('demo clinic');
  expect(await sign.isDisabled()).toBe(true);
  await page.getByLabel('Why it is right all the same').fill('Tolerated in March.');
  await picture(page, 'prescribe-warned');
  await check(page);
  await sign.click();
  await page.getByText('is with the pharmacy.', { exact: false }).first().waitFor();
});

test('what could be misread is refused where it stands, with what to write', async () => {
  const page = await open({ query: DOCTOR, path: '/patients' });
  await prescribe(page);
  await fill(page);
  await page.getByLabel('Strength').fill('5.0 mg');
  await page.getByLabel('Instructions for the person who takes it').fill('one QD');
  await page.getByLabel('What it is for').focus();
  await page.getByText('Write 5.', { exact: false }).waitFor();
  await page.getByText('Write: daily.', { exact: false }).waitFor();
  expect(await page.getByRole('article').count()).toBe(0);
  await picture(page, 'prescribe-misread');
  await check(page);
});

test('a medicine that nobody knows is not covered, and that is said', async () => {
  const page = await open({ query: DOCTOR, path: '/patients' });
  await prescribe(page);
  await fill(page);
  await page.getByRole('combobox', { name: 'Medicine, by its ingredients' }).fill('moonshine');
  await page.getByText('Not covered by the table, so not checked: moonshine.').waitFor();
});

test('the first of the queue is dispensed in three keys, and the doctor’s reason stands above the paper', async () => {
  const page = await open({ query: PHARMACIST, path: '/home' });
  await page.getByText('Prescribed all the same: Tolerated amoxicillin in March', { exact: false }).waitFor();
  await picture(page, 'pharmacy-open');
  await page.keyboard.press('d');
  await page.locator('input[name=identity]:focus').waitFor();
  await picture(page, 'pharmacy-dispense');
  await check(page);
  await page.keyboard.press('Space');
  await page.keyboard.press('Control+Enter');
  await page.getByText('21 × capsule dispensed.').first().waitFor();
  await page.getByText('batch L2231', { exact: false }).waitFor();
  await page.getByRole('button', { name: 'Save label' }).click();
  await page.getByText('The label was saved.').first().waitFor();
  expect(await page.evaluate(() => window.fakeSaved)).toMatch(/label-RX-\d{6}\.pdf$/);
});

test('a part is given out, and a question goes to the doctor', async () => {
  const page = await open({ query: PHARMACIST, path: '/home' });
  await page.locator('article').waitFor();
  await page.keyboard.press('d');
  await page.locator('input[name=amount]').fill('10');
  await page.locator('input[name=identity]').check();
  await page.keyboard.press('Control+Enter');
  await page.getByText('10 of 21 × capsule given out').waitFor();
  await page.getByRole('button', { name: 'Send back', exact: false }).click();
  await page.getByRole('dialog').getByLabel('What is to be cleared').fill('Kidney function?');
  await page.getByRole('dialog').getByRole('button', { name: 'Send back' }).click();
  await page.getByText('asks: Kidney function?', { exact: false }).waitFor();
  await check(page);
});

test('nothing to dispense, and a failure, are said', async () => {
  const empty = await open({ query: 'as=pharmacist&rows=0', path: '/home' });
  await empty.getByText('Nothing to dispense').waitFor();
  await check(empty);
  const failing = await open({ query: `${PHARMACIST}&fail=prescriptions.queue:busy`, path: '/home' });
  await failing.getByRole('alert').waitFor();
});
