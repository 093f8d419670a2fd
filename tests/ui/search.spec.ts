import { expect, test } from 'vitest';

import { check, everyShape, open, picture, withBrowser } from './support/screen';

withBrowser();

const MANY = 'as=doctor&rows=24&reports=12&live=talking&found=240';
const row = '[role=row][aria-selected]';

async function type(page: Awaited<ReturnType<typeof open>>, words: string) {
  await page.getByRole('searchbox', { name: 'Words to find' }).fill(words);
}

test('what was found, in every shape', () => everyShape({
  name: 'search', query: MANY, path: '/search',
  ready: async (page) => {
    await page.getByRole('searchbox').first().fill('headache');
    await page.locator(row).first().waitFor();
  },
}));

test('words in every script are found and marked, right to left inside a list that is not', async () => {
  const page = await open({ query: MANY, path: '/search' });
  for (const [words, mark, direction] of [['headache', 'headache', 'ltr'], ['صداع', 'بالصداع', 'rtl'], ['头痛', '头痛', 'ltr'], ['头', '头', 'ltr'], ['सिर', 'सिरदर्द', 'ltr'], ['తలనొ', 'తలనొప్పి', 'ltr'], ['боли', 'болит', 'ltr']] as const) {
    await type(page, words);
    const found = page.locator(`${row} mark`).filter({ hasText: new RegExp(`^${mark}$`) }).first();
    await found.waitFor();
    expect(await found.evaluate((one) => getComputedStyle(one).direction), words).toBe(direction);
  }
  // A person's name stays whole whatever stands beside it.
  expect(await page.locator(`${row} bdi`).count()).toBeGreaterThan(0);
  await page.getByText('English, translated by an engine').first().waitFor({ state: 'detached' });
  await type(page, 'worse at night');
  await page.getByText('English, translated by an engine').first().waitFor();
});

test('kinds, one patient and days limit it; everything is one step away', async () => {
  const page = await open({ query: MANY, path: '/search' });
  await type(page, 'headache');
  await page.locator(row).first().waitFor();
  await page.getByRole('button', { name: 'Notes' }).click();
  await page.locator(row).filter({ hasText: 'Consultation' }).first().waitFor({ state: 'detached' });
  await page.locator(row).filter({ hasText: 'Signed note' }).first().waitFor();
  await page.getByRole('button', { name: 'Reports' }).click();
  await page.getByText('Nothing holds all these words').waitFor();
  await picture(page, 'search-nothing');
  await page.getByRole('button', { name: 'Search everything' }).click();
  await page.locator(row).first().waitFor();
  await page.getByRole('button', { name: 'One patient…' }).click();
  await page.getByRole('searchbox', { name: /find/i }).last().fill('Raman');
  const choice = page.getByRole('dialog').getByRole('button').filter({ hasText: 'Raman' }).first();
  const name = (await choice.locator('bdi').innerText()).trim();
  await choice.click();
  await expect.poll(async () => (await page.locator(`${row} bdi[title]`).allInnerTexts()).length).toBeGreaterThan(0);
  await expect.poll(async () => [...new Set(await page.locator(`${row} [role=gridcell]:first-child bdi`).allInnerTexts())]).toEqual([name]);
  await picture(page, 'search-one-patient');
  await page.getByRole('button', { name: 'Search all patients' }).click();
  await page.getByRole('textbox', { name: 'From', exact: true }).fill('2001-01-01');
  await page.getByRole('textbox', { name: 'To', exact: true }).fill('2001-01-02');
  await page.getByText('Nothing holds all these words').waitFor();
  await check(page);
});

test('the keyboard alone: find, walk, open, and come back to where it was', async () => {
  const page = await open({ query: MANY, path: '/worklist' });
  await page.locator(row).first().waitFor();
  await page.keyboard.press('Control+k');
  await page.keyboard.type('cavitating consolidation');
  await page.getByRole('option', { name: /Search everything for/ }).waitFor();
  await page.keyboard.press('Enter');
  await page.waitForURL(/#\/search$/);
  await page.locator(row).filter({ hasText: 'Report' }).first().waitFor();
  // From the field into what was found.
  await page.keyboard.press('Enter');
  await page.keyboard.press('j');
  await page.keyboard.press('Enter');
  await page.waitForURL(/#\/reports\/.+/);
  await page.keyboard.press('Alt+ArrowLeft');
  await page.locator(`${row}[aria-selected=true][aria-rowindex="3"]`).waitFor();
  expect(await page.getByRole('searchbox', { name: 'Words to find' }).inputValue()).toBe('cavitating consolidation');
});

test('what was found long ago is gone to in its consultation', async () => {
  const page = await open({ query: 'as=doctor&rows=24&live=many', path: '/search' });
  await type(page, 'short of breath');
  await page.locator(row).filter({ hasText: 'Consultation' }).first().waitFor();
  // Of a consultation of 420 messages one far above its newest page.
  await page.keyboard.press('Enter');
  await page.keyboard.press('End');
  await page.locator(`${row}[aria-selected=true][aria-rowindex="51"]`).waitFor();
  await page.keyboard.press('Enter');
  await page.waitForURL(/#\/consultations\/.+/);
  const sought = page.locator('article[data-sought]');
  await sought.waitFor();
  expect(await sought.innerText()).toContain('short of breath');
  expect(await sought.evaluate((one) => { const box = one.getBoundingClientRect(); return box.top >= 0 && box.bottom <= window.innerHeight; })).toBe(true);
  await picture(page, 'search-gone-to');
});

test('more comes as one scrolls, and what one may not open is looked past', async () => {
  const page = await open({ query: 'as=doctor&rows=24&live=talking&found=2000', path: '/search' });
  await type(page, 'headache');
  await page.locator(row).first().waitFor();
  const grid = page.getByRole('grid');
  for (let n = 0; n < 60; n += 1) {
    await grid.evaluate((table) => table.scrollTo({ top: table.scrollHeight }));
    if (await page.locator('[aria-rowindex="400"][aria-selected]').count() > 0) break;
    await page.waitForTimeout(60);
  }
  expect(await page.locator('[role=row]').count()).toBeLessThan(80);
  await type(page, 'zebra');
  await page.getByText('Nothing among the newest').waitFor();
  await picture(page, 'search-further-back');
  const further = page.getByRole('button', { name: 'Look further back' });
  for (let n = 0; n < 8 && await further.isVisible(); n += 1) {
    await further.click();
    await page.waitForTimeout(120);
  }
  await page.getByText('Nothing holds all these words').waitFor();
});

test('words only, by meaning, not ready, failing: said in plain words', async () => {
  const words = await open({ query: `${MANY}&behind=1`, path: '/search' });
  await words.getByText('By words only: no engine for meaning is set.').waitFor();
  await words.getByText('Older texts are still being added.').waitFor();
  await words.getByText('Find what was said and written').waitFor();
  await picture(words, 'search-begin');
  await check(words);
  const meaning = await open({ query: `${MANY}&meaning=partly`, path: '/search' });
  await type(meaning, 'he cannot sleep');
  await meaning.getByRole('button', { name: 'By meaning' }).click();
  await meaning.getByText('Your words are sent to text-embedding-3-small.').waitFor();
  await meaning.getByText('96 of the newest 1,204 texts are ready.').waitFor();
  await meaning.getByText('The nearest 20').waitFor();
  await picture(meaning, 'search-meaning');
  await check(meaning);
  const failing = await open({ query: `${MANY}&meaning=failing`, path: '/search' });
  await type(failing, 'headache');
  await failing.getByText('The engine did not answer.').waitFor();
  await failing.getByRole('button', { name: 'By meaning' }).click();
  await failing.getByRole('alert').getByRole('button', { name: 'Try again' }).waitFor();
  await picture(failing, 'search-failing');
  await failing.getByRole('button', { name: 'By words' }).click();
  await failing.locator(row).first().waitFor();
});

test('an error is told and can be tried again; a chart leads into its own records', async () => {
  const broken = await open({ query: `${MANY}&fail=search.page:busy`, path: '/search' });
  await type(broken, 'headache');
  await broken.getByRole('alert').getByRole('button', { name: 'Try again' }).waitFor();
  const page = await open({ query: MANY, path: '/patients' });
  await page.locator(row).first().waitFor();
  await page.keyboard.press('Enter');
  const field = page.getByRole('searchbox', { name: "Search in this patient's records" });
  await field.fill('headache');
  await picture(page, 'search-in-chart');
  await field.press('Enter');
  await page.waitForURL(/#\/search$/);
  await page.getByRole('button', { name: 'Search all patients' }).waitFor();
});

test('a patient finds in the own record, and a pharmacist has no search', async () => {
  const page = await open({ query: 'as=patient&rows=24&reports=12&live=talking&found=60', path: '/search' });
  await type(page, 'headache');
  await page.locator(row).first().waitFor();
  expect(await page.getByRole('button', { name: 'Notes' }).count()).toBe(0);
  expect(await page.getByRole('button', { name: 'One patient…' }).count()).toBe(0);
  await picture(page, 'search-own');
  await check(page);
  const pharmacist = await open({ query: 'as=pharmacist', path: '/search' });
  await pharmacist.getByText('Not part of your role').waitFor();
});
