import { expect, test } from 'vitest';

import { check, everyShape, open, picture, withBrowser } from './support/screen';

withBrowser();

test('the overview in every shape', () => everyShape({ name: 'overview', query: 'as=admin&rows=60', path: '/administration', ready: (page) => page.locator('svg [role=button]').first().waitFor() }));
test('statistics in every shape', () => everyShape({ name: 'statistics', query: 'as=admin&rows=60', path: '/statistics', ready: (page) => page.locator('figure').nth(2).waitFor() }));
test('people in every shape', () => everyShape({ name: 'users', query: 'as=admin&rows=20', path: '/users', ready: (page) => page.locator('tbody tr').first().waitFor() }));
test('the journal in every shape', () => everyShape({ name: 'journal', query: 'as=admin&rows=60', path: '/journal', ready: (page) => page.locator('[role=row][aria-selected]').first().waitFor() }));
test('agreement in every shape', () => everyShape({ name: 'agreement', query: 'as=admin&rows=60', path: '/agreement', ready: (page) => page.locator('tbody tr').first().waitFor() }));
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

test('an administrator begins at four numbers, and the list behind each is one click away', async () => {
  const page = await open({ query: 'as=admin&rows=60' });
  await page.getByRole('heading', { name: 'Hello, Ruth Mensah' }).waitFor();
  await page.getByRole('button', { name: /emergency accesses to review/ }).click();
  await page.getByRole('heading', { name: 'Emergency access to review' }).waitFor();
  await page.keyboard.press('Alt+ArrowLeft');
  await page.getByRole('button', { name: /scans wait for a doctor/ }).click();
  await page.getByRole('dialog', { name: 'Scans that wait for a doctor' }).getByRole('row').nth(3).waitFor();
  await picture(page, 'overview-rows');
  await check(page);
  await page.keyboard.press('Escape');
  await page.getByRole('button', { name: /acts refused or failed/ }).click();
  await page.getByLabel('How it ended').waitFor();
  expect(await page.getByLabel('How it ended').inputValue()).toBe('unsuccessful');
  expect(await page.getByLabel('From').inputValue()).toMatch(/^\d{4}-\d\d-\d\d$/);
  await page.keyboard.press('Alt+ArrowLeft');
  await page.getByRole('button', { name: /people may sign in/ }).click();
  await page.getByRole('rowheader', { name: 'Dr Leila Haddad' }).waitFor();
});

test('a chart is walked by keyboard, opens its rows, and is a table too', async () => {
  const page = await open({ query: 'as=admin&rows=60', path: '/statistics' });
  const chart = page.locator('figure').filter({ hasText: 'Scans imported each day' });
  const last = chart.locator('[role=button][tabindex="0"]');
  await last.focus();
  const before = await last.getAttribute('aria-label');
  await page.keyboard.press('ArrowLeft');
  const now = await page.evaluate(() => document.activeElement?.getAttribute('aria-label'));
  expect(now).not.toBe(before);
  await page.keyboard.press('Enter');
  await page.getByRole('dialog').getByText('Ids and dates of what is counted').waitFor();
  await page.keyboard.press('Escape');
  await chart.getByRole('button', { name: 'As a table' }).click();
  expect(await chart.getByRole('row').count()).toBe(31);
  await picture(page, 'statistics-table');
  await check(page);
  await page.getByLabel('Over').selectOption('quarter');
  await page.getByText('Scans imported each week').waitFor();
  await page.getByRole('list', { name: /^Classes found by/ }).getByRole('button').first().click();
  await page.getByRole('dialog').getByText('Reading').first().waitFor();
});

test('an empty clinic has figures that say so', async () => {
  const page = await open({ query: 'as=admin&rows=0', path: '/statistics' });
  await page.getByText('No model read a scan in this time.').waitFor();
  await picture(page, 'statistics-empty');
  await check(page);
  const home = await open({ query: 'as=admin&rows=0', path: '/administration' });
  await home.getByText('No report became final in this time.').waitFor();
  await picture(home, 'overview-empty');
  await check(home);
});

test('statistics that fail say so and are tried again', async () => {
  const page = await open({ query: 'as=admin&rows=20&fail=statistics.view:internal', path: '/statistics' });
  await page.getByRole('alert').first().waitFor();
  await picture(page, 'statistics-error');
});

test('a person gets another role, is removed, and stays in the list of those who were', async () => {
  const page = await open({ query: 'as=admin&rows=20', path: '/users' });
  await page.getByRole('button', { name: 'What to do with Dr Leila Haddad' }).click();
  await page.getByRole('menuitem', { name: 'Change the role' }).click();
  await page.getByRole('dialog').getByLabel('Role', { exact: true }).selectOption('pharmacist');
  await page.getByText('2 restricted records that nobody else opens', { exact: false }).waitFor();
  await picture(page, 'user-role');
  await check(page);
  await page.getByRole('button', { name: 'Change the role' }).click();
  await page.getByText('Dr Leila Haddad: Pharmacist.', { exact: false }).waitFor();
  await page.getByRole('button', { name: 'What to do with Dr Kemi Adeyemi' }).click();
  await page.getByRole('menuitem', { name: 'Remove' }).click();
  await picture(page, 'user-remove');
  await check(page);
  await page.getByRole('button', { name: 'Remove this account' }).click();
  await page.getByRole('tab', { name: '1 removed' }).click();
  await page.getByRole('rowheader', { name: 'Dr Kemi Adeyemi' }).waitFor();
  expect(await page.getByRole('button', { name: 'What to do with Dr Kemi Adeyemi' }).count()).toBe(0);
  await page.getByRole('tab', { name: /signed in/ }).click();
  await page.getByText('this window').waitFor();
  await picture(page, 'users-here');
  await check(page);
});

test('the journal leaves as a signed file', async () => {
  const page = await open({ query: 'as=admin&rows=60', path: '/journal' });
  await page.getByRole('button', { name: 'Export' }).click();
  await page.getByText('medibridge-cli journal verify', { exact: false }).waitFor();
  await picture(page, 'journal-export');
  await check(page);
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
