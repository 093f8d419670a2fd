import { expect, test } from 'vitest';

import { check, everyShape, open, picture, withBrowser } from './support/screen';

withBrowser();

const ROOM = '/consultations/consult0-0000-7000-8000-000000000000';
const CHART = '/patients/patient0-0000-7000-8000-000000000001';
const START = 'as=doctor&rows=20&guest=manual';

async function started(query: string) {
  const page = await open({ query, path: CHART });
  await page.getByRole('button', { name: 'Start consultation' }).click();
  await page.getByRole('dialog').getByText('MB-000002').waitFor();
  await page.getByRole('dialog').getByRole('button', { name: 'Start consultation' }).click();
  await page.getByRole('heading', { name: /How does .* take part/ }).waitFor();
  return page;
}

test('two identifiers are read again before a consultation begins', async () => {
  const page = await open({ query: START, path: CHART });
  await page.getByRole('button', { name: 'Start consultation' }).click();
  const dialog = page.getByRole('dialog');
  for (const fact of ['Johan Kowalski', '16-Aug-1996', 'MB-000002']) await dialog.getByText(fact, { exact: false }).first().waitFor();
  await picture(page, 'live-start');
  await check(page);
});

test('a link comes as a code to scan and as text to copy, with a warning', async () => {
  const page = await started(START);
  await page.getByRole('button', { name: /Link or QR code/ }).click();
  await page.getByRole('img', { name: 'QR code of the link' }).waitFor();
  await page.getByText('Whoever has this link may knock', { exact: false }).waitFor();
  await picture(page, 'live-link');
  await check(page);
  await page.context().grantPermissions(['clipboard-read', 'clipboard-write']);
  await page.getByRole('button', { name: 'Copy the link' }).click();
  await page.getByRole('button', { name: 'Copied' }).waitFor();
  expect(await page.evaluate(() => navigator.clipboard.readText())).toContain('/j/7hQk2v#');
});

test('a spoken code is large, counts down, and comes with its page', async () => {
  const page = await started(START);
  await page.getByRole('button', { name: /Spoken code/ }).click();
  await page.getByText('48 21 · 907 316').waitFor();
  await page.getByText('relay.riverside.example').waitFor();
  await page.getByRole('timer').getByText(/^4:5\d$/).waitFor();
  await picture(page, 'live-spoken');
  await check(page);
});

test('without a relay one opens a room on this network, or talks face to face', async () => {
  const page = await started(`${START}&relay=none`);
  await page.getByText('No relay is set', { exact: false }).waitFor();
  expect(await page.getByRole('button', { name: /Link or QR code/ }).isDisabled()).toBe(true);
  await picture(page, 'live-no-relay');
  await check(page);
  await page.getByRole('button', { name: 'Open a room on this network' }).click();
  await page.getByRole('button', { name: /Link or QR code/ }).click();
  await page.getByText('The phone will warn about the certificate', { exact: false }).click();
  await page.getByText('9F2C 4E51', { exact: false }).waitFor();
  await picture(page, 'live-lan');
  await check(page);
});

test('the waiting room in every shape', () => everyShape({ name: 'live-waiting', query: 'as=doctor&rows=20&live=waiting&guest=manual', path: ROOM, ready: (page) => page.locator('ol li').nth(3).waitFor() }));

test('who waits is compared, admitted, and told of quietly elsewhere', async () => {
  const page = await open({ query: 'as=doctor&rows=20&live=talking&guest=manual', path: '/worklist' });
  await page.getByRole('grid').waitFor();
  await page.getByRole('grid').focus();
  await page.evaluate(() => window.fakeLive?.knock('Yusuf', 'ar', true));
  await page.getByRole('contentinfo').getByText('1 waits to be let in').waitFor();
  // Nothing took the focus.
  expect(await page.evaluate(() => document.activeElement?.getAttribute('role'))).toBe('grid');
  await picture(page, 'live-badge');
  await check(page);
  await page.keyboard.press('Alt+w');
  await page.getByText('A second device.').waitFor();
  await picture(page, 'live-second-device');
  await check(page);
  await page.getByRole('button', { name: 'Admit' }).click();
  await page.getByRole('region', { name: 'People' }).getByText('Yusuf').waitFor();
  await page.getByRole('button', { name: 'Remove Yusuf' }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Remove' }).click();
  await page.getByRole('region', { name: 'People' }).getByText(/^left/).waitFor();
});

test('the list in every shape', () => everyShape({ name: 'live-list', query: 'as=doctor&rows=20&live=many&guest=manual', path: '/consultations', ready: (page) => page.getByRole('grid').waitFor() }));

test('an empty list says how to begin; a chart shows what was', async () => {
  const page = await open({ query: 'as=doctor&rows=20', path: '/consultations' });
  await page.getByText('No consultations yet').waitFor();
  await picture(page, 'live-list-empty');
  await check(page);
  const chart = await open({ query: 'as=doctor&rows=20&live=talking', path: CHART });
  await chart.getByRole('button', { name: /English, Spanish/ }).waitFor();
  await picture(chart, 'live-chart');
  await check(chart);
});
