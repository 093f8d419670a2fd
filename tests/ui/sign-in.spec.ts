import { expect, test } from 'vitest';

import { check, everyShape, open, picture, withBrowser } from './support/screen';

withBrowser();

test('signing in, in every shape', () => everyShape({ name: 'sign-in-demo', query: 'as=signed-out&demo=1', ready: (page) => page.locator('input[name=login]').waitFor() }));

test('a wrong password says so and clears; too many make one wait', async () => {
  const page = await open({ query: 'as=signed-out' });
  await page.getByLabel('Sign-in name').fill('doctor');
  for (let tries = 0; tries < 4; tries += 1) {
    await page.getByLabel('Password').fill('not this one');
    await page.getByRole('button', { name: 'Sign in', exact: true }).click();
    await page.waitForFunction(() => document.querySelector<HTMLInputElement>('input[name=password]')?.value === '');
  }
  await page.getByRole('timer').waitFor();
  expect(await page.getByRole('button', { name: 'Sign in', exact: true }).isDisabled()).toBe(true);
  await picture(page, 'sign-in-wait');
  await check(page);
});

test('recovery by phrase', async () => {
  const page = await open({ query: 'as=signed-out' });
  await page.getByRole('button', { name: /Recover access/ }).click();
  const go = page.getByRole('button', { name: 'Set the new password' });
  await page.getByLabel('Recovery phrase').fill('one two three');
  expect(await go.isDisabled()).toBe(true);
  await page.getByLabel('Recovery phrase').fill('a b c d e f g h i j k l');
  await page.getByLabel(/Sign-in name/).fill('admin');
  await page.getByLabel('New password').fill('four plain words here');
  await picture(page, 'recover');
  await check(page);
  await go.click();
  await page.getByText('The new password is set. Sign in with it.').waitFor();
});

test('the passphrase of the key file', async () => {
  const page = await open({ query: 'as=passphrase' });
  await page.getByLabel('Passphrase of this computer').fill('wrong one');
  await page.getByRole('button', { name: 'Open' }).click();
  await page.getByRole('alert').waitFor();
  await picture(page, 'passphrase');
  await check(page);
  await page.getByLabel('Passphrase of this computer').fill('demo clinic');
  await page.getByRole('button', { name: 'Open' }).click();
  await page.getByLabel('Sign-in name').waitFor();
});
