// The engines in the settings: what leaves the computer for each part, what failed, and the model on this computer.
import { expect, test } from 'vitest';

import { check, everyShape, open, picture, withBrowser } from './support/screen';

withBrowser();

const HASH = '1be3a9b2063867b937e64e2ec7483364a79917e157fa98c5d94b5c1fffea987b';

test('each part says what it sends, and its test names what failed', async () => {
  const page = await open({ query: 'as=admin&rows=20&engine=failing', path: '/settings' });
  const engine = page.getByRole('region', { name: 'Engine for text' });
  await engine.scrollIntoViewIfNeeded();
  await engine.getByText('It goes to OpenAI.', { exact: false }).waitFor();
  expect(await engine.getByLabel('Key', { exact: true }).inputValue()).toBe('');
  const meaning = engine.getByRole('region', { name: 'Search by meaning' });
  await meaning.getByText('Off: the search finds words only.').waitFor();
  expect(await meaning.getByRole('button').count()).toBe(0);

  const test = engine.getByRole('button', { name: 'Test: Translation' });
  await test.click();
  await engine.getByText('does not work').waitFor();
  await engine.getByText('did not answer in time', { exact: false }).waitFor();
  await picture(page, 'engine-settings-failing');
  await check(page);

  // What is not saved is not what would be tested.
  await meaning.getByRole('textbox').fill('text-embedding-3-small');
  await meaning.getByText('in the background', { exact: false }).waitFor();
  expect(await test.isDisabled()).toBe(true);
  await engine.getByRole('button', { name: 'Save' }).click();
  await page.getByText('The engine was saved.').waitFor();
  await engine.getByRole('button', { name: 'Test: Search by meaning' }).waitFor();
  expect(await test.isEnabled()).toBe(true);
});

test('an own server takes https, or http on this computer alone', async () => {
  const page = await open({ query: 'as=admin&rows=20&engine=none', path: '/settings' });
  const engine = page.getByRole('region', { name: 'Engine for text' });
  await engine.getByText('Nothing leaves this computer for text.', { exact: false }).waitFor();
  await engine.getByRole('radio', { name: 'Own server' }).check();
  await engine.getByRole('textbox', { name: 'Model for translation' }).fill('aya');
  const address = engine.getByRole('textbox', { name: 'Address' });
  await address.fill('http://192.168.1.9:11434/v1');
  await engine.getByRole('alert').waitFor();
  expect(await engine.getByRole('button', { name: 'Save' }).isDisabled()).toBe(true);
  await address.fill('http://localhost:11434/v1');
  await engine.getByRole('button', { name: 'Save' }).click();
  await page.getByText('The engine was saved.').waitFor();
});

test('a speech model is installed from a file, shown with its hash, and removed', async () => {
  const page = await open({ query: 'as=admin&rows=20&engine=none', path: '/settings' });
  const speech = page.getByRole('region', { name: 'Voice notes in writing' });
  await speech.scrollIntoViewIfNeeded();
  expect(await speech.getByRole('radio', { name: /This computer/ }).isDisabled()).toBe(true);
  await speech.getByText('Nothing leaves this computer. Voice notes stay sound.').waitFor();
  await speech.getByRole('button', { name: 'Install a model file…' }).click();
  await speech.getByText('no speech model that can be used here', { exact: false }).waitFor();
  await picture(page, 'engine-settings-foreign');

  await page.evaluate(() => (window.fakePicked = ['/media/usb/ggml-small.bin']));
  await speech.getByRole('button', { name: 'Install a model file…' }).click();
  await speech.getByText(HASH).waitFor();
  expect(await speech.getByRole('radio', { name: /This computer/ }).isChecked()).toBe(true);
  await speech.getByText('Voice notes are written down here.', { exact: false }).waitFor();
  await speech.getByRole('button', { name: 'Test: Voice notes in writing' }).click();
  await speech.getByText(/works/).waitFor();
  await picture(page, 'engine-settings-model');
  await check(page);

  await speech.getByRole('button', { name: 'Remove' }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Remove' }).click();
  await page.getByText('The speech model was removed.').waitFor();
  expect(await speech.getByRole('radio', { name: 'Nobody' }).isChecked()).toBe(true);
});

test('sound that leaves the computer is said so before it is saved', async () => {
  const page = await open({ query: 'as=admin&rows=20', path: '/settings' });
  const speech = page.getByRole('region', { name: 'Voice notes in writing' });
  await speech.getByRole('radio', { name: 'Another server' }).check();
  await speech.getByText("in the speaker's own voice", { exact: false }).waitFor();
  await speech.getByRole('textbox', { name: 'Address' }).fill('https://speech.clinic.example/v1');
  await speech.getByRole('textbox', { name: 'Model for speech' }).fill('whisper-1');
  await speech.getByRole('button', { name: 'Save' }).click();
  await page.getByText('Saved.').waitFor();
  await speech.getByRole('button', { name: 'Test: Voice notes in writing' }).waitFor();
});

test('nobody but an administrator sees them', async () => {
  const page = await open({ query: 'as=doctor&rows=20', path: '/settings' });
  await page.getByRole('heading', { name: 'Settings' }).first().waitFor();
  expect(await page.getByRole('region', { name: 'Engine for text' }).count()).toBe(0);
  expect(await page.getByRole('region', { name: 'Voice notes in writing' }).count()).toBe(0);
});

test('the engines in every shape', () => everyShape({
  name: 'engine-settings', query: 'as=admin&rows=20&speech=device', path: '/settings',
  ready: (page) => page.locator('input[name="speech"]').first().scrollIntoViewIfNeeded(),
}));
