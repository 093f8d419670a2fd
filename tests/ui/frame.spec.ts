import { expect, test } from 'vitest';

import { check, open, picture, withBrowser } from './support/screen';

withBrowser();

test('the palette finds people and actions by the keyboard alone', async () => {
  const page = await open({ query: 'as=doctor&rows=60', path: '/worklist' });
  await page.getByRole('grid').waitFor();
  await page.keyboard.press('Control+k');
  await page.keyboard.type('priya');
  await page.getByRole('option', { name: /Priya/ }).first().waitFor();
  await picture(page, 'palette');
  await check(page);
  await page.keyboard.press('Enter');
  await page.getByRole('region', { name: 'Patient', exact: true }).getByText('Priya', { exact: false }).waitFor();
  await page.keyboard.press('Alt+ArrowLeft');
  await page.getByRole('grid').waitFor();
  await page.keyboard.press('Control+k');
  await page.getByRole('combobox', { name: 'Find a patient or do something' }).waitFor();
  await page.keyboard.type('settings');
  await page.keyboard.press('Enter');
  await page.getByRole('heading', { name: 'Settings' }).waitFor();
});

test('the cheat sheet lists every key that is bound', async () => {
  const page = await open({ query: 'as=doctor&rows=20', path: '/worklist' });
  await page.getByRole('grid').waitFor();
  await page.keyboard.press('?');
  await page.getByRole('heading', { name: 'In the reading room' }).waitFor();
  await picture(page, 'cheat-sheet');
  await check(page);
});

test('F6 walks through the panes; the skip link leads to the work', async () => {
  const page = await open({ query: 'as=doctor&rows=20', path: '/worklist' });
  await page.getByRole('grid').waitFor();
  const pane = () => page.evaluate(() => document.activeElement?.closest('[data-pane]')?.tagName);
  const seen = new Set<string | undefined>();
  for (let n = 0; n < 4; n += 1) {
    await page.keyboard.press('F6');
    seen.add(await pane());
  }
  expect([...seen].sort()).toEqual(['FOOTER', 'HEADER', 'MAIN', 'NAV']);
  await page.getByRole('button', { name: 'Skip to the work' }).focus();
  await page.keyboard.press('Enter');
  expect(await pane()).toBe('MAIN');
});

test('the theme walks by its key and is kept', async () => {
  const page = await open({ query: 'as=doctor&rows=5', path: '/worklist' });
  await page.getByRole('grid').waitFor();
  await page.keyboard.press('Alt+t');
  await page.waitForFunction(() => document.documentElement.dataset['theme'] === 'dark');
  await page.reload();
  await page.waitForFunction(() => document.documentElement.dataset['theme'] === 'dark');
});

test('about says what it is not for', async () => {
  const page = await open({ query: 'as=doctor&rows=5', path: '/worklist' });
  await page.getByRole('button', { name: /^Menu of/ }).click();
  await picture(page, 'person-menu');
  await page.getByRole('menuitem', { name: 'About Medibridge' }).click();
  await page.getByRole('dialog').getByText('Not for diagnosis without review by a clinician.').waitFor();
  await picture(page, 'about');
  await check(page);
});

test('being offline is said quietly', async () => {
  const page = await open({ query: 'as=doctor&rows=5', path: '/worklist' });
  await page.getByRole('grid').waitFor();
  await page.context().setOffline(true);
  await page.getByText('No network, not needed').waitFor();
});
