import { expect, test } from 'vitest';

import { check, everyShape, open, picture, withBrowser } from './support/screen';

withBrowser();

test('welcome in every shape', () => everyShape({ name: 'welcome', query: 'as=first-start', ready: (page) => page.locator('h1').waitFor() }));

test('from nothing to the sign-in, by the four steps', async () => {
  const page = await open({ query: 'as=first-start' });
  await page.getByRole('button', { name: 'Set up a clinic' }).click();
  await picture(page, 'first-start-clinic');
  await check(page);

  await page.getByRole('button', { name: 'Next' }).click();
  await expect.poll(() => page.getByRole('alert').count()).toBeGreaterThan(3);
  await picture(page, 'first-start-clinic-wrong');
  await check(page);

  await page.getByLabel("Clinic's name").fill('Lakeside Chest Clinic');
  const [administrator, doctor] = [page.getByRole('group', { name: 'Administrator' }), page.getByRole('group', { name: 'First doctor' })];
  for (const [who, login] of [[administrator, 'ruth'], [doctor, 'leila']] as const) {
    await who.getByLabel('Name', { exact: true }).fill(`Person ${login}`);
    await who.getByLabel('Sign-in name').fill(login);
    await who.getByLabel('Password', { exact: true }).fill('four plain words here');
  }
  await page.getByRole('button', { name: 'Next' }).click();

  await page.getByRole('region', { name: 'Chest films' }).waitFor();
  await page.getByRole('button', { name: /Model card.*COVID-19 radiography/ }).click();
  const card = page.getByRole('dialog', { name: 'COVID-19 radiography 0.3.1' });
  await card.getByText('Research only (non-commercial)').waitFor();
  await card.getByText('What it is not for').waitFor();
  await card.getByText('Known to fail on').waitFor();
  await picture(page, 'first-start-card');
  await check(page);
  await page.keyboard.press('Escape');
  await card.waitFor({ state: 'detached' });

  await page.getByRole('region', { name: 'COVID-19 radiography' }).getByRole('switch').click();
  const create = page.getByRole('button', { name: 'Create the clinic' });
  expect(await create.isDisabled()).toBe(true);
  await picture(page, 'first-start-models');
  await check(page);
  await page.getByLabel(/I accept the licence/).check();
  await create.click();

  await page.getByRole('list', { name: 'Recovery phrase' }).getByRole('listitem').nth(11).waitFor();
  const words = await page.getByRole('list', { name: 'Recovery phrase' }).getByRole('listitem').allInnerTexts();
  expect(words.length).toBe(12);
  await picture(page, 'first-start-phrase');
  await check(page);
  await page.getByRole('button', { name: 'I wrote it down' }).click();

  const fields = page.getByLabel(/^Word \d+$/);
  await expect.poll(() => fields.count()).toBe(3);
  for (const field of await fields.all()) await field.fill('wrong');
  await page.getByRole('button', { name: 'Confirm' }).click();
  await page.getByRole('alert').waitFor();
  await picture(page, 'first-start-confirm-wrong');
  await check(page);
  for (const field of await fields.all()) {
    const position = Number((await field.getAttribute('name'))?.split('-')[1]);
    await field.fill((words[position - 1] ?? '').trim());
  }
  await page.getByRole('button', { name: 'Confirm' }).click();
  await page.getByText('Lakeside Chest Clinic is ready').waitFor();
  await picture(page, 'first-start-done');
  await check(page);
  await page.getByRole('button', { name: 'Go to sign-in' }).click();
  await page.getByLabel('Sign-in name').waitFor();
});

test('the demo clinic in one click, then an account in one more', async () => {
  const page = await open({ query: 'as=first-start' });
  await page.getByRole('button', { name: 'Start with a demo clinic' }).click();
  await page.getByRole('button', { name: /^Doctor/ }).click();
  await page.getByRole('grid', { name: 'Worklist' }).waitFor();
  await page.getByText('Demo clinic').first().waitFor();
});

test('closed before the phrase was confirmed: it is asked first', async () => {
  const page = await open({ query: 'as=unconfirmed' });
  await page.getByText('Is it written down?').waitFor();
  await check(page);
});
