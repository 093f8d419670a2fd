import { expect, test } from 'vitest';

import { arrive, phone, seen, type Shape, withPhones } from './support/phone';
import { FakeClinic } from './support/clinic';

withPhones();

/** The shapes in which the page is looked at: scripts, directions, long words, weak eyes. */
const SHAPES: readonly [string, string, Shape][] = [
  ['en-light', 'English', {}],
  ['ar-dark', 'العربية', { locale: 'ar', dark: true }],
  ['te-contrast', 'తెలుగు', { locale: 'te', look: { contrast: true } }],
  ['de-large', 'Deutsch', { locale: 'de', look: { large: true } }],
  ['ja-small', '日本語', { locale: 'ja', size: { width: 320, height: 568 } }],
];

test.each(SHAPES)('from the language to the waiting room: %s', async (name, own, shape) => {
  const at = await phone((clinic) => clinic.link, shape);
  await at.page.getByRole('button', { name: own, exact: true }).waitFor();
  await seen(at, `language-${name}`);
  await at.page.getByRole('button', { name: own, exact: true }).click();
  await at.page.getByRole('textbox').fill('Noor');
  await seen(at, `name-${name}`);
  await at.page.locator('button[type=submit]').click();
  await at.page.locator('ol li').nth(3).waitFor();
  await seen(at, `waiting-${name}`);
  await at.page.context().close();
});

test('the link leaves the address bar and the history at once', async () => {
  const { page } = await phone((clinic) => clinic.link);
  await page.getByRole('button', { name: 'English', exact: true }).waitFor();
  expect(new URL(page.url()).pathname + new URL(page.url()).hash).toBe('/');
  expect(await page.evaluate(() => history.length)).toBeLessThanOrEqual(2);
});

test('both see the same four pictures', async () => {
  const at = await phone((clinic) => clinic.link);
  await arrive(at, 'English');
  await at.clinic.until(() => at.clinic.pictures.length === 4);
  const shown = await at.page.locator('ol li').allInnerTexts();
  expect(shown.map((text) => text.split('\n').at(-1))).toEqual(at.clinic.pictures.map((name) => (name === 'palm' ? 'palm tree' : name)));
});

test('a name is asked for', async () => {
  const at = await phone((clinic) => clinic.link);
  await at.page.getByRole('button', { name: 'English', exact: true }).click();
  await at.page.getByRole('button', { name: 'Go to the waiting room' }).click();
  await at.page.getByText('Please write a name.').waitFor();
  await seen(at, 'name-missing');
});

test('a spoken code, in the digits of any script', async () => {
  const at = await phone('/');
  await at.page.getByRole('button', { name: 'English', exact: true }).click();
  await at.page.getByRole('textbox').fill('Noor');
  await at.page.locator('button[type=submit]').click();
  await at.page.getByLabel('Code of ten digits').fill('47111');
  await at.page.locator('button[type=submit]').click();
  await at.page.getByText('The code has ten digits.').waitFor();
  await seen(at, 'code-short');
  await at.page.getByLabel('Code of ten digits').fill('٤٧١١ ١٢٣٤٥٦');
  await at.page.locator('button[type=submit]').click();
  await at.page.locator('ol li').nth(3).waitFor();
});

test('a wrong code says so, and another can be tried', async () => {
  const at = await phone('/');
  await at.page.getByRole('button', { name: 'English', exact: true }).click();
  await at.page.getByRole('textbox').fill('Noor');
  await at.page.locator('button[type=submit]').click();
  await at.page.getByLabel('Code of ten digits').fill('4711999999');
  await at.page.locator('button[type=submit]').click();
  await at.page.getByText('That was not the right code').waitFor();
  await seen(at, 'over-wrong-code');
  await at.page.getByRole('button', { name: 'Start again with a code' }).click();
  await at.page.getByLabel('Code of ten digits').waitFor();
});

test('a used link, a cut link and a stranger at the door are each told', async () => {
  const used = await phone((clinic) => {
    clinic.relay.doors.clear();
    return clinic.link;
  });
  const cut = await phone((clinic) => clinic.link.slice(0, -9));
  const stranger = await FakeClinic.open();
  const foreign = await phone((clinic) => {
    clinic.relay.doors.set('Consult-room-7', stranger.relay.doors.get('Consult-room-7') ?? new Uint8Array());
    return clinic.link;
  });
  for (const [at, name, words] of [[used, 'closed', 'This link no longer works'], [cut, 'bad-link', 'This link is not complete'], [foreign, 'not-doctor', 'This is not the doctor who invited you']] as const) {
    await at.page.getByRole('button', { name: 'English', exact: true }).click();
    await at.page.getByRole('textbox').fill('Noor');
    await at.page.locator('button[type=submit]').click();
    await at.page.getByRole('heading', { name: words }).waitFor();
    await seen(at, `over-${name}`);
  }
  expect(foreign.clinic.relay.streams.size).toBe(0);
});

test('without network the page says so and goes on by itself', async () => {
  const at = await phone((clinic) => clinic.link);
  await at.page.getByRole('button', { name: 'English', exact: true }).click();
  await at.page.getByRole('textbox').fill('Noor');
  at.clinic.relay.cut = true;
  await at.page.locator('button[type=submit]').click();
  await at.page.getByText('Waiting for network').waitFor();
  await seen(at, 'waiting-offline');
  at.clinic.relay.cut = false;
  await at.page.evaluate(() => window.dispatchEvent(new Event('online')));
  await at.page.locator('ol li').nth(3).waitFor();
});

test('declined, and a doctor who is not there yet', async () => {
  const at = await phone((clinic) => clinic.link);
  await arrive(at, 'English');
  at.clinic.relay.presence(false);
  await at.page.getByText("The doctor's computer is not connected yet.").waitFor();
  await seen(at, 'waiting-away');
  await at.clinic.tell({ t: 'declined' });
  await at.page.getByRole('heading', { name: 'The doctor cannot see you now' }).waitFor();
  await seen(at, 'over-declined');
});
