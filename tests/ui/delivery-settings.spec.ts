import { expect, test } from 'vitest';

import { check, everyShape, open, picture, withBrowser } from './support/screen';

withBrowser();

test('settings of delivery in every shape', () => everyShape({ name: 'delivery-settings', query: 'as=admin&rows=20&mail=both', path: '/settings', ready: async (page) => {
  // The words are stretched here: the panel is known by its own control.
  const panel = page.getByRole('region').filter({ has: page.locator('input[name=smtp]') });
  await panel.locator('input[type=email]').first().waitFor();
  await panel.scrollIntoViewIfNeeded();
} }));

test('e-mail: a preset, a rule, a password that is never shown, a test that names the step', async () => {
  const page = await open({ query: 'as=admin&rows=20&mail=none', path: '/settings' });
  const email = page.getByRole('region', { name: 'E-mail' });
  await email.getByText('Reports can be printed, saved').waitFor();
  expect(await email.getByRole('button', { name: 'Test e-mail' }).count()).toBe(0);
  await email.getByRole('radio', { name: 'Another server' }).check();
  await email.getByRole('radio', { name: /^None \(only/ }).check();
  await email.getByLabel('Server', { exact: true }).fill('mail.example');
  await email.getByText('Without encryption only a server on this computer is allowed.').waitFor();
  await email.getByLabel('Sender').fill('reports@hillside.example');
  expect(await email.getByRole('button', { name: 'Save e-mail' }).isDisabled()).toBe(true);
  await email.getByRole('radio', { name: 'TLS from the start' }).check();
  expect(await email.getByLabel('Port').inputValue()).toBe('465');
  await email.getByRole('radio', { name: 'Microsoft 365' }).check();
  expect(await email.getByLabel('Server', { exact: true }).inputValue()).toBe('smtp.office365.com');
  expect(await email.getByLabel('Port').inputValue()).toBe('587');
  await email.getByLabel('Account').fill('reports@hillside.example');
  await email.getByLabel('Password').fill('a secret');
  await email.getByRole('checkbox', { name: 'Send again what may have arrived' }).check();
  await email.scrollIntoViewIfNeeded();
  await picture(page, 'delivery-email');
  await check(page);
  await email.getByRole('button', { name: 'Save e-mail' }).click();
  await page.getByText('E-mail was saved.').waitFor();
  expect(await email.getByLabel('Password').inputValue()).toBe('');
  await email.getByText('A password is kept.', { exact: false }).waitFor();
  await email.getByRole('button', { name: 'Test e-mail' }).click();
  await email.getByText('does not work: signing in').waitFor();
  await email.getByText('The server refused name or password.', { exact: false }).waitFor();
  await email.getByText('535 5.7.3 Authentication unsuccessful').waitFor();
  await picture(page, 'delivery-email-failed');
  await check(page);
  await email.getByRole('radio', { name: 'None', exact: true }).check();
  await email.getByRole('button', { name: 'Save e-mail' }).click();
  await page.getByText('E-mail is switched off.').waitFor();
});

test('a FHIR server must be encrypted, WhatsApp is off until it is switched on with what leaves in sight', async () => {
  const page = await open({ query: 'as=admin&rows=20', path: '/settings' });
  const fhir = page.getByRole('region', { name: 'FHIR server' });
  await fhir.getByLabel('Address').fill('http://fhir.example');
  await fhir.getByText('An address that begins with https://').waitFor();
  await fhir.getByLabel('Address').fill('http://localhost:8080/fhir');
  await fhir.getByRole('button', { name: 'Save the FHIR server' }).click();
  await fhir.getByRole('button', { name: 'Test the FHIR server' }).click();
  await fhir.getByText('works (312 ms)').waitFor();
  const whatsapp = page.getByRole('region', { name: 'WhatsApp' });
  const on = whatsapp.getByRole('switch');
  expect(await on.isChecked()).toBe(false);
  expect(await whatsapp.getByRole('textbox').count()).toBe(0);
  await on.click();
  await whatsapp.getByText('What leaves this computer').waitFor();
  expect(await whatsapp.getByRole('button', { name: 'Save WhatsApp' }).isDisabled()).toBe(true);
  await whatsapp.getByLabel('Provider’s address'.replace('’', "'")).fill('https://graph.provider.example');
  await whatsapp.getByLabel("Sender's id").fill('1029');
  await whatsapp.getByLabel('Key').fill('k');
  await whatsapp.scrollIntoViewIfNeeded();
  await picture(page, 'delivery-whatsapp');
  await check(page);
  await whatsapp.getByRole('button', { name: 'Save WhatsApp' }).click();
  await page.getByText('WhatsApp was saved.').waitFor();
});

test('the letterhead has at most eight lines', async () => {
  const page = await open({ query: 'as=admin&rows=20', path: '/settings' });
  const lines = page.getByLabel('Letterhead of the reports');
  expect(await lines.inputValue()).toContain('River Road');
  await lines.fill(Array.from({ length: 9 }, (_, n) => `Line ${n}`).join('\n'));
  await page.getByText('At most 8 lines.').waitFor();
  await lines.fill('12 River Road\n\nTelephone 555 0142\nwww.riverside.example');
  await page.getByRole('region', { name: 'Clinic', exact: true }).getByRole('button', { name: 'Save' }).click();
  await page.getByText('The settings were saved.').waitFor();
});
