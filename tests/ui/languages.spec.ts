import type { Page } from 'playwright-core';
import { expect, test } from 'vitest';

import { check, open, picture, settled, withBrowser } from './support/screen';
import { cut, rawKeys, untranslated } from './support/words';

withBrowser();

const DEEP = {
  doctor: ['/patients/patient0-0000-7000-8000-000000000001', '/scans/scan0000-0000-7000-8000-000000000002', '/consultations/consult0-0000-7000-8000-000000000000', '/reports/report00-0000-7000-8000-000000000001'],
  admin: [], pharmacist: [], patient: [],
} as const;
const HOUSE = 'rows=24&reports=12&live=talking&mail=both&said=1&reviewer=1';
type Role = keyof typeof DEEP;
const ROLES = Object.keys(DEEP) as Role[];
const small = { size: { width: 640, height: 400 }, scale: 2 };

/** Opens every place of a role, and what lies behind them, one after the other in the same window. */
async function everywhere(role: Role, query: string, shape: Partial<Parameters<typeof open>[0]>, look: (page: Page, path: string) => Promise<void>): Promise<number> {
  const page = await open({ query: `as=${role}&${HOUSE}&${query}`, ...shape });
  await page.locator('nav a[href]').first().waitFor({ state: 'attached' });
  const places = await page.locator('nav a[href]').evaluateAll((all) => all.map((one) => (one.getAttribute('href') ?? '').replace(/^.*#/, '')));
  const paths = [...new Set([...places, ...DEEP[role]])];
  for (const path of paths) {
    await page.evaluate((to) => (window.location.hash = `#${to}`), path);
    await settled(page);
    await look(page, path);
  }
  await page.context().close();
  return paths.length;
}

test('every word of every screen comes from the catalogue', async () => {
  const found: string[] = [];
  let count = 0;
  for (const role of ROLES) {
    count += await everywhere(role, 'lang=en-XA', {}, async (page, path) => {
      found.push(...[...await untranslated(page), ...await rawKeys(page)].map((what) => `${role} ${path} ${what}`));
    });
  }
  for (const as of ['signed-out', 'first-start', 'passphrase', 'unconfirmed']) {
    const page = await open({ query: `as=${as}&said=1&lang=en-XA` });
    await page.locator('h1').first().waitFor();
    found.push(...[...await untranslated(page), ...await rawKeys(page)].map((what) => `${as} ${what}`));
    await page.context().close();
  }
  expect(found).toEqual([]);
  expect(count).toBeGreaterThan(25);
}, 600_000);

// English and Arabic are read in every-screen.spec.ts; these have the longest words and the deepest letters.
test.each(['de', 'hi'])('no text is cut in %s at 200 %%', async (lang) => {
  const found: string[] = [];
  for (const role of ROLES) {
    await everywhere(role, `lang=${lang}`, small, async (page, path) => {
      found.push(...[...await cut(page), ...await rawKeys(page)].map((what) => `${role} ${path} ${what}`));
      const over = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
      if (over > 0) found.push(`${role} ${path} is ${over} px wider than the window`);
      await picture(page, `language-${lang}-${role}${path.replace(/\/(\w+)[\w-]*/g, '-$1').replace(/-$/, '')}`);
    });
  }
  expect(found).toEqual([]);
}, 600_000);

test('on the sign-in screen everybody finds their language in its own script, and it is kept', async () => {
  const page = await open({ query: 'as=signed-out' });
  await page.getByRole('button', { name: 'Language: English' }).click();
  expect(await page.getByRole('menuitemradio').allInnerTexts()).toEqual(['العربية', 'Deutsch', 'English', 'Español', 'Français', 'हिन्दी', '日本語', 'Português', 'Русский', 'తెలుగు', '中文']);
  await picture(page, 'language-menu');
  await page.getByLabel('Sign-in name').evaluate((field: HTMLInputElement) => (field.dataset['before'] = 'kept'));
  await page.getByRole('menuitemradio', { name: 'العربية' }).click();
  await page.waitForFunction(() => document.documentElement.dir === 'rtl' && document.documentElement.lang === 'ar');
  expect(await page.locator('input[name=login]').evaluate((field) => field.dataset['before'])).toBe('kept');
  await picture(page, 'language-sign-in-ar');
  await check(page);
  await page.reload();
  await page.locator('input[name=login]').waitFor();
  expect(await page.evaluate(() => [document.documentElement.lang, document.documentElement.dir])).toEqual(['ar', 'rtl']);
});

test('only the words and letters of the language that is read are fetched', async () => {
  const fetched: string[] = [];
  const page = await open({ query: 'as=signed-out' });
  page.on('request', (request) => fetched.push(request.url().replace(/^.*\//, '')));
  await page.reload();
  await page.locator('input[name=login]').waitFor();
  const words = (language: string) => fetched.filter((name) => new RegExp(`^${language}-[\\w-]{8}\\.js$`).test(name)).length;
  expect(['ar', 'de', 'es', 'fr', 'hi', 'ja', 'pt', 'ru', 'te', 'zh'].map(words)).toEqual(Array(10).fill(0));
  expect(fetched.filter((name) => /noto-sans-(?:arabic|devanagari|telugu|jp|sc)/.test(name))).toEqual([]);
  await page.evaluate(() => window.localStorage.setItem('language', 'te'));
  await page.reload();
  await page.locator('input[name=login]').waitFor();
  expect(words('te')).toBe(1);
  expect(words('hi')).toBe(0);
  await page.waitForFunction(() => [...document.fonts].some((font) => font.family.includes('Telugu') && font.status === 'loaded'));
});

test('one’s own language is chosen in the settings and speaks at once; the machine keeps its own', async () => {
  const page = await open({ query: 'as=doctor&rows=20', path: '/settings' });
  await page.getByRole('group', { name: 'Language of the screens' }).waitFor();
  await page.getByRole('radio', { name: 'Deutsch' }).click();
  await page.waitForFunction(() => document.documentElement.lang === 'de');
  await page.getByText('Language of the screens').waitFor({ state: 'detached' });
  await page.locator('input[type=radio]:checked').and(page.getByRole('radio', { name: 'Deutsch' })).waitFor({ state: 'attached' });
  await picture(page, 'language-settings-de');
  await check(page);
  await page.getByRole('radio', { name: 'العربية' }).click();
  await page.waitForFunction(() => document.documentElement.dir === 'rtl');
  await picture(page, 'language-settings-ar');
  await check(page);
  expect(await page.evaluate(() => window.localStorage.getItem('language'))).toBeNull();
});

test('in Arabic what points turns, and what belongs to the picture does not', async () => {
  const side = async (lang: string) => {
    const page = await open({ query: `as=doctor&rows=20&lang=${lang}`, path: '/scans/scan0000-0000-7000-8000-000000000002' });
    await page.locator('[data-edge=left]').waitFor();
    const edges = await page.locator('[data-edge]').evaluateAll((all) => all.map((one) => [one.getAttribute('data-edge'), one.textContent, Math.sign(one.getBoundingClientRect().left - (one.parentElement as HTMLElement).getBoundingClientRect().left - (one.parentElement as HTMLElement).clientWidth / 2 + 10)]));
    const rail = await page.locator('nav').first().evaluate((nav) => nav.getBoundingClientRect().left > window.innerWidth / 2);
    await page.waitForTimeout(500);
    await picture(page, `language-${lang}-reading-room`);
    await check(page);
    await page.context().close();
    return { edges, rail };
  };
  const [english, arabic] = [await side('en'), await side('ar')];
  expect(arabic.edges).toEqual(english.edges);
  expect([english.rail, arabic.rail]).toEqual([false, true]);
});
