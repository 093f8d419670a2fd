import { expect, test } from 'vitest';

import { check, everyShape, open, picture, withBrowser } from './support/screen';

withBrowser();

test('the reviews in every shape', () => everyShape({ name: 'reviews', query: 'as=admin&rows=40', path: '/reviews', ready: (page) => page.locator('textarea').first().waitFor() }));
test('the red line in every shape', () => everyShape({ name: 'break-glass-banner', query: 'as=doctor&rows=40&glass=open', path: '/patients', ready: (page) => page.getByRole('timer').waitFor() }));
test('the way in in every shape', () => everyShape({ name: 'break-glass', query: 'as=doctor&rows=40', path: '/break-glass', ready: (page) => page.locator('input[type=date]').waitFor() }));

test('a doctor opens a restricted record with a reason and the password, and ends it', async () => {
  const page = await open({ query: 'as=doctor&rows=40', path: '/patients' });
  await page.getByRole('button', { name: 'Restricted record …' }).click();
  await page.getByLabel('Full name').fill('Nobody Here');
  await page.getByLabel('Date of birth').fill('1960-01-01');
  await page.getByRole('button', { name: 'Find the record' }).click();
  await page.getByText('No restricted record is exactly that').waitFor();
  await page.getByLabel('Patient number or other ID').fill('MB-000008');
  await page.getByRole('button', { name: 'Find the record' }).click();
  await page.getByText('Treated by Dr Kemi Adeyemi', { exact: false }).waitFor();
  await picture(page, 'break-glass-found');
  await check(page);
  await page.getByRole('button', { name: 'Open in an emergency' }).click();
  await page.getByRole('button', { name: 'Open for 60 minutes' }).click();
  await page.getByText('Choose a reason.').waitFor();
  await page.getByLabel('Reason').selectOption('emergency');
  await page.getByLabel('In your own words').fill('Collapsed in the hall');
  await page.getByLabel('Your password').fill('not the password');
  await page.getByRole('button', { name: 'Open for 60 minutes' }).click();
  await page.getByText('The sign-in name or the password is wrong.').waitFor();
  await picture(page, 'break-glass-open');
  await check(page);
  await page.getByLabel('Your password').fill('demo clinic');
  await page.getByRole('button', { name: 'Open for 60 minutes' }).click();
  const line = page.getByRole('region', { name: 'Emergency access' });
  await line.waitFor();
  await page.getByRole('heading', { name: 'Chart' }).waitFor();
  expect(await line.getByRole('timer').textContent()).toMatch(/^(60:00|59:\d\d)$/);
  await page.getByRole('region', { name: 'Who saw this record' }).getByText('Emergency access').first().waitFor();
  await picture(page, 'break-glass-chart');
  await check(page);
  await line.getByRole('button', { name: 'End now' }).click();
  await line.waitFor({ state: 'detached' });
  await page.getByText('The emergency access has ended.').waitFor();
});

test('the hour runs out by itself', async () => {
  const page = await open({ query: 'as=doctor&rows=40&glass=short', path: '/patients' });
  const line = page.getByRole('region', { name: 'Emergency access' });
  await line.waitFor();
  await line.waitFor({ state: 'detached' });
});

test('an administrator reviews with an outcome and words; what lasts waits', async () => {
  const page = await open({ query: 'as=admin&rows=40', path: '/reviews' });
  await page.getByText('It can be reviewed when it has ended.').waitFor();
  await page.getByRole('link', { name: /Reviews.*3/ }).waitFor();
  const first = page.getByRole('region', { name: 'Dr Kemi Adeyemi opened MB-000008' });
  await first.getByText('Overdue').waitFor();
  await first.getByRole('button', { name: 'Show 3 acts in the record' }).click();
  await first.getByText('Opened a restricted record in an emergency').waitFor();
  const go = first.getByRole('button', { name: 'Finish the review' });
  expect(await go.isDisabled()).toBe(true);
  await first.getByLabel('Justified', { exact: true }).check();
  await first.getByLabel('In words').fill('Asked the ward and the family.');
  await picture(page, 'review-words');
  await check(page);
  await go.click();
  await page.getByText('The review was kept.').waitFor();
  await first.waitFor({ state: 'detached' });
  await page.getByRole('tab', { name: 'Reviewed' }).click();
  await page.getByText('Asked the ward and the family.', { exact: false }).waitFor();
});

test('nothing to review is said, and no other role is led there', async () => {
  const page = await open({ query: 'as=admin&rows=0', path: '/reviews' });
  await page.getByText('Nothing to review').waitFor();
  await picture(page, 'reviews-empty');
  await check(page);
  const doctor = await open({ query: 'as=doctor&rows=20', path: '/reviews' });
  await doctor.getByText('Not part of your role').waitFor();
});
