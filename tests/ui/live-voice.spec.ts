import { expect, test } from 'vitest';
import type { Page } from 'playwright-core';

import { check, everyShape, open, picture, withBrowser } from './support/screen';

withBrowser();

const ROOM = '/consultations/consult0-0000-7000-8000-000000000000';
const TALK = 'as=doctor&rows=20&live=talking&guest=manual';
const live = (page: Page, act: string) => page.evaluate(`window.fakeLive.${act}`);
const doubtful = (page: Page) => page.getByRole('button', { name: 'Quince miligramos, creo. (not sure)' });
const note = (page: Page) => page.getByRole('article').filter({ hasText: 'Quince' });

async function room(more = ''): Promise<Page> {
  const page = await open({ query: `${TALK}${more}`, path: ROOM });
  await page.getByRole('article').first().waitFor();
  return page;
}

test('voice notes in words, in every shape', () => everyShape({ name: 'live-voice', query: TALK, path: ROOM, ready: (page) => note(page).waitFor() }));

test('what was heard is marked as a machine’s, what it is not sure of is underlined and said so, and a click plays from there', async () => {
  const page = await room();
  await note(page).getByText('written down by a machine').waitFor();
  await note(page).getByText('not sure of a part').waitFor();
  // The translation stands large; the words as they were heard come with a tap.
  await note(page).getByRole('button', { name: /^Show large, Spanish/ }).click();
  await doubtful(page).waitFor();
  expect(await doubtful(page).evaluate((button) => getComputedStyle(button).textDecorationStyle)).toBe('wavy');
  await picture(page, 'live-voice-heard');
  await check(page);
  await doubtful(page).click();
  await note(page).getByRole('button', { name: 'Pause' }).waitFor();
  const at = Number(await note(page).getByRole('slider').inputValue());
  expect(at).toBeGreaterThanOrEqual(3_100);
  expect(at).toBeLessThan(6_000);
});

test('a note waits, is written down, and a doctor corrects it', async () => {
  const page = await room();
  await live(page, "note('written')");
  await page.getByText('Being written down …').waitFor();
  await picture(page, 'live-voice-waiting');
  await page.getByRole('article').last().getByText('written down by a machine').waitFor();
  await page.getByRole('article').last().getByRole('button', { name: 'Correct' }).click();
  const field = page.getByRole('textbox', { name: 'What was said, in Spanish' });
  expect(await field.inputValue()).toContain('Quince miligramos');
  await field.fill('Tomo las pastillas por la mañana. Cinco miligramos.');
  await picture(page, 'live-voice-correcting');
  await check(page);
  await page.getByRole('button', { name: 'Save the correction' }).click();
  await page.getByText('Corrected by Dr Leila Haddad').waitFor();
  await picture(page, 'live-voice-corrected');
});

test('without an engine a note stays a sound and says so; it can be written by hand', async () => {
  const page = await room('&writer=none');
  await page.getByText('Not written down: no engine for voice notes is set').first().waitFor();
  await picture(page, 'live-voice-no-engine');
  await check(page);
  await page.getByRole('button', { name: 'Write it by hand' }).first().click();
  await page.getByRole('textbox', { name: 'What was said, in Spanish' }).fill('Tengo fiebre desde ayer.');
  await page.getByRole('button', { name: 'Save the correction' }).click();
  await page.getByText('Corrected by Dr Leila Haddad').waitFor();
});

test('silence and what cannot be written down say so', async () => {
  const page = await room();
  await live(page, "note('no_speech')");
  await page.getByText('No speech heard; nothing was sent').waitFor();
  await live(page, "note('failed')");
  await page.getByText('What the engine heard could not be trusted, so it is not shown.').waitFor();
  await picture(page, 'live-voice-failed');
  await check(page);
  await page.getByRole('button', { name: 'Try again', exact: true }).last().click();
  await page.getByRole('article').last().getByText('written down by a machine').waitFor();
});

test('while the engine cannot be reached notes wait, nothing is lost, and it says what to do', async () => {
  const page = await room();
  await live(page, 'writer(false)');
  for (let n = 0; n < 3; n += 1) await live(page, "note('written')");
  await page.getByText('3 voice notes wait to be written down.').waitFor();
  await page.getByText('Nothing is lost', { exact: false }).waitFor();
  await picture(page, 'live-voice-offline');
  await check(page);
  await live(page, 'writer(true)');
  await page.getByText('3 voice notes wait').waitFor({ state: 'detached' });
  await page.getByRole('article').last().getByText('written down by a machine').waitFor();
});

test('a recording is paused and goes on; what is said meanwhile is nowhere', async () => {
  const page = await room();
  await page.getByRole('button', { name: 'Voice note', exact: true }).click();
  await page.getByText('0:01').waitFor();
  await page.getByRole('button', { name: 'Pause', exact: true }).last().click();
  const group = page.getByRole('group', { name: 'Recording a voice note' });
  await group.getByText('Paused. Nothing is kept.').waitFor();
  const before = await group.innerText();
  await page.waitForTimeout(1500);
  expect(await group.innerText()).toBe(before);
  await picture(page, 'live-voice-paused');
  await check(page);
  await page.getByRole('button', { name: 'Go on', exact: true }).click();
  await group.getByText('0:03').waitFor();
  await group.getByRole('button', { name: 'Send' }).click();
  await page.getByRole('article').last().getByText('written down by a machine').waitFor();
});
