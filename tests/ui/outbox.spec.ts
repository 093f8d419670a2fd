import { expect, test } from 'vitest';

import { check, everyShape, open, picture, withBrowser } from './support/screen';

withBrowser();

const bar = 'contentinfo';

test('the outbox in every shape', () => everyShape({ name: 'outbox', query: 'as=doctor&rows=20&reports=10', path: '/worklist', ready: async (page) => {
  // The words are stretched here: the last tab is all of them.
  await page.getByRole('contentinfo').locator('button').filter({ has: page.locator('[data-kind=failed]') }).click();
  await page.getByRole('dialog').getByRole('tab').last().click();
  await page.getByRole('dialog').getByRole('listitem').first().waitFor();
} }));

test('the bar says what waits, what is uncertain and what failed, and opens it', async () => {
  const page = await open({ query: 'as=doctor&rows=20&reports=10', path: '/worklist' });
  const state = page.getByRole(bar).getByTitle('Open the outbox');
  expect(await state.innerText()).toMatch(/1 not delivered\s+1 uncertain\s+1 to send/);
  await state.click();
  const box = page.getByRole('dialog', { name: 'Outbox' });
  await box.getByText('There is no such recipient.', { exact: false }).waitFor();
  await picture(page, 'outbox-failed');
  await box.getByRole('tab', { name: /Uncertain/ }).click();
  await box.getByRole('button', { name: 'It arrived' }).click();
  await box.getByText('Nothing is uncertain.').waitFor();
  await box.getByRole('tab', { name: /To send/ }).click();
  await box.getByText('2 tries so far', { exact: false }).waitFor();
  await box.getByRole('button', { name: 'What happened' }).click();
  await check(page);
  await box.getByRole('button', { name: 'Cancel', exact: true }).click();
  await box.getByText('Nothing waits.').waitFor();
  await box.getByRole('tab', { name: 'All' }).click();
  await box.getByRole('button', { name: /^Open R-/ }).first().click();
  await page.waitForURL(/#\/reports\//);
});

test('it is quiet where nothing waits, and not there where no way is set up or the role may not send', async () => {
  const quiet = await open({ query: 'as=doctor&rows=20', path: '/worklist' });
  await quiet.getByRole(bar).getByText('Nothing to send').waitFor();
  const none = await open({ query: 'as=doctor&rows=20&mail=none', path: '/worklist' });
  await none.getByRole(bar).getByText('Signed in', { exact: false }).waitFor();
  expect(await none.getByTitle('Open the outbox').count()).toBe(0);
  const admin = await open({ query: 'as=admin&rows=20', path: '/settings' });
  await admin.getByRole(bar).getByText('Signed in', { exact: false }).waitFor();
  expect(await admin.getByTitle('Open the outbox').count()).toBe(0);
});
