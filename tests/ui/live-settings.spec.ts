import { expect, test } from 'vitest';

import { check, everyShape, open, picture, withBrowser } from './support/screen';

withBrowser();

test('relay and reviewers for an administrator', async () => {
  const page = await open({ query: 'as=admin&rows=20&relay=none', path: '/settings' });
  const relay = page.getByRole('region', { name: 'Relay' });
  await relay.getByRole('textbox', { name: 'Address' }).fill('http://relay.example');
  await relay.getByText('An address that begins with https://').waitFor();
  await relay.getByRole('textbox', { name: 'Address' }).fill('https://relay.example');
  await relay.getByRole('textbox', { name: 'Enrolment code' }).fill('ABCD-EFGH');
  await relay.scrollIntoViewIfNeeded();
  await picture(page, 'live-settings-relay');
  await relay.getByRole('button', { name: 'Enrol this workstation' }).click();
  await relay.getByText('A relay that runs elsewhere').waitFor();
  await relay.getByRole('button', { name: 'Test the relay' }).click();
  await relay.getByText('does not work').waitFor();

  await check(page);
  await page.getByRole('button', { name: /^Change the languages of Dr Leila/ }).click();
  await page.getByRole('checkbox', { name: /Arabic/ }).check();
  await picture(page, 'live-settings-reviewer');
  await check(page);
  await page.getByRole('dialog').getByRole('button', { name: 'Save' }).click();
  await page.getByText('The reviewer was saved.').waitFor();
});

test('the review of phrases in every shape', () => everyShape({ name: 'phrase-review', query: 'as=doctor&rows=20&reviewer=1', path: '/phrases', ready: (page) => page.locator('ol > li').first().waitFor() }));

test('a reviewer approves by the keyboard, and takes it back', async () => {
  const page = await open({ query: 'as=pharmacist&rows=20&reviewer=1', path: '/phrases' });
  await page.locator('ol > li').first().waitFor();
  await page.locator('ol').locator('..').focus();
  const before = await page.locator('ol > li').count();
  await page.keyboard.press('a');
  await page.waitForFunction((count) => document.querySelectorAll('ol > li').length === count - 1, before);
  await page.getByText(/1 approved here/).waitFor();
  await page.getByRole('switch').click();
  await page.getByRole('button', { name: /^Withdraw/ }).click();
  await page.getByText(/0 approved here/).first().waitFor();
});

test('who was not named sees no review', async () => {
  const page = await open({ query: 'as=doctor&rows=20', path: '/phrases' });
  await page.getByText('Not part of your role').waitFor();
  expect(await page.getByRole('link', { name: 'Phrases' }).count()).toBe(0);
});

test("a patient's own consultations in every shape", () => everyShape({ name: 'own-consultations', query: 'as=patient&rows=20&live=many', path: '/my-consultations', ready: (page) => page.locator('main ul li').first().waitFor() }));

test('a patient reads one word for word, in their own language', async () => {
  const page = await open({ query: 'as=patient&rows=20&live=talking', path: '/my-consultations' });
  await page.locator('main ul li button').first().click();
  await page.getByText('Ahora voy a escucharle el pecho', { exact: false }).waitFor();
  await picture(page, 'own-consultation');
  await check(page);
  expect(await page.getByRole('textbox').count()).toBe(0);
});
