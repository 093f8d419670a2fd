import { expect, test } from 'vitest';

import { check, everyShape, open, picture, withBrowser } from './support/screen';

withBrowser();

test('people in every shape', () => everyShape({ name: 'users', query: 'as=admin&rows=20', path: '/users', ready: (page) => page.locator('tbody tr').first().waitFor() }));
test('the journal in every shape', () => everyShape({ name: 'journal', query: 'as=admin&rows=60', path: '/journal', ready: (page) => page.locator('[role=row][aria-selected]').first().waitFor() }));
test('agreement in every shape', () => everyShape({ name: 'agreement', query: 'as=admin&rows=60', path: '/agreement', ready: (page) => page.locator('[role=img]').first().waitFor() }));
test('settings in every shape', () => everyShape({ name: 'settings', query: 'as=admin&rows=20', path: '/settings', ready: (page) => page.locator('form').first().waitFor() }));

test('a person is added, switched off and on', async () => {
  const page = await open({ query: 'as=admin&rows=20', path: '/users' });
  await page.getByRole('button', { name: 'Add a person' }).click();
  await page.getByLabel('Name', { exact: true }).fill('Dr New');
  await page.getByLabel('Sign-in name').fill('doctor');
  await page.getByLabel('First password').fill('four plain words here');
  await page.getByRole('button', { name: 'Add person' }).click();
  await page.getByText('Somebody changed this in the meantime.').or(page.getByRole('dialog').getByRole('alert')).first().waitFor();
  await page.getByLabel('Sign-in name').fill('dr.new');
  await picture(page, 'user-new');
  await check(page);
  await page.getByRole('button', { name: 'Add person' }).click();
  await page.getByRole('rowheader', { name: 'Dr New' }).waitFor();
  await page.getByRole('button', { name: 'What to do with Dr New' }).click();
  await picture(page, 'user-menu');
  await page.getByRole('menuitem', { name: 'Switch off' }).click();
  await page.getByText('Dr New may no longer sign in.').waitFor();
});

test('nobody switches themselves off', async () => {
  const page = await open({ query: 'as=admin&rows=20', path: '/users' });
  await page.getByRole('button', { name: 'What to do with Ruth Mensah' }).click();
  expect(await page.getByRole('menuitem', { name: 'Switch off' }).getAttribute('data-disabled')).not.toBeNull();
});

test('the journal is checked and filtered', async () => {
  const page = await open({ query: 'as=admin&rows=60', path: '/journal' });
  await page.getByRole('button', { name: 'Check the journal' }).click();
  await page.getByText(/^Intact: \d+ rows/).waitFor();
  await page.getByLabel('How it ended').selectOption('refused');
  await page.getByText('Refused: not the role').first().waitFor();
  expect(await page.getByText('Done', { exact: true }).locator('visible=true').count()).toBeLessThanOrEqual(1);
  await picture(page, 'journal-filtered');
  await check(page);
});

test('a research licence must be accepted; a broken pack says why', async () => {
  const page = await open({ query: 'as=admin&rows=20', path: '/models' });
  const pack = page.getByRole('region', { name: 'COVID-19 radiography' });
  await pack.getByRole('switch').click();
  const go = page.getByRole('dialog').getByRole('button', { name: 'Switch on' });
  expect(await go.isDisabled()).toBe(true);
  await picture(page, 'models-accept');
  await check(page);
  await page.getByLabel('I accept this licence for the clinic').check();
  await go.click();
  await page.getByRole('dialog').waitFor({ state: 'detached' });
  expect(await pack.getByRole('switch').getAttribute('aria-checked')).toBe('true');
  await page.getByRole('region', { name: 'Lung CT slices' }).getByRole('alert').waitFor();
  await picture(page, 'models');
  await check(page);
  await page.getByRole('button', { name: 'Model card of Chest films' }).click();
  await page.getByText('Known to fail on').waitFor();
  await picture(page, 'model-card');
  await check(page);
});

test('a key is changed, a clash is named', async () => {
  const page = await open({ query: 'as=admin&rows=20', path: '/settings' });
  const key = page.getByRole('button', { name: /^Change the key of: Change theme/ });
  await key.click();
  await page.keyboard.press('Control+k');
  await page.getByText('Ctrl+K already means: Find or do anything.', { exact: false }).waitFor();
  await picture(page, 'settings-clash');
  await check(page);
  await page.keyboard.press('F9');
  await page.getByRole('button', { name: 'Change the key of: Change theme (now F9)' }).waitFor();
  await page.getByRole('heading', { level: 1 }).click();
  await page.keyboard.press('F9');
  await page.waitForFunction(() => document.documentElement.dataset['theme'] === 'dark');
});

test('a new recovery phrase is shown and confirmed', async () => {
  const page = await open({ query: 'as=admin&rows=20', path: '/settings' });
  await page.getByRole('button', { name: 'Make a new phrase' }).click();
  await page.getByRole('list', { name: 'Recovery phrase' }).getByRole('listitem').nth(11).waitFor();
  const words = await page.getByRole('list', { name: 'Recovery phrase' }).getByRole('listitem').allInnerTexts();
  await picture(page, 'settings-recovery');
  await check(page);
  await page.getByRole('button', { name: 'I wrote it down' }).click();
  for (const field of await page.getByLabel(/^Word \d+$/).all()) {
    const position = Number((await field.getAttribute('name'))?.split('-')[1]);
    await field.fill((words[position - 1] ?? '').trim());
  }
  await page.getByRole('button', { name: 'Confirm' }).click();
  await page.getByText('A phrase was written down and confirmed.').waitFor();
});

test('the storage check says what fails', async () => {
  const page = await open({ query: 'as=admin&rows=20', path: '/settings' });
  await page.getByRole('button', { name: 'Check the storage' }).click();
  await page.getByText('Space on the disk: does not work').waitFor();
  await check(page);
});
