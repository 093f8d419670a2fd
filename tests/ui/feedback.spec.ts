// How good a model is here, with what each figure is worth; and verdicts given away without identity.
import { expect, test } from 'vitest';

import { check, everyShape, open, picture, withBrowser } from './support/screen';

withBrowser();

test('agreement and drift in every shape', () => everyShape({ name: 'agreement-depth', query: 'as=admin&rows=60&judged=many', path: '/agreement', ready: (page) => page.locator('main details').first().waitFor() }));
test('verdicts for training in every shape', () => everyShape({ name: 'feedback', query: 'as=doctor&rows=60', path: '/feedback', ready: (page) => page.getByRole('article').first().waitFor() }));

test('few verdicts say little, and too few readings say nothing of drift', async () => {
  const page = await open({ query: 'as=admin&rows=20', path: '/agreement' });
  await page.getByText('few verdicts: says little').first().waitFor();
  await page.getByText('Too few readings to tell').waitFor();
  await page.getByText('agreement is not accuracy', { exact: false }).waitFor();
  await page.getByText('What the model said and what the doctor said').click();
  await picture(page, 'agreement-few');
  await check(page);
});

test('no readings: it says so', async () => {
  const page = await open({ query: 'as=admin&rows=0&judged=none', path: '/agreement' });
  await page.getByText('No readings yet').waitFor();
  await check(page);
});

test('a pack leaves with the password, and pictures that may show a name only after a look', async () => {
  const page = await open({ query: 'as=doctor&rows=60', path: '/feedback' });
  await page.getByRole('article').first().waitFor();
  const offer = page.getByRole('button', { name: /^Export \d+ picture/ });
  const count = async () => Number(/\d+/.exec(await offer.innerText())?.[0]);
  const before = await count();
  await page.getByRole('checkbox').first().check();
  expect(await count()).toBe(before + 1);
  await offer.click();
  const dialog = page.getByRole('dialog');
  expect(await dialog.getByRole('button', { name: 'Export' }).isDisabled()).toBe(true);
  await dialog.getByRole('button', { name: 'Choose a folder' }).click();
  await dialog.getByLabel('password', { exact: false }).fill('wrong');
  await dialog.getByRole('button', { name: 'Export' }).click();
  await dialog.getByRole('alert').waitFor();
  await picture(page, 'feedback-wrong-password');
  await dialog.getByLabel('password', { exact: false }).fill('demo clinic');
  await dialog.getByRole('button', { name: 'Export' }).click();
  await dialog.getByText(`${before + 1} pictures were written.`).waitFor();
  await picture(page, 'feedback-done');
  await check(page);
});
