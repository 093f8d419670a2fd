// A loop of the heart that a measuring model has read: outlines on the picture, values beside it, or why there are none.
import type { Page } from 'playwright-core';
import { describe, expect, test } from 'vitest';

import { crawl } from './support/crawl';
import { check, everyShape, open, picture, settled, withBrowser, type Opening } from './support/screen';
import { cut, rawKeys, untranslated } from './support/words';

withBrowser();

/** Loops of the invented clinic: every tenth scan from 7. */
const path = (scan: number) => `/scans/scan0000-0000-7000-8000-${String(scan).padStart(12, '0')}`;
const LOOP = path(17);

const drawn = (page: Page) => page.locator('[data-testid=viewport][data-drawn]').waitFor();

async function room(query: string, opening: Partial<Opening> = {}): Promise<Page> {
  const page = await open({ query: `as=doctor&${query}`, path: LOOP, ...opening });
  await drawn(page);
  return page;
}

const panel = (page: Page) => page.getByRole('complementary', { name: 'AI reading and verdict' });
const outlines = (page: Page) => page.getByTestId('outlines');
/** The numbers of the path of a part, of its line. */
const line = (page: Page, part: string) => page.locator(`[data-testid=outlines] [data-part=${part}] path`).last().getAttribute('d').then((d) => [...(d ?? '').matchAll(/-?[\d.]+/g)].map(Number));
const xs = (numbers: readonly number[]) => numbers.filter((_, i) => i % 2 === 0);
const middle = (values: readonly number[]) => (Math.max(...values) + Math.min(...values)) / 2;

describe('looks', () => {
  test('a measured loop in every shape', () => everyShape({ name: 'cardiac', query: 'as=doctor&heart=measured', path: LOOP, ready: drawn }), 300_000);

  test('in Arabic and German, mirrored where the language is and the picture is not', async () => {
    for (const lang of ['ar', 'de', 'ru', 'te']) {
      const page = await room(`heart=measured&lang=${lang}&names=long`);
      await settled(page);
      await picture(page, `cardiac-${lang}`);
      expect([...await cut(page), ...await rawKeys(page)]).toEqual([]);
      await check(page);
      await page.context().close();
    }
    const page = await room('heart=measured&lang=en-XA&said=1');
    await page.locator('details summary').click();
    await settled(page);
    expect(await untranslated(page)).toEqual([]);
  });

  test('without millimetres, and each way of not being measured', async () => {
    const relative = await room('heart=relative');
    await panel(relative).getByText(/^Relative: the files do not give pixel spacing/).waitFor();
    expect(await panel(relative).innerText()).not.toMatch(/\d ml|\d g\b|mm²|cm²/);
    expect(await panel(relative).innerText()).toMatch(/\d px²/);
    await picture(relative, 'cardiac-relative');
    await check(relative);
    for (const [heart, why] of MISSING) {
      const page = await room(`heart=${heart}`);
      await panel(page).getByText(`The series was not measured, because ${why}.`).waitFor();
      expect((await panel(page).innerText()).replace('99 % sure', '').replace('100 %', ''), heart).not.toMatch(/\d %|Normal|Grad-CAM map of|\d ml/);
      expect(await page.getByRole('button', { name: 'Agree', exact: true }).count()).toBe(0);
      await page.getByRole('button', { name: 'Record a finding' }).waitFor();
      await picture(page, `cardiac-${heart}`);
      await check(page);
      await page.context().close();
    }
  }, 300_000);

  test('the picture alone keeps the key of its lines', async () => {
    const page = await room('heart=measured', { theme: 'reading_room', size: { width: 1920, height: 1080 } });
    await picture(page, 'cardiac-reading-1920');
    await page.keyboard.press('f');
    await panel(page).waitFor({ state: 'detached' });
    expect(await page.getByTestId('outline-key').getByRole('listitem').allInnerTexts()).toEqual(['RV', 'Myocardium', 'LV']);
    await picture(page, 'cardiac-alone');
    await check(page);
  });
});

const MISSING = [
  ['single-picture', 'the file does not say which series and place it belongs to'], ['one-phase', 'it shows only one moment of the heartbeat'],
  ['too-few-slices', 'too few of its slices show the left ventricle'], ['unlike', 'too many of its images are unlike those that the model was trained on'],
  ['uneven-slices', 'a slice is missing: the distances between its slices differ'], ['unreadable', 'one of its files cannot be opened'], ['no-ratio', 'its outlines do not give every value'],
  ['too-many', 'it has more images than the model measures at once'],
] as const;

describe('values', () => {
  test('ejection fractions first, then volumes; ratios when asked for; each with its interval', async () => {
    const page = await room('heart=measured');
    const rows = () => panel(page).locator('tbody tr:visible').evaluateAll((all) => all.map((row) => [...row.children].map(({ textContent }) => textContent).join(' | ')));
    expect(await rows()).toEqual([
      'Ejection fraction | 29 % | 47 %', '90 % interval | 20–38 % | 23–71 %', 'End-diastolic volume | 240 ml | 150 ml', 'End-systolic volume | 170 ml | 80 ml', 'Mass | 140 g | ',
    ]);
    expect(await panel(page).locator('thead:visible').innerText()).toMatch(/Left ventricle\s+Right ventricle/);
    await page.locator('details summary').focus();
    await page.keyboard.press('Enter');
    expect(await rows()).toHaveLength(13);
    expect((await rows()).at(-1)).toBe('Least wall thickening, systole / diastole | 1.05 | 0.74–1.36');
    await page.locator('details').scrollIntoViewIfNeeded();
    await picture(page, 'cardiac-ratios');
    await panel(page).getByRole('button', { name: /^Model card/ }).scrollIntoViewIfNeeded();
    await picture(page, 'cardiac-controls');
    await panel(page).getByText('From 10 slices, 25 phases.').waitFor();
    await panel(page).getByText('AI output. Needs review by a clinician; not for diagnosis alone.').waitFor();
    await check(page);
  });

  test('classes have bars and no maps: none is asked for, none is offered', async () => {
    const page = await room('heart=measured&fail=map:damaged');
    await panel(page).getByText('Dilated cardiomyopathy').waitFor();
    expect(await panel(page).getByRole('list', { name: 'Probability of each class' }).getByRole('button').count()).toBe(0);
    expect(await panel(page).getByRole('radiogroup', { name: 'Palette' }).count()).toBe(0);
    await panel(page).getByText('This model measures and has no Grad-CAM map').waitFor();
    await page.keyboard.press('Shift+Digit2');
    expect(await page.getByRole('alert').count()).toBe(0);
    await page.keyboard.press('x');
    await page.keyboard.press('4');
    await page.getByText('Disagrees with the AI reading: Infarction').waitFor();
  });
});

describe('outlines', () => {
  test('one key and one switch for them, [ ] and a slider for how strong', async () => {
    const page = await room('heart=measured');
    await page.getByText('AI OVERLAY ON').waitFor();
    expect(await outlines(page).getAttribute('aria-label')).toBe('AI outlines on the picture: Right ventricle, Myocardium, outer edge, Left ventricle');
    await page.keyboard.press('g');
    await outlines(page).waitFor({ state: 'detached' });
    expect(await page.getByText('AI OVERLAY ON').count()).toBe(0);
    await page.getByRole('switch', { name: 'Outlines' }).click();
    await outlines(page).waitFor();
    await page.keyboard.press('[');
    await page.keyboard.press('[');
    expect(await page.getByRole('slider', { name: 'Opacity' }).inputValue()).toBe('80');
    expect(await outlines(page).getAttribute('opacity')).toBe('0.8');
    await page.getByRole('slider', { name: 'Opacity' }).focus();
    await page.keyboard.press('Home');
    await outlines(page).waitFor({ state: 'detached' });
    expect(await page.getByText('AI OVERLAY ON').count()).toBe(0);
    expect(Number(await page.evaluate(() => document.querySelector<HTMLInputElement>('input[type=range][max="25"]')?.value))).toBe(1);
  });

  test('lie on the anatomy and go with it through flips, turns and zoom', async () => {
    const page = await room('heart=measured');
    const box = (await page.getByTestId('viewport').boundingBox())!;
    const across = (numbers: readonly number[]) => Math.max(...xs(numbers)) - Math.min(...xs(numbers));
    const left = await line(page, 'left_ventricle');
    // The phantom's left ventricle is brighter within its line than in the wall around it.
    const at = (x: number, y: number) => page.evaluate(([u, v]) => {
      const canvas = document.querySelector<HTMLCanvasElement>('[data-testid=viewport] canvas')!;
      return canvas.getContext('2d')!.getImageData(Math.round(u!), Math.round(v!), 1, 1).data[0]!;
    }, [x, y] as const);
    const y = middle(left.filter((_, i) => i % 2 === 1));
    const edge = Math.max(...xs(left));
    expect(await at(edge - 8, y) - await at(edge + 8, y)).toBeGreaterThan(40);
    const before = middle(xs(await line(page, 'right_ventricle')));
    await page.keyboard.press('h');
    await expect.poll(async () => middle(xs(await line(page, 'right_ventricle')))).toBeCloseTo(box.width - before, 0);
    await page.keyboard.press('Space');
    await page.keyboard.press('r');
    await picture(page, 'cardiac-turned');
    await page.keyboard.press('Space');
    const wide = across(await line(page, 'left_ventricle'));
    await page.keyboard.press('+');
    await expect.poll(async () => across(await line(page, 'left_ventricle')) / wide).toBeCloseTo(1.25, 2);
  });

  test('belong to the frame that was read', async () => {
    const page = await room('heart=measured');
    await outlines(page).waitFor();
    await page.keyboard.press('ArrowDown');
    await page.getByText('Image 2 of 25').waitFor();
    await outlines(page).waitFor({ state: 'detached' });
    await panel(page).getByText('The AI outlined image 1; the outlines belong there.').waitFor();
    await picture(page, 'cardiac-other-frame');
    await check(page);
    await panel(page).getByRole('button', { name: 'Go to it' }).click();
    await outlines(page).waitFor();
    // Read again on another frame: they go there, and the values stay those of the series.
    await page.keyboard.press('End');
    await page.getByText('Image 25 of 25').waitFor();
    await panel(page).getByRole('button', { name: /^Read again/ }).click();
    await page.getByText('Readings of this scan: 2').waitFor();
    await outlines(page).waitFor();
    await panel(page).getByText('29 %').waitFor();
  });

  test('hidden until the reader has looked, if so set', async () => {
    const page = await room('heart=measured&hidden=1');
    expect(await outlines(page).count()).toBe(0);
    expect(await panel(page).innerText()).not.toMatch(/%|ventricle|Outlines/);
    await check(page);
    await page.keyboard.press('g');
    await outlines(page).waitFor();
    await panel(page).getByText('29 %').waitFor();
  });

  test('nothing on the picture where nothing was outlined', async () => {
    const page = await room('heart=unlike');
    await panel(page).getByText('Nothing is outlined on this image').waitFor();
    expect(await outlines(page).count()).toBe(0);
    expect(await page.getByText('AI OVERLAY ON').count()).toBe(0);
  });

  test('every control is reached and seen by the keyboard alone', async () => {
    const page = await room('heart=measured');
    await settled(page);
    expect((await crawl(page)).found).toEqual([]);
  });
});

describe('in lists', () => {
  test('the worklist says outlined, not measured, and never 0 %', async () => {
    for (const lang of ['en', 'de', 'ar']) {
      const page = await open({ query: `as=doctor&rows=40&heart=too-few-slices&lang=${lang}`, path: '/worklist' });
      await page.locator('[role=row][aria-selected]').first().waitFor();
      await page.locator('select').first().selectOption('MR');
      await settled(page);
      if (lang === 'en') {
        const row = page.locator('[role=row][aria-selected]').first();
        await row.getByText('Not measured').waitFor();
        expect(await row.innerText()).toContain('Outlined; too few slices');
        expect(await row.innerText()).not.toContain('%');
      }
      await picture(page, `cardiac-worklist-${lang}`);
      expect(await cut(page)).toEqual([]);
      await check(page);
      await page.context().close();
    }
    const measured = await open({ query: 'as=doctor&rows=40&heart=measured', path: '/worklist' });
    await measured.locator('[role=row][aria-selected]').first().waitFor();
    await measured.locator('select').first().selectOption('MR');
    const row = measured.locator('[role=row][aria-selected]').first();
    await row.getByText('LVEF 29 %').waitFor();
    // A value is not a probability: it names itself first.
    expect(await row.innerText()).not.toMatch(/^29 %/m);
    await picture(measured, 'cardiac-worklist-measured');
  });

  test('the chart and a report say the same', async () => {
    for (const [heart, chart, report] of [
      ['measured', 'Ejection fraction, left 29 %', /Ejection fraction, left\s*29 %\s*20–38 %\s*Ejection fraction, right\s*47 %/],
      ['one-phase', 'Outlined, series not measured, only one phase', /Outlined, series not measured, only one phase/],
    ] as const) {
      const page = await open({ query: `as=doctor&rows=40&heart=${heart}`, path: '/patients/patient0-0000-7000-8000-000000000017' });
      await page.getByText(chart).first().waitFor();
      await page.getByText(chart).first().scrollIntoViewIfNeeded();
      await picture(page, `cardiac-chart-${heart}`);
      await check(page);
      await page.evaluate((to) => window.location.assign(`#${to}`), LOOP);
      await drawn(page);
      await page.getByRole('button', { name: 'Write report' }).click();
      const said = page.getByRole('region', { name: 'AI reading' });
      await said.waitFor();
      expect(await said.innerText()).toMatch(report);
      expect(await page.getByRole('checkbox', { name: /AI map/ }).count()).toBe(0);
      await said.scrollIntoViewIfNeeded();
      await picture(page, `cardiac-report-${heart}`);
      await check(page);
      await page.context().close();
    }
  });
});
