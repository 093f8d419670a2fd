import { expect, test } from 'vitest';
import type { Page } from 'playwright-core';

import { check, everyShape, open, picture, withBrowser } from './support/screen';

withBrowser();

const ROOM = '/consultations/consult0-0000-7000-8000-000000000000';
const TALK = 'as=doctor&rows=20&live=talking&guest=manual';
const bubble = (page: Page) => page.getByRole('article').first();
const live = (page: Page, act: string) => page.evaluate(`window.fakeLive.${act}`);

test('a conversation in every shape', () => everyShape({ name: 'live-talk', query: TALK, path: ROOM, ready: (page) => bubble(page).waitFor() }));

test('what is said is shown at once, then kept, then translated', async () => {
  const page = await open({ query: TALK, path: ROOM });
  await bubble(page).waitFor();
  await page.getByRole('textbox', { name: 'Your message' }).fill('May I examine you?');
  await page.keyboard.press('Enter');
  const said = page.getByRole('article').filter({ hasText: 'May I examine you?' });
  await said.waitFor();
  await said.getByText('¿Puedo examinarle?').waitFor();
  await said.getByText('Verified phrase').waitFor();
  await said.getByText('Seen').waitFor();
  expect(await page.getByRole('textbox', { name: 'Your message' }).inputValue()).toBe('');
});

test('what cannot be kept stays on the screen and can be sent again', async () => {
  const page = await open({ query: `${TALK}&fail=live.say:busy`, path: ROOM });
  await bubble(page).waitFor();
  await page.getByRole('textbox', { name: 'Your message' }).fill('Can you hear me well?');
  await page.keyboard.press('Enter');
  await page.getByText('Not kept. It is only on this screen.').waitFor();
  await picture(page, 'live-not-kept');
  // It outlives a look at something else.
  await page.getByRole('link', { name: 'Worklist' }).click();
  await page.getByRole('grid').waitFor();
  await page.getByRole('contentinfo').getByRole('button', { name: /Consultation/ }).click();
  await page.getByText('Not kept. It is only on this screen.').waitFor();
  await page.evaluate(() => window.fakeHeal?.('live.say'));
  await page.getByRole('button', { name: 'Try again', exact: true }).click();
  await page.getByRole('article').filter({ hasText: 'Can you hear me well?' }).getByText('¿Me oye bien?').waitFor();
  expect(await page.getByRole('article').filter({ hasText: 'Can you hear me well?' }).count()).toBe(1);
});

test('a message that comes is read out, and read large in the own language; a tap swaps', async () => {
  const page = await open({ query: TALK, path: ROOM });
  await bubble(page).waitFor();
  await live(page, "say('Mi hermana tiene la misma tos.')");
  const came = page.getByRole('article').filter({ hasText: 'Mi hermana' });
  await came.getByText('My sister has the same cough.').waitFor();
  await page.locator('[aria-live="polite"].unseen').filter({ hasText: 'Amina Diallo: ' }).waitFor({ state: 'attached' });
  await came.getByRole('button', { name: /^Show large, Spanish/ }).click();
  await came.getByRole('button', { name: /^Show large, English: My sister/ }).waitFor();
  await check(page);
});

test('lost network is said where one works and in the bottom bar', async () => {
  const page = await open({ query: TALK, path: ROOM });
  await bubble(page).waitFor();
  await live(page, 'connection(false)');
  await page.getByRole('main').getByText('2 messages not yet sent').waitFor();
  await page.getByRole('contentinfo').getByText('Waiting for the network.').waitFor();
  await live(page, 'engine(false)');
  await page.getByRole('main').getByText('did not answer in time', { exact: false }).waitFor();
  await picture(page, 'live-offline');
  await check(page);
});

test('a message without a translation is tried again', async () => {
  const page = await open({ query: TALK, path: ROOM });
  await page.getByRole('button', { name: 'Try again to translate into English' }).click();
  await page.getByRole('article').filter({ hasText: 'poquitín' }).getByText('machine translation').waitFor();
});

test('suggestions are picked, never sent by themselves', async () => {
  const page = await open({ query: TALK, path: ROOM });
  await bubble(page).waitFor();
  await page.getByRole('textbox', { name: 'Your message' }).fill('where does it hurt you');
  await page.getByRole('button', { name: /Where does it hurt\?/ }).waitFor();
  await picture(page, 'live-suggestions');
  await check(page);
  await page.keyboard.press('Control+j');
  await page.keyboard.press('Enter');
  expect(await page.getByRole('textbox', { name: 'Your message' }).inputValue()).toBe('Where does it hurt?');
  await page.getByText('¿Dónde le duele?').last().waitFor();
  await picture(page, 'live-picked');
});

test('a phrase is filled in place, previewed in both languages, and said', async () => {
  const page = await open({ query: TALK, path: ROOM });
  await bubble(page).waitFor();
  await page.keyboard.press('Alt+p');
  await page.getByRole('searchbox', { name: 'Search in either language' }).fill('Duration');
  await page.getByRole('button', { name: /^Duration/ }).click();
  await page.getByRole('textbox', { name: 'Number' }).fill('3');
  await page.getByRole('combobox', { name: 'Unit of time' }).selectOption('days');
  await page.getByText('Duración: 3 días').waitFor();
  await picture(page, 'live-phrase');
  await check(page);
  await page.getByRole('button', { name: 'Say it' }).click();
  await page.getByRole('article').filter({ hasText: 'Duration: 3 days' }).getByText('Duración: 3 días').waitFor();
});

test('older messages come when one scrolls up, and what one reads stays in place', async () => {
  const page = await open({ query: 'as=doctor&rows=20&live=many&guest=manual', path: ROOM });
  await bubble(page).waitFor();
  const feed = page.getByRole('feed');
  for (let n = 0; n < 12; n += 1) {
    await feed.evaluate((box) => box.scrollTo(0, 0));
    await page.waitForTimeout(120);
    if (await page.getByText('The consultation began here').isVisible()) break;
  }
  await page.getByText('The consultation began here').waitFor();
  // Only what is in sight exists.
  expect(await page.getByRole('article').count()).toBeLessThan(40);
  await picture(page, 'live-beginning');
});

test('a voice note is recorded with its level, sent, and played', async () => {
  const page = await open({ query: TALK, path: ROOM });
  await bubble(page).waitFor();
  await page.getByRole('button', { name: 'Voice note', exact: true }).click();
  await page.getByRole('meter', { name: 'Loudness' }).waitFor();
  await page.getByText('0:01').waitFor();
  await picture(page, 'live-recording');
  await check(page);
  await page.getByRole('group', { name: 'Recording a voice note' }).getByRole('button', { name: 'Send' }).click();
  await page.getByRole('button', { name: /^Play the voice note/ }).nth(1).click();
  await page.getByRole('button', { name: 'Pause' }).waitFor();
});

test('a voice note that a crash cut off is sent or thrown away, never lost unsaid', async () => {
  const page = await open({ query: TALK, path: ROOM });
  await bubble(page).waitFor();
  await live(page, 'cutOff()');
  await page.getByText('A voice note of 0:12 was cut off when the program stopped.').waitFor();
  await picture(page, 'live-cut-off');
  await check(page);
  await page.getByRole('button', { name: 'Send it' }).click();
  await page.getByRole('button', { name: 'Play the voice note of 0:12' }).waitFor();
  await page.getByText('was cut off').waitFor({ state: 'detached' });
});

test('ending says what becomes of it, and files it', async () => {
  const page = await open({ query: TALK, path: ROOM });
  await bubble(page).waitFor();
  await page.getByRole('button', { name: 'End', exact: true }).click();
  await page.getByRole('dialog').getByText('It cannot be opened again').waitFor();
  await picture(page, 'live-end');
  await check(page);
  await page.getByRole('button', { name: 'End and file in the chart' }).click();
  await page.getByText('is filed in the chart. Nothing can be added.').waitFor();
  expect(await page.getByRole('textbox', { name: 'Your message' }).count()).toBe(0);
  await page.getByRole('button', { name: 'Transcript' }).click();
  await page.getByRole('dialog').getByText('Desde el martes', { exact: false }).waitFor();
  await picture(page, 'live-transcript');
  await check(page);
  await page.getByRole('button', { name: 'Save as a file' }).click();
  await page.getByText('The transcript was saved.').waitFor();
});

test('a refused consultation says so', async () => {
  const page = await open({ query: `${TALK}&fail=live.view:forbidden`, path: ROOM });
  await page.getByRole('alert').waitFor();
  await picture(page, 'live-refused');
});
