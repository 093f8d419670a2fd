import { expect, test } from 'vitest';

import { check, everyShape, open, picture, withBrowser } from './support/screen';

withBrowser();

test("a patient's own scans in every shape", () => everyShape({ name: 'own-scans', query: 'as=patient&rows=20', path: '/my-scans', ready: (page) => page.locator('article').first().waitFor() }));
test('who saw my record', () => everyShape({ name: 'who-saw', query: 'as=patient&rows=20', path: '/who-saw', ready: (page) => page.locator('tbody tr').first().waitFor() }));
test("a pharmacist's home in every shape", () => everyShape({ name: 'pharmacist', query: 'as=pharmacist&rows=20', ready: (page) => page.locator('h1').waitFor() }));

test('nothing of the AI reaches a patient', async () => {
  const page = await open({ query: 'as=patient&rows=20', path: '/my-scans' });
  await page.locator('article').first().waitFor();
  expect(await page.getByText(/\bAI\b/).count()).toBe(0);
  expect(await page.getByText('%').count()).toBe(0);
  // Where the doctor agreed without a word, the patient reads just that it is noted: no class, no model, no picture with a map.
  const agreed = page.locator('article').filter({ hasText: 'is noted for your doctor' });
  expect(await agreed.count()).toBeGreaterThan(0);
  for (const words of await agreed.allInnerTexts()) expect(words).not.toMatch(/pneumo|tubercul|effusion|cardiomegaly|nodule|finding|chest films|model|agree|assess/i);
  expect(await page.locator('article img, article canvas').count()).toBe(0);
  await check(page);
});

test('an address that is not for the role says so', async () => {
  const page = await open({ query: 'as=pharmacist&rows=20', path: '/patients' });
  await page.getByText('Not part of your role').waitFor();
  await picture(page, 'not-for-role');
  await check(page);
});
