import { expect, test } from 'vitest';

import { check, everyShape, open, picture, withBrowser } from './support/screen';

withBrowser();

// Without words: one of the shapes speaks a made-up language.
test('backups in every shape', () => everyShape({ name: 'backups', query: 'as=admin&rows=20', path: '/backups', ready: (page) => page.locator('#main li').first().waitFor() }));
test('backups with nothing chosen', () => everyShape({ name: 'backups-none', query: 'as=admin&rows=20&backup=none', path: '/backups', ready: (page) => page.locator('#main form button[type=submit]').waitFor() }));
test('backups that fail since the stick is gone', () => everyShape({ name: 'backups-overdue', query: 'as=admin&rows=20&backup=overdue', path: '/backups', ready: (page) => page.locator('#main [data-tone=bad]').first().waitFor() }));
test('the way back in every shape', () => everyShape({
  name: 'restore', query: 'as=signed-out', ready: async (page) => {
    await page.evaluate(() => {
      window.fakePicked = ['/media/clinic/BACKUP-STICK'];
    });
    await page.locator('[class*=ways] button').last().click();
    await page.locator('[class*=folder] button').click();
    await page.locator('input[name=snapshot]').first().waitFor();
  },
}));

test('in Arabic, on both sides of the sign-in', async () => {
  const inside = await open({ query: 'as=admin&rows=20&lang=ar', path: '/backups' });
  await inside.getByRole('button', { name: 'تصدير العيادة' }).waitFor();
  await picture(inside, 'backups-arabic');
  await check(inside);
  const outside = await open({ query: 'as=first-start&lang=ar' });
  await outside.getByRole('button', { name: 'استرجاع عيادة من نسخة احتياطية' }).click();
  await outside.getByRole('heading', { level: 1 }).waitFor();
  await picture(outside, 'restore-arabic');
  await check(outside);
});

test('a folder is chosen, a backup is made, and the bar says so', async () => {
  const page = await open({ query: 'as=admin&rows=20&backup=none', path: '/backups' });
  await page.evaluate(() => {
    window.fakePicked = ['/media/clinic/BACKUP-STICK'];
  });
  await page.getByRole('button', { name: 'Choose a folder' }).click();
  await page.getByText('/media/clinic/BACKUP-STICK').waitFor();
  await page.getByRole('button', { name: 'Save' }).click();
  await page.getByRole('contentinfo').getByText('No backup yet').waitFor();
  await page.getByRole('button', { name: 'Back up now' }).click();
  await page.getByRole('progressbar').waitFor();
  await page.getByRole('contentinfo').getByText('Backup is being made').waitFor();
  await picture(page, 'backup-running');
  await check(page);
  await page.getByRole('contentinfo').getByText(/^Backup \d\d:\d\d ✓$/).waitFor();
  await page.getByText('Proved by a restore').waitFor();
});

test('a backup is checked whole, and one that runs is stopped', async () => {
  const page = await open({ query: 'as=admin&rows=20', path: '/backups' });
  await page.getByRole('button', { name: /^Check whole: the backup of/ }).first().click();
  await page.getByText('612 files read back', { exact: false }).waitFor();
  await picture(page, 'backup-checked');
  await page.getByRole('button', { name: 'Back up now' }).click();
  await page.getByRole('button', { name: 'Cancel' }).click();
  await page.getByRole('button', { name: 'Back up now' }).waitFor();
});

test('a missing stick is said with what to do', async () => {
  const page = await open({ query: 'as=doctor&rows=20&backup=overdue', path: '/worklist' });
  await page.getByRole('contentinfo').getByText('Backup overdue').waitFor();
  await check(page);
});

test('a clinic is brought back from the first screen with the phrase', async () => {
  const page = await open({ query: 'as=first-start' });
  await page.evaluate(() => {
    window.fakePicked = ['/media/clinic/BACKUP-STICK'];
  });
  await page.getByRole('button', { name: 'Restore a clinic from a backup' }).click();
  await page.getByRole('button', { name: 'Choose a folder' }).click();
  await page.getByLabel('The recovery phrase').waitFor();
  await page.getByRole('textbox').fill('ladder hollow ocean virtue maple signal frost candle orbit velvet ranch mirror');
  await picture(page, 'restore-phrase');
  await check(page);
  await page.getByRole('button', { name: 'Restore', exact: true }).click();
  await page.getByRole('progressbar').waitFor();
  await picture(page, 'restore-running');
  await page.getByText('The record is back').waitFor();
  await picture(page, 'restore-done');
  await check(page);
  await page.getByRole('button', { name: 'Go to sign-in' }).click();
  await page.getByLabel('Password').waitFor();
});

test('a damaged record offers the last proved backup', async () => {
  const page = await open({ query: 'as=signed-out&fail=session.sign_in:damaged' });
  await page.getByLabel('Sign-in name').fill('admin');
  await page.getByLabel('Password').fill('anything at all');
  await page.getByRole('button', { name: 'Sign in', exact: true }).click();
  await page.getByText('A proved backup of', { exact: false }).waitFor();
  await picture(page, 'restore-offer');
  await check(page);
  await page.getByRole('button', { name: 'Restore this backup' }).click();
  await page.getByRole('radio', { name: 'Proved' }).first().waitFor();
});

test('a wrong password restores nothing', async () => {
  const page = await open({ query: 'as=signed-out' });
  await page.evaluate(() => {
    window.fakePicked = ['/media/clinic/BACKUP-STICK'];
  });
  await page.getByRole('button', { name: 'Restore from a backup' }).click();
  await page.getByRole('button', { name: 'Choose a folder' }).click();
  await page.getByLabel('Sign-in name').fill('admin');
  await page.getByLabel('Password', { exact: true }).fill('wrong');
  await page.getByRole('button', { name: 'Restore', exact: true }).click();
  await page.getByRole('alert').waitFor();
  await picture(page, 'restore-wrong');
});

test('the clinic leaves as plain files, with a warning and the password', async () => {
  const page = await open({ query: 'as=admin&rows=20', path: '/backups' });
  await page.evaluate(() => {
    window.fakePicked = ['/media/clinic/out'];
  });
  await page.getByRole('button', { name: 'Export the clinic' }).click();
  const dialog = page.getByRole('dialog');
  expect(await dialog.getByRole('button', { name: 'Write plain files' }).isDisabled()).toBe(true);
  await dialog.getByRole('button', { name: 'Choose a folder' }).click();
  await dialog.getByLabel('Your password').fill('demo clinic');
  await picture(page, 'export-clinic');
  await check(page);
  await dialog.getByRole('button', { name: 'Write plain files' }).click();
  await page.getByText(/Patients written: \d+ of \d+/).waitFor();
  await picture(page, 'export-running');
  await check(page);
  await page.getByText(/\d+ patients, scans: \d+/).waitFor();
  await page.getByText('Signed notes: 31, prescriptions: 17.', { exact: false }).waitFor();
  await page.getByText('/media/clinic/out/medibridge-export-', { exact: false }).waitFor();
  await picture(page, 'export-done');
});

test('an export that takes too long is stopped, and leaves nothing', async () => {
  const page = await open({ query: 'as=admin&rows=20', path: '/backups' });
  await page.evaluate(() => {
    window.fakePicked = ['/media/clinic/out'];
  });
  await page.getByRole('button', { name: 'Export the clinic' }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByRole('button', { name: 'Choose a folder' }).click();
  await dialog.getByLabel('Your password').fill('wrong');
  await dialog.getByRole('button', { name: 'Write plain files' }).click();
  await dialog.getByRole('alert').waitFor();
  await dialog.getByLabel('Your password').fill('demo clinic');
  await dialog.getByRole('button', { name: 'Write plain files' }).click();
  await page.getByRole('button', { name: 'Cancel' }).click();
  await page.getByText('It was stopped. Nothing of it was left in the folder.').waitFor();
  expect(await page.getByRole('button', { name: 'Export the clinic' }).isEnabled()).toBe(true);
});
