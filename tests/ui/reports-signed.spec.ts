import { expect, test } from 'vitest';
import type { Page } from 'playwright-core';

import { check, everyShape, open, picture, withBrowser } from './support/screen';

withBrowser();

const QUERY = 'as=doctor&rows=20&reports=12';
const at = (n: number) => `/reports/report00-0000-7000-8000-0000000000${String(n).padStart(2, '0')}`;
const ready = (page: Page) => page.locator('[data-page="1"]').waitFor();
const paper = async (page: Page) => decodeURIComponent((await page.getByRole('img', { name: /page 1 of/ }).getAttribute('src')) ?? '');

async function prove(page: Page): Promise<void> {
  const dialog = page.getByRole('dialog');
  for (const box of await dialog.getByRole('checkbox').all()) await box.check();
  await dialog.getByLabel(/^Password of/).fill('demo clinic');
}

test('a signed report in every shape', () => everyShape({ name: 'report-signed', query: QUERY, path: at(2), ready }));

test('every state says what it means', async () => {
  for (const [n, words] of [[1, 'may still change'], [3, 'stands above the text'], [5, 'Corrected after it was final'], [8, 'must not be used']] as const) {
    const page = await open({ query: QUERY, path: at(n) });
    await ready(page);
    await page.getByRole('complementary', { name: 'About this report' }).getByText(words).waitFor();
    await picture(page, `report-state-${n}`);
    await check(page);
    await page.context().close();
  }
});

test('sealed under six words that are shown once, large, with the one rule', async () => {
  const page = await open({ query: QUERY, path: at(3) });
  await ready(page);
  await page.keyboard.press('l');
  const dialog = page.getByRole('dialog');
  await picture(page, 'report-seal');
  await check(page);
  await dialog.getByText('Choose it myself').click();
  await dialog.getByLabel('Your passphrase').fill('short');
  expect(await dialog.getByRole('button', { name: 'Seal report' }).isDisabled()).toBe(true);
  await dialog.getByText('Make six words').click();
  await dialog.getByRole('button', { name: 'Seal report' }).click();
  await dialog.getByText('copper meadow sailor thirteen walnut ribbon').waitFor();
  await dialog.getByText('never in the same message as the file', { exact: false }).waitFor();
  await picture(page, 'report-sealed');
  await check(page);
  await dialog.getByRole('button', { name: 'Done' }).click();
  await page.getByText('Sealed PDF of revision 2').waitFor();
});

test('sent to two people, each in their language, after both identifiers', async () => {
  const page = await open({ query: `${QUERY}&mail=both`, path: at(9) });
  await ready(page);
  await page.keyboard.press('s');
  const dialog = page.getByRole('dialog', { name: 'Send the report' });
  await dialog.getByLabel('Address').fill('not an address');
  for (const box of await dialog.getByRole('checkbox').all()) await box.check();
  await dialog.getByRole('button', { name: 'Send to 1 person' }).click();
  await dialog.getByText('This is no complete address.').waitFor();
  await dialog.getByLabel('Address').fill('amina@example.org');
  await dialog.getByRole('button', { name: 'Add another' }).click();
  await dialog.getByLabel('How').nth(1).selectOption('whats_app');
  await dialog.getByLabel('Address').nth(1).fill('+34 600 123 456');
  await dialog.getByLabel('Language of the letter').nth(1).selectOption('es');
  await dialog.getByText('The passphrase. Tell it in person').waitFor();
  await picture(page, 'report-send');
  await check(page);
  await dialog.getByRole('button', { name: 'Send to 2 people' }).click();
  await page.getByText('In the outbox for 2 people.').first().waitFor();
  await page.getByRole('region', { name: 'Deliveries' }).getByText('+34 600 123 456').waitFor();
});

test('without a way out it says who can make one', async () => {
  const page = await open({ query: `${QUERY}&mail=none`, path: at(9) });
  await ready(page);
  await page.keyboard.press('s');
  await page.getByText('E-mail is not set up yet.', { exact: false }).waitFor();
  await picture(page, 'report-send-none');
});

test('a preliminary report does not leave the clinic; it is gone on with', async () => {
  const page = await open({ query: QUERY, path: at(1) });
  await ready(page);
  await page.getByText('Only a final report is sealed', { exact: false }).waitFor();
  expect(await page.getByRole('button', { name: /Seal|Send/ }).count()).toBe(0);
  await page.keyboard.press('c');
  await page.getByRole('dialog').getByRole('button', { name: 'Open a draft' }).click();
  await page.getByText('You are changing the preliminary report.', { exact: false }).waitFor();
});

test('an uncertain delivery that arrived is said to have arrived', async () => {
  const page = await open({ query: QUERY, path: at(2) });
  await ready(page);
  const panel = page.getByRole('region', { name: 'Deliveries' });
  await panel.getByRole('button', { name: 'It arrived' }).click();
  await panel.getByText('Uncertain').waitFor({ state: 'detached' });
  expect(await panel.getByText('Delivered').count()).toBe(2);
});

test('an uncertain delivery is explained, and sent again only when asked', async () => {
  const page = await open({ query: QUERY, path: at(2) });
  await ready(page);
  const panel = page.getByRole('region', { name: 'Deliveries' });
  await panel.getByText('It may have arrived.', { exact: false }).waitFor();
  await panel.getByRole('button', { name: 'Send again' }).click();
  await panel.getByText('Waiting').waitFor();
  await panel.getByRole('button', { name: 'Cancel' }).click();
  await panel.getByText('Cancelled').waitFor();
});

test('an addendum stands above the report; those who got the report are offered it again', async () => {
  const page = await open({ query: QUERY, path: at(2) });
  await ready(page);
  await page.keyboard.press('a');
  const dialog = page.getByRole('dialog', { name: 'Add an addendum' });
  await dialog.getByRole('textbox', { name: 'Addendum' }).fill('The sputum test came back positive.');
  await prove(page);
  await picture(page, 'report-addend');
  await check(page);
  await dialog.getByRole('button', { name: 'Sign the addendum' }).click();
  await page.getByText('The addendum is signed.').first().waitFor();
  await expect.poll(() => paper(page)).toContain('The sputum test came back positive.');
  await page.getByText('Seal again before you send.', { exact: false }).waitFor();
  await page.keyboard.press('s');
  await page.getByRole('dialog').getByRole('button', { name: 'Seal report' }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Done' }).click();
  const send = page.getByRole('dialog', { name: 'Send the report' });
  await send.getByText('2 people got an earlier text', { exact: false }).waitFor();
  await send.getByRole('button', { name: 'Send to 2 people' }).waitFor();
  await picture(page, 'report-send-again');
  await check(page);
});

test('a correction says why, is written over the signed text, and leaves the earlier one to be seen', async () => {
  const page = await open({ query: QUERY, path: at(4) });
  await ready(page);
  await page.keyboard.press('c');
  const dialog = page.getByRole('dialog', { name: 'Correct this report' });
  expect(await dialog.getByRole('button', { name: 'Open a draft' }).isDisabled()).toBe(true);
  await dialog.getByLabel('What changes, and why').fill('Side corrected.');
  await dialog.getByRole('button', { name: 'Open a draft' }).click();
  await page.getByText('You are correcting revision 1.', { exact: false }).waitFor();
  await page.getByRole('textbox', { name: 'Impression' }).fill('Consolidation of the left upper lobe.');
  await picture(page, 'report-correcting');
  await check(page);
  await page.keyboard.press('Control+Enter');
  const form = page.getByRole('form', { name: 'Sign this report' });
  expect(await form.getByRole('button', { name: /Sign as final/ }).count()).toBe(0);
  for (const box of await form.getByRole('checkbox').all()) await box.check();
  await form.getByLabel(/^Password of/).fill('demo clinic');
  await form.getByRole('button', { name: /Sign the correction/ }).click();
  await page.getByText('The correction is signed.').first().waitFor();
  await page.getByRole('button', { name: 'Show revision 1' }).click();
  await page.getByRole('dialog').getByRole('img', { name: /page 1 of/ }).waitFor();
  await picture(page, 'report-earlier');
  await check(page);
});

test('withdrawn with a reason, and nothing can be done with it after', async () => {
  const page = await open({ query: QUERY, path: at(4) });
  await ready(page);
  await page.getByRole('button', { name: 'More', exact: true }).click();
  await page.getByRole('menuitem', { name: 'Withdraw …' }).click();
  const dialog = page.getByRole('dialog', { name: 'Withdraw this report?' });
  await dialog.getByLabel('Why').fill('Written for the wrong patient.');
  await prove(page);
  await picture(page, 'report-withdraw');
  await check(page);
  await dialog.getByRole('button', { name: 'Withdraw report' }).click();
  await page.getByText('This report must not be used.', { exact: false }).waitFor();
  expect(await page.getByRole('button', { name: /Seal|Send|Correct|addendum/ }).count()).toBe(0);
});

test('saved as other programs read it; a copy without identity only after somebody looked', async () => {
  const page = await open({ query: QUERY, path: at(2) });
  await ready(page);
  await page.getByRole('button', { name: 'Save as' }).click();
  await page.getByRole('menuitem', { name: 'DICOM structured report' }).waitFor();
  await picture(page, 'report-save-as');
  await page.getByRole('menuitem', { name: 'FHIR bundle' }).click();
  await page.getByText('R-000003.fhir.json was saved.').first().waitFor();
  await page.getByRole('button', { name: 'Save as' }).click();
  await page.getByRole('menuitem', { name: /without identity/ }).click();
  const dialog = page.getByRole('dialog');
  expect(await dialog.getByRole('button', { name: 'Save the copy' }).isDisabled()).toBe(true);
  await dialog.getByRole('checkbox').check();
  await picture(page, 'report-look');
  await check(page);
  await dialog.getByRole('button', { name: 'Save the copy' }).click();
  await page.getByText('R-000003-without-identity.dcm was saved.').first().waitFor();
});

test('printed: the pages alone, each on its sheet', async () => {
  const page = await open({ query: QUERY, path: at(2) });
  await ready(page);
  await page.evaluate(() => {
    window.print = () => Object.assign(window, { printed: document.querySelectorAll('body > div > img').length, hidden: document.documentElement.dataset['printing'] });
  });
  await page.keyboard.press('Control+p');
  await expect.poll(() => page.evaluate(() => (window as unknown as { printed?: number }).printed)).toBe(1);
  await expect.poll(() => page.evaluate(() => document.documentElement.dataset['printing'])).toBe(undefined);
});

test('who only reads a colleague’s report sees no way to change it', async () => {
  const page = await open({ query: QUERY, path: at(10) });
  await page.getByText(/is writing this report/).or(page.getByRole('img', { name: /page 1 of/ })).first().waitFor();
  expect(await page.getByRole('button', { name: /Correct|addendum|Sign …/ }).count()).toBe(0);
  await picture(page, 'report-colleague');
});
