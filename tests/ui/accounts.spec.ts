import { expect, test } from 'vitest';

import { check, everyShape, open, picture, withBrowser } from './support/screen';

withBrowser();

const PASSWORD = 'demo clinic';

test('one’s own account, in every shape', () => everyShape({
  name: 'account', query: 'as=doctor&second=app&pin=1', path: '/settings',
  ready: (page) => page.getByRole('heading', { name: /Second step|Ŝ/ }).first().waitFor().catch(() => page.locator('h3').first().waitFor()),
}));

test('the second step at sign-in: a code, a wrong one, a recovery code', async () => {
  const page = await open({ query: 'as=signed-out&second=app' });
  await page.getByLabel('Sign-in name').fill('doctor');
  await page.getByLabel('Password').fill(PASSWORD);
  await page.getByRole('button', { name: 'Sign in', exact: true }).click();
  await page.getByRole('heading', { name: 'One more step' }).waitFor();
  await picture(page, 'sign-in-code');
  await check(page);
  await page.getByLabel('Code', { exact: true }).fill('999999');
  await page.keyboard.press('Enter');
  await page.getByText('This code does not open.').waitFor();
  await picture(page, 'sign-in-code-wrong');
  await page.getByRole('button', { name: 'Use a recovery code' }).click();
  await page.getByLabel('Recovery code').fill('abcde-fghjk');
  await page.keyboard.press('Enter');
  await page.getByRole('grid').waitFor();
});

test('codes by e-mail can be asked for again', async () => {
  const page = await open({ query: 'as=signed-out&second=email' });
  await page.getByLabel('Sign-in name').fill('doctor');
  await page.getByLabel('Password').fill(PASSWORD);
  await page.keyboard.press('Enter');
  await page.getByText('We sent six digits').waitFor();
  await page.getByRole('button', { name: 'Send another code' }).click();
  await page.getByLabel('Code', { exact: true }).fill('123456');
  await page.keyboard.press('Enter');
  await page.getByRole('grid').waitFor();
});

test('an authenticator app is set up, and the recovery codes are shown once', async () => {
  const page = await open({ query: 'as=doctor', path: '/settings' });
  await page.getByRole('button', { name: 'Use an authenticator app' }).click();
  await page.getByLabel('Your present password').fill(PASSWORD);
  await page.getByRole('button', { name: 'Next' }).click();
  await page.getByAltText('QR code for the authenticator app').waitFor();
  await picture(page, 'account-app');
  await check(page);
  await page.getByLabel('The six digits that the app shows now').fill('123456');
  await page.getByRole('button', { name: 'Turn on' }).click();
  await page.getByRole('heading', { name: 'Your recovery codes' }).waitFor();
  await picture(page, 'account-codes');
  await check(page);
  expect(await page.getByRole('listitem').filter({ hasText: /^[0-9A-Z]{5}-[0-9A-Z]{5}$/ }).count()).toBe(10);
  expect(await page.getByRole('button', { name: 'Done' }).isDisabled()).toBe(true);
  await page.getByLabel('I have kept them').check();
  await page.getByRole('button', { name: 'Done' }).click();
  await page.getByText('10 of ten are left.').waitFor();
});

test('the meter says what is wrong while one types, and lets nothing weak through', async () => {
  const page = await open({ query: 'as=doctor', path: '/settings' });
  await page.getByRole('button', { name: 'Change password' }).click();
  await page.getByLabel('Present password').fill(PASSWORD);
  const go = page.getByRole('dialog').getByRole('button', { name: 'Change password' });
  await page.getByLabel('New password', { exact: true }).fill('Medibridge2026');
  await page.getByText('Everybody would try this first.').waitFor();
  await picture(page, 'password-forbidden');
  await page.getByLabel('New password again').fill('Medibridge2026');
  expect(await go.isDisabled()).toBe(true);
  await page.getByLabel('New password', { exact: true }).fill('seven quiet herons');
  await page.getByText('Very good').waitFor();
  await page.getByLabel('New password again').fill('seven quiet herons');
  await picture(page, 'password-good');
  await check(page);
  await go.click();
  await page.getByText('Your password was changed.').waitFor();
});

test('a PIN unlocks, five wrong ones ask for the password', async () => {
  const page = await open({ query: 'as=doctor&pin=1', path: '/patients' });
  await page.getByRole('button', { name: 'Add a patient' }).first().click();
  await page.getByLabel('Full name').fill('Half-written Person');
  const lock = async () => {
    await page.keyboard.press('Control+l');
    await page.getByRole('heading', { name: 'Locked' }).waitFor();
  };
  await lock();
  await picture(page, 'lock-pin');
  await check(page);
  await page.getByLabel(/^PIN of/).fill('4071');
  await page.keyboard.press('Enter');
  await page.getByRole('heading', { name: 'Locked' }).waitFor({ state: 'detached' });
  expect(await page.getByLabel('Full name').inputValue()).toBe('Half-written Person');
  await lock();
  for (let wrong = 0; wrong < 5; wrong += 1) {
    await page.getByLabel(/^PIN of/).fill('9999');
    await page.keyboard.press('Enter');
    if (wrong < 4) await page.getByText(`Tries left: ${4 - wrong}.`).waitFor();
  }
  await page.getByLabel(/^Password of/).fill(PASSWORD);
  await picture(page, 'lock-pin-used-up');
  await page.getByRole('button', { name: 'Unlock' }).click();
  await page.getByRole('heading', { name: 'Locked' }).waitFor({ state: 'detached' });
});

test('somebody else takes over, and who waits behind the window is one click away', async () => {
  const page = await open({ query: 'as=doctor&others=1&rows=5', path: '/worklist' });
  await page.getByRole('grid').waitFor();
  await page.keyboard.press('Control+l');
  await page.getByRole('button', { name: /Dr Kemi Adeyemi/ }).waitFor();
  await picture(page, 'lock-others');
  await check(page);
  await page.getByRole('button', { name: 'Somebody else takes over' }).click();
  await page.getByRole('button', { name: /Dr Kemi Adeyemi/ }).click();
  expect(await page.evaluate(() => (window as unknown as { fakeWindows: string[] }).fakeWindows)).toEqual(['opened', 'other-2']);
});

test('captions of a running consultation go on over the locked chart', async () => {
  const page = await open({ query: 'as=doctor&live=talking', path: '/consultations' });
  await page.getByText(/consultation/i).first().waitFor();
  await page.keyboard.press('Control+l');
  await page.getByRole('heading', { name: 'Your consultation goes on. What is said now:' }).waitFor();
  await page.evaluate(() => (window as unknown as { fakeLive: { say: (text: string) => void } }).fakeLive.say('Me duele el pecho.'));
  await page.getByText('Me duele el pecho.').waitFor();
  await picture(page, 'lock-captions');
  await check(page);
});

test('joining by an invitation', async () => {
  const page = await open({ query: 'as=signed-out' });
  await page.getByRole('button', { name: 'I was invited' }).click();
  const go = page.getByRole('button', { name: 'Join', exact: true });
  await page.getByLabel('Sign-in name').fill('old.locum');
  await page.getByLabel('Code of the invitation').fill('AAAA-BBBB-CCCC-DDDD');
  await page.getByLabel('Your new password').fill('seven quiet herons');
  await page.getByText('Very good').waitFor();
  await go.click();
  await page.getByText('The sign-in name or the code of the invitation is wrong.').waitFor();
  await picture(page, 'join');
  await check(page);
  await page.getByLabel('Code of the invitation').fill('7kqm 2vxw 9htr 4cde');
  await go.click();
  await page.getByText('Welcome. Sign in with your new password.').waitFor();
  expect(await page.getByLabel('Sign-in name').inputValue()).toBe('old.locum');
});

test('an administrator invites, unlocks and makes keys anew', async () => {
  const page = await open({ query: 'as=admin', path: '/settings' });
  await page.getByRole('heading', { name: 'People and access' }).waitFor();
  await page.getByRole('button', { name: 'Unlock' }).click();
  await page.getByText('can sign in again.').waitFor();
  await page.getByRole('button', { name: 'Invite somebody', exact: true }).click();
  await page.getByLabel('Full name').fill('Noor Haddad');
  await page.getByLabel('Sign-in name').fill('noor');
  await page.getByLabel('E-mail address (optional)').fill('noor@riverside.example');
  await picture(page, 'invite');
  await check(page);
  await page.getByRole('button', { name: 'Invite', exact: true }).click();
  await page.getByText('7KQM-2VXW-9HTR-4CDE').waitFor();
  await page.getByText('It was sent to noor@riverside.example.').waitFor();
  await picture(page, 'invite-code');
  await check(page);
  await page.getByRole('button', { name: 'Close' }).last().click();
  await page.getByRole('button', { name: 'Make keys anew' }).click();
  await page.getByLabel('Your present password').fill(PASSWORD);
  await page.getByRole('dialog').getByRole('button', { name: 'Make keys anew' }).click();
  await page.getByText('4 people still have to sign in').waitFor();
});

test('the administrator’s settings, in every shape', () => everyShape({ name: 'access', query: 'as=admin', path: '/settings', ready: (page) => page.locator('#main h2').nth(2).waitFor() }));
