import { expect, test } from 'vitest';
import type { Page } from 'playwright-core';

import { check, everyShape, open, picture, withBrowser } from './support/screen';

withBrowser();

const QUERY = 'as=doctor&rows=20&reports=12';
const at = (n: number) => `/reports/report00-0000-7000-8000-0000000000${String(n).padStart(2, '0')}`;
const DRAFT = at(0);
const field = (page: Page, name: string) => page.getByRole('textbox', { name, exact: true });
const ready = (page: Page) => page.locator('[data-page="1"]').waitFor();
const saved = (page: Page) => page.getByText(/^Saved \d\d:\d\d$/).waitFor();
/** The page as drawn: its words stand in its address. */
const paper = async (page: Page) => decodeURIComponent((await page.getByRole('img', { name: /page 1 of/ }).getAttribute('src')) ?? '');

test('the editor in every shape', () => everyShape({ name: 'report-editor', query: QUERY, path: DRAFT, ready }));

test('what is typed is saved by itself and stands on the page', async () => {
  const page = await open({ query: QUERY, path: DRAFT });
  await ready(page);
  await field(page, 'Impression').fill('Old scar, nothing new.');
  await page.getByText('Not saved yet').waitFor();
  await saved(page);
  await expect.poll(() => paper(page)).toContain('Old scar, nothing new.');
  expect(await paper(page)).toContain('DRAFT');
});

test('a phrase by its name, from the list by keys, and one of one’s own', async () => {
  const page = await open({ query: QUERY, path: DRAFT });
  await ready(page);
  const findings = field(page, 'Findings');
  await findings.fill('');
  await findings.pressSequentially('.nad ');
  expect(await findings.inputValue()).toBe('No acute disease of heart or lungs. ');
  await page.keyboard.press('Control+z');
  expect(await findings.inputValue()).toBe('.nad');
  await page.keyboard.press('Control+Shift+z');
  await findings.pressSequentially('.n');
  await page.getByRole('listbox', { name: 'My phrases' }).waitFor();
  await picture(page, 'report-macros');
  await check(page);
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Enter');
  expect(await findings.inputValue()).toBe('No acute disease of heart or lungs. No pleural effusion, no pneumothorax.');
  // A dot inside a number is no phrase, and Escape leaves what was typed.
  await findings.pressSequentially(' 1.5 cm .n');
  await page.keyboard.press('Escape');
  expect(await page.getByRole('listbox').count()).toBe(0);
  expect(await findings.inputValue()).toContain('1.5 cm .n');

  await page.keyboard.press('Alt+k');
  const dialog = page.getByRole('dialog', { name: 'My phrases' });
  await dialog.getByLabel('Name').fill('two words');
  await dialog.getByLabel('Becomes').fill('Scoliosis of the thoracic spine.');
  await dialog.getByRole('button', { name: 'Add phrase' }).click();
  await dialog.getByText('One word of letters').waitFor();
  await dialog.getByLabel('Name').fill('sco');
  await dialog.getByRole('button', { name: 'Add phrase' }).click();
  await dialog.getByText('.sco').waitFor();
  await picture(page, 'report-macro-dialog');
  await check(page);
  await page.keyboard.press('Escape');
  await field(page, 'Comparison').fill('');
  await field(page, 'Comparison').pressSequentially('.sco ');
  expect(await field(page, 'Comparison').inputValue()).toBe('Scoliosis of the thoracic spine. ');
});

test('a template fills what is empty and takes no word away', async () => {
  const page = await open({ query: QUERY, path: at(6) });
  await ready(page);
  const technique = await field(page, 'Technique').inputValue();
  await page.keyboard.press('Alt+v');
  await page.getByRole('menuitem', { name: 'Chest X-ray, normal' }).waitFor();
  await picture(page, 'report-templates');
  await page.keyboard.press('Enter');
  await expect.poll(() => field(page, 'Impression').inputValue()).toBe('Normal chest film.');
  expect(await field(page, 'Technique').inputValue()).toBe(technique);
});

test('sections collapse to their first line; keys walk from one to the next', async () => {
  const page = await open({ query: QUERY, path: DRAFT });
  await ready(page);
  await page.getByRole('button', { name: 'Indication' }).click();
  await page.getByRole('button', { name: /Indication.*Cough and fever/ }).waitFor();
  expect(await field(page, 'Indication').count()).toBe(0);
  await field(page, 'Technique').focus();
  await page.keyboard.press('Alt+ArrowDown');
  expect(await page.evaluate(() => document.activeElement?.getAttribute('name'))).toBe('comparison');
  await page.keyboard.press('Alt+ArrowUp');
  expect(await page.evaluate(() => document.activeElement?.getAttribute('name'))).toBe('technique');
});

test('what cannot be saved is said, can be copied, outlives the lock and another screen, and is saved when it works', async () => {
  const page = await open({ query: `${QUERY}&fail=reports.save:disk_full`, path: DRAFT });
  await ready(page);
  await field(page, 'Findings').fill('These words exist only here.');
  await page.getByText(/Not saved: The disk is full/).waitFor();
  await picture(page, 'report-not-saved');
  await check(page);
  await page.context().grantPermissions(['clipboard-read', 'clipboard-write']);
  await page.getByRole('button', { name: 'Copy the text' }).click();
  expect(await page.evaluate(() => navigator.clipboard.readText())).toContain('These words exist only here.');
  // Nothing is signed that is not in the record.
  await page.keyboard.press('Control+Enter');
  await page.getByText('nothing can be signed').waitFor();
  for (const box of await page.getByRole('form', { name: 'Sign this report' }).getByRole('checkbox').all()) await box.check();
  await page.getByLabel(/^Password of/).fill('demo clinic');
  expect(await page.getByRole('button', { name: /^Sign as final/ }).isDisabled()).toBe(true);
  await page.keyboard.press('Control+l');
  await page.getByRole('heading', { name: 'Locked' }).waitFor();
  await page.getByLabel(/^Password of/).last().fill('demo clinic');
  await page.getByRole('button', { name: 'Unlock' }).click();
  expect(await field(page, 'Findings').inputValue()).toBe('These words exist only here.');
  await page.getByRole('link', { name: /^Patients/ }).click();
  await page.getByRole('grid').waitFor();
  await page.keyboard.press('Alt+ArrowLeft');
  await expect.poll(() => field(page, 'Findings').inputValue()).toBe('These words exist only here.');
  await page.evaluate(() => window.fakeHeal?.('reports.save'));
  // It goes by itself; whoever does not want to wait presses Ctrl S.
  await page.keyboard.press('Control+s');
  await saved(page);
});

test('another window’s text is compared, and the person chooses', async () => {
  const page = await open({ query: QUERY, path: DRAFT });
  await ready(page);
  await page.evaluate(() => window.fakeReports?.write('report00-0000-7000-8000-000000000000', { findings: 'Written in the other window.', impression: 'Other impression.' }));
  await field(page, 'Findings').fill('Written in this window.');
  const dialog = page.getByRole('dialog', { name: 'This draft was changed in another window' });
  await dialog.waitFor();
  await picture(page, 'report-conflict');
  await check(page);
  await dialog.getByRole('group', { name: 'Impression' }).getByText('In the other window').click();
  await dialog.getByRole('button', { name: 'Save what is chosen' }).click();
  await dialog.waitFor({ state: 'detached' });
  await saved(page);
  expect(await field(page, 'Findings').inputValue()).toBe('Written in this window.');
  expect(await field(page, 'Impression').inputValue()).toBe('Other impression.');
});

test('the AI’s part is apart: in or out of the report, its map, its strength', async () => {
  const page = await open({ query: QUERY, path: DRAFT });
  await ready(page);
  const ai = page.getByRole('region', { name: 'AI reading' });
  await ai.scrollIntoViewIfNeeded();
  await ai.getByText('needs review by a clinician', { exact: false }).first().waitFor({ state: 'attached' });
  await picture(page, 'report-ai');
  await check(page);
  expect(await paper(page)).toContain('AI reading');
  await ai.getByRole('switch', { name: /Put the AI/ }).click();
  await expect.poll(() => paper(page)).not.toContain('AI reading');
  await page.getByRole('checkbox', { name: /Show the AI map/ }).uncheck();
  expect(await page.getByRole('combobox', { name: 'Map of' }).count()).toBe(0);
  await page.getByRole('checkbox', { name: /Show the AI map/ }).check();
  await page.getByRole('combobox', { name: 'Map of' }).selectOption('effusion');
  await page.getByRole('slider', { name: 'Opacity' }).fill('70');
  await saved(page);
});

test('the language of the report changes its direction at once', async () => {
  const page = await open({ query: QUERY, path: DRAFT });
  await ready(page);
  await page.getByRole('combobox', { name: 'Language' }).selectOption('ar');
  expect(await field(page, 'Findings').getAttribute('dir')).toBe('rtl');
  await saved(page);
});

test('editor and page scroll together; the page shows its true size', async () => {
  const page = await open({ query: QUERY, path: DRAFT });
  await ready(page);
  await page.getByRole('group', { name: 'Text of the report' }).evaluate((pane) => pane.scrollTo(0, pane.scrollHeight));
  await expect.poll(() => page.getByRole('group', { name: 'Page' }).evaluate((pane) => Math.round(pane.scrollHeight - pane.clientHeight - pane.scrollTop))).toBeLessThan(3);
  await page.keyboard.press('Alt+z');
  await page.getByRole('button', { name: 'Fit to the pane' }).waitFor();
});

async function sign(page: Page): Promise<void> {
  await page.getByRole('form', { name: 'Sign this report' }).waitFor();
  await page.keyboard.press('Space');
  await page.keyboard.press('Tab');
  await page.keyboard.press('Space');
  await page.keyboard.press('Tab');
  await page.keyboard.type('demo clinic');
  await page.keyboard.press('Control+Enter');
}

test('signing by keys alone: both identifiers, the password, and it says what happens', async () => {
  const page = await open({ query: QUERY, path: DRAFT });
  await ready(page);
  await page.keyboard.press('Control+Enter');
  const form = page.getByRole('form', { name: 'Sign this report' });
  await form.getByText('Amina Diallo').waitFor();
  expect(await form.getByRole('button', { name: /Sign as final/ }).isDisabled()).toBe(true);
  await picture(page, 'report-sign');
  await check(page);
  await sign(page);
  await page.getByText('The report is signed.').first().waitFor();
  await page.getByRole('button', { name: /^Seal …/ }).first().waitFor();
  await expect.poll(() => paper(page)).not.toContain('DRAFT');
});

test('a wrong password signs nothing and asks again', async () => {
  const page = await open({ query: QUERY, path: DRAFT });
  await ready(page);
  await page.getByRole('button', { name: /^Sign …/ }).click();
  const form = page.getByRole('form', { name: 'Sign this report' });
  for (const box of await form.getByRole('checkbox').all()) await box.check();
  await form.getByLabel(/^Password of/).fill('not this');
  await form.getByRole('button', { name: 'Sign as preliminary' }).click();
  await form.getByRole('alert').waitFor();
  await picture(page, 'report-sign-refused');
  await check(page);
  expect(await form.getByLabel(/^Password of/).inputValue()).toBe('');
  await form.getByLabel(/^Password of/).fill('demo clinic');
  await form.getByRole('button', { name: 'Sign as preliminary' }).click();
  await page.getByText('The preliminary report is signed.').first().waitFor();
  // It is gone on with in a draft of its own, not in what was left of the first.
  await page.keyboard.press('c');
  await page.getByRole('dialog').getByRole('button', { name: 'Open a draft' }).click();
  await field(page, 'Impression').fill('Second thoughts.');
  await saved(page);
  await expect.poll(() => paper(page)).toContain('Second thoughts.');
});

test('a draft without findings and impression cannot be signed; it can be thrown away', async () => {
  const page = await open({ query: QUERY, path: at(6) });
  await ready(page);
  expect(await page.getByRole('button', { name: /^Sign …/ }).isDisabled()).toBe(true);
  await page.getByText('Write findings or an impression to sign.').waitFor();
  await page.getByRole('button', { name: 'Discard draft' }).click();
  await picture(page, 'report-discard');
  await page.getByRole('dialog').getByRole('button', { name: 'Discard', exact: true }).click();
  await page.waitForURL(/#\/reports$/);
});
