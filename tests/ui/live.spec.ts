import { expect, test } from 'vitest';
import type { Page } from 'playwright-core';

import { check, everyShape, open, picture, withBrowser } from './support/screen';

withBrowser();

const ROOM = '/consultations/consult0-0000-7000-8000-000000000000';
const bubble = (page: Page) => page.getByRole('article').first();

test('a conversation in every shape', () => everyShape({ name: 'live-talk', query: 'as=doctor&rows=20&live=talking&guest=manual', path: ROOM, ready: (page) => bubble(page).waitFor() }));
test('the waiting room in every shape', () => everyShape({ name: 'live-waiting', query: 'as=doctor&rows=20&live=waiting&guest=manual', path: ROOM, ready: (page) => page.getByRole('button', { name: 'Admit' }).or(page.getByRole('button', { name: /Åð/ })).waitFor() }));
test('the list in every shape', () => everyShape({ name: 'live-list', query: 'as=doctor&rows=20&live=many&guest=manual', path: '/consultations', ready: (page) => page.getByRole('grid').waitFor() }));
test('an empty list says how to begin', async () => {
  const page = await open({ query: 'as=doctor&rows=20', path: '/consultations' });
  await page.getByText('No consultations yet').waitFor();
  await picture(page, 'live-list-empty');
  await check(page);
});
