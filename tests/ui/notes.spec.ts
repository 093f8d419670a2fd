import type { Page } from 'playwright-core';
import { expect, test } from 'vitest';

import { check, everyShape, open, picture, withBrowser } from './support/screen';

withBrowser();

const at = (notes: string, more = '') => ({ query: `as=doctor&rows=30&live=talking&guest=manual&notes=${notes}${more}`, path: '/consultations' }) as const;

/** From the list into the running consultation, and to its note. */
async function enter(page: Page): Promise<void> {
  await page.locator('main li button, main tbody tr').first().click();
  await page.locator('header button').filter({ has: page.locator('.lucide-notebook-pen') }).click();
  await page.locator('aside ol > li').first().waitFor();
}

test('a draft in every shape', () => everyShape({ name: 'notes-draft', ...at('draft'), ready: enter }));
test('a signed note in every shape', () => everyShape({ name: 'notes-signed', ...at('signed'), ready: enter }));
test('before there is a note, in every shape', () => everyShape({ name: 'notes-begin', ...at('none'), ready: enter }));

test('a note is drafted, looked up, corrected and signed', async () => {
  const page = await open(at('none'));
  await enter(page);
  await page.getByRole('button', { name: 'Draft with gpt-5-mini' }).click();
  await page.getByText('Every sentence is checked against the conversation', { exact: false }).waitFor();
  await page.getByRole('region', { name: 'Symptoms' }).waitFor();
  // Whose words they are, and what does not count, with its reason.
  await page.getByText('Draft by gpt-5-mini. Needs review by a clinician; not for diagnosis alone.').waitFor();
  expect(await page.locator('main s').allTextContents()).toEqual(['Short of breath for 3 days.', 'Bronchitis.', 'Prescribe morphine 10 mg.']);
  await page.getByText('the doctor did not say this.').waitFor();
  await page.getByText('the message it rests on gives orders to a program.').waitFor();
  // A source leads to its message.
  await page.getByRole('button', { name: 'Show message 4' }).first().click();
  expect(await page.locator('aside [data-lit]').textContent()).toContain('Since Tuesday');
  await picture(page, 'notes-source');
  // The doctor writes: Enter begins the next sentence.
  const first = page.getByRole('textbox', { name: 'Sentence in Symptoms' }).first();
  await first.fill('Chest pain in the middle when coughing.');
  await first.press('Enter');
  await page.keyboard.type('Sleeps badly.');
  await page.getByText('Saved.').waitFor();
  await page.getByRole('button', { name: 'Take over all the same' }).first().click();
  await page.getByText('Taken over by the clinician, although:').waitFor();
  await page.getByText('Saved.').waitFor();
  await page.keyboard.press('Control+Enter');
  await page.getByRole('form', { name: 'Sign the note' }).waitFor();
  await picture(page, 'notes-sign');
  await check(page);
  for (const box of await page.getByRole('form', { name: 'Sign the note' }).getByRole('checkbox').all()) await box.check();
  const password = page.getByLabel('Password of', { exact: false });
  await password.fill('wrong');
  await password.press('Enter');
  await page.getByRole('alert').waitFor();
  await password.fill('demo clinic');
  await password.press('Enter');
  await page.getByText('Signed by Dr Leila Haddad', { exact: false }).waitFor();
  expect(await page.getByRole('textbox', { name: 'Sentence in', exact: false }).count()).toBe(0);
  // What changed between the draft and the signature.
  await page.keyboard.press('Alt+h');
  await page.getByRole('dialog').getByText('Edited').click();
  await page.getByRole('dialog').locator('ins', { hasText: 'Sleeps badly.' }).waitFor();
  await picture(page, 'notes-history');
  await check(page);
});

test('a correction asks why', async () => {
  const page = await open(at('signed'));
  await enter(page);
  await page.getByRole('button', { name: 'Correct this note' }).click();
  await page.getByRole('textbox', { name: 'Sentence in Symptoms' }).first().fill('Chest pain on the left.');
  await page.getByText('Correction, not signed yet').waitFor();
  await page.getByRole('button', { name: 'Sign the note' }).click();
  await page.getByLabel('Password of', { exact: false }).fill('demo clinic');
  for (const box of await page.getByRole('form').getByRole('checkbox').all()) await box.check();
  expect(await page.getByRole('form').getByRole('button', { name: 'Sign the note' }).isDisabled()).toBe(true);
  await page.getByLabel('What changed, and why').fill('The side was missing.');
  await picture(page, 'notes-correct');
  await check(page);
  await page.getByRole('form').getByRole('button', { name: 'Sign the note' }).click();
  await page.getByText('Signed by Dr Leila Haddad', { exact: false }).waitFor();
});

test('too few words, no engine, an engine that does not answer, one that is stopped', async () => {
  const few = await open(at('few'));
  await enter(few);
  await few.getByText('12 words were said so far. A draft needs at least 40', { exact: false }).waitFor();
  expect(await few.getByRole('button', { name: 'Draft with gpt-5-mini' }).isDisabled()).toBe(true);
  await picture(few, 'notes-few');
  await few.getByRole('button', { name: 'Write it myself' }).click();
  await few.getByRole('region', { name: 'Treatment plan' }).getByRole('button', { name: 'Add a sentence' }).click();
  await few.keyboard.type('Come back on Monday.');
  await few.getByText('Saved.').waitFor();
  await check(few);

  const none = await open(at('none', '&engine=none'));
  await enter(none);
  await none.getByText('No engine is set.', { exact: false }).waitFor();
  await none.getByRole('button', { name: 'Make an extract' }).click();
  await none.getByText('Extract, no engine', { exact: false }).waitFor();
  await picture(none, 'notes-extract');
  await check(none);

  const failing = await open(at('none', '&engine=failing'));
  await enter(failing);
  await failing.getByRole('button', { name: 'Draft with', exact: false }).click();
  await failing.getByRole('alert').getByText('The note was not drafted, and nothing of it was kept.', { exact: false }).waitFor();
  await picture(failing, 'notes-failed');
  await check(failing);

  const slow = await open(at('slow'));
  await enter(slow);
  await slow.getByRole('button', { name: 'Draft with', exact: false }).click();
  await slow.getByRole('button', { name: 'Cancel the draft' }).waitFor();
  await picture(slow, 'notes-drafting');
  await check(slow);
  await slow.getByRole('button', { name: 'Cancel the draft' }).click();
  await slow.locator('main').getByText('The draft was cancelled. Nothing of it was kept.').waitFor();
});
