import type { Page } from 'playwright-core';
import { describe, expect, test } from 'vitest';

import { check, everyShape, open, picture, withBrowser, type Opening } from './support/screen';

withBrowser();

// The invented clinic's scans: every tenth from 5 is a CT with frames, from 7 a loop; every ninth from 8 is not assessed.
const FILM = 0;
const ABSTAINED = 8;
const CT = 5;
const LOOP = 7;

const path = (scan: number) => `/scans/scan0000-0000-7000-8000-${String(scan).padStart(12, '0')}`;

async function room(scan: number, query = '', opening: Partial<Opening> = {}): Promise<Page> {
  const page = await open({ query: `as=doctor${query}`, path: path(scan), ...opening });
  await drawn(page);
  return page;
}

/** The picture is there. */
async function drawn(page: Page): Promise<void> {
  await page.locator('[data-testid=viewport][data-drawn]').waitFor();
}

const description = (page: Page) => page.getByTestId('viewport').getByRole('img').first().getAttribute('aria-label').then((words) => words ?? '');
/** After the pause in which the description is not yet told. */
const settled = async (page: Page) => {
  await page.waitForTimeout(400);
  return description(page);
};
const edge = (page: Page, side: string) => page.locator(`[data-edge=${side}]`).innerText();
const edges = async (page: Page) => (await Promise.all(['left', 'top', 'right', 'bottom'].map((side) => edge(page, side)))).join('');

async function drag(page: Page, from: [number, number], to: [number, number], button: 'left' | 'right' | 'middle' = 'left'): Promise<void> {
  const box = (await page.getByTestId('viewport').boundingBox())!;
  await page.mouse.move(box.x + box.width * from[0], box.y + box.height * from[1]);
  await page.mouse.down({ button });
  await page.mouse.move(box.x + box.width * to[0], box.y + box.height * to[1], { steps: 6 });
  await page.mouse.up({ button });
}

/** Colour of the picture and of the map at a place of the viewport, given as shares. */
function pixel(page: Page, x: number, y: number): Promise<{ picture: number[]; map: number[] }> {
  return page.evaluate(([u, v]) => {
    const [below, above] = [...document.querySelectorAll<HTMLCanvasElement>('[data-testid=viewport] canvas')];
    const read = (canvas: HTMLCanvasElement | undefined) => [...canvas!.getContext('2d')!.getImageData(Math.floor(canvas!.width * u!), Math.floor(canvas!.height * v!), 1, 1).data];
    return { picture: read(below), map: read(above) };
  }, [x, y]);
}

describe('looks', () => {
  test('a film with its AI map in every shape', () => everyShape({ name: 'reading-room', query: 'as=doctor', path: path(FILM), ready: drawn }), 300_000);

  test('light and dark, small and large, with and without the map', async () => {
    for (const size of [{ width: 1280, height: 800 }, { width: 1920, height: 1080 }]) {
      const page = await room(FILM, '', { theme: 'reading_room', size });
      await page.getByText('AI OVERLAY ON').waitFor();
      await picture(page, `reading-room-map-${size.width}`);
      await page.keyboard.press('g');
      await page.getByText('AI OVERLAY ON').waitFor({ state: 'detached' });
      await picture(page, `reading-room-plain-${size.width}`);
      await check(page);
      await page.context().close();
    }
  });

  test('a scan that was not assessed says why, and never that it is normal', async () => {
    const page = await room(ABSTAINED, '&names=long');
    await page.getByText('Not assessed, because it is unlike the scans that the model was trained on.').waitFor();
    expect(await page.getByRole('complementary').innerText()).not.toMatch(/normal/i);
    expect(await page.getByRole('button', { name: 'Agree', exact: true }).count()).toBe(0);
    await picture(page, 'reading-room-not-assessed');
    await check(page);
  });

  test('a scan that cannot be opened, and a frame that cannot be shown', async () => {
    const closed = await open({ query: 'as=doctor&fail=imaging.open_scan:damaged', path: path(FILM) });
    await closed.getByRole('alert').waitFor();
    await picture(closed, 'reading-room-not-opened');
    const page = await open({ query: 'as=doctor&fail=frame:damaged', path: path(FILM) });
    await page.getByRole('button', { name: 'Try again' }).waitFor();
    expect(await page.getByTestId('identity').innerText()).toContain('Amina Diallo');
    await picture(page, 'reading-room-frame-failed');
    await check(page);
    await page.evaluate(() => window.fakeHeal?.('frame'));
    await page.getByRole('button', { name: 'Try again' }).click();
    await drawn(page);
    expect(await page.getByRole('button', { name: 'Try again' }).count()).toBe(0);
  });
});

describe('the picture', () => {
  test('turns by key and by button keep the edge letters true, and chips say what differs', async () => {
    const page = await room(FILM);
    expect(await edges(page)).toBe('RHLF');
    await page.keyboard.press('h');
    expect(await edges(page)).toBe('LHRF');
    await page.getByText('FLIPPED').waitFor();
    await page.getByRole('button', { name: 'Rotate clockwise' }).click();
    expect(await edges(page)).toBe('FLHR');
    await page.getByText('ROTATED 90°').waitFor();
    await page.keyboard.press('i');
    await page.getByText('INVERTED').waitFor();
    await picture(page, 'reading-room-turned');
    expect(await settled(page)).toMatch(/flipped, rotated 90 degrees, inverted, left edge F, right edge H/);
    await page.keyboard.press('Space');
    expect(await edges(page)).toBe('RHLF');
    expect(await page.getByText(/FLIPPED|ROTATED|INVERTED/).count()).toBe(0);
  });

  test('picture and map are mirrored together', async () => {
    const page = await room(FILM);
    await page.getByText('AI OVERLAY ON').waitFor();
    const before = await pixel(page, 0.4, 0.52);
    expect(before.map[3]).toBeGreaterThan(40);
    await page.keyboard.press('h');
    await page.waitForTimeout(200);
    const there = await pixel(page, 0.6, 0.52);
    expect(Math.abs(there.picture[0]! - before.picture[0]!)).toBeLessThan(12);
    expect(Math.abs(there.map[3]! - before.map[3]!)).toBeLessThan(12);
  });

  test('no letters and no millimetres where the file states neither', async () => {
    const page = await room(FILM, '&bare=1');
    expect(await page.locator('[data-edge]').count()).toBe(0);
    expect(await settled(page)).toContain('the file does not state which side is which');
    expect(await page.getByTestId('ruler').innerText()).toMatch(/^\d+ px$/);
    await page.keyboard.press('m');
    await drag(page, [0.4, 0.4], [0.5, 0.5]);
    await page.locator('[data-tool=length][data-state=saved]').waitFor();
    expect(await page.locator('[data-tool=length] text').textContent()).toMatch(/^\d+ px$/);
    await picture(page, 'reading-room-bare');
  });

  test('the mouse windows, zooms, pans and scrolls; numbers choose windows', async () => {
    const page = await room(CT);
    const readout = page.getByRole('button', { name: /^Choose a window/ });
    expect(await readout.innerText()).toBe('W 1500 L -600 · As in the file');
    await page.keyboard.press('2');
    expect(await readout.innerText()).toContain('W 350 L 50 · Mediastinum');
    await drag(page, [0.4, 0.5], [0.5, 0.5]);
    expect(await readout.innerText()).not.toContain('W 350 L 50');
    await page.keyboard.press('1');
    await drag(page, [0.5, 0.6], [0.5, 0.4], 'right');
    await drag(page, [0.5, 0.5], [0.6, 0.5], 'middle');
    expect(Number(/zoom (\d+) %/.exec(await settled(page))?.[1])).toBeGreaterThan(120);
    await page.keyboard.press('=');
    expect(await settled(page)).toContain('zoom 100 % of fit');
    await page.mouse.wheel(0, 120);
    await page.getByText('Image 3 of 24').waitFor();
    await page.keyboard.press('End');
    await page.getByText('Image 24 of 24').waitFor();
    await picture(page, 'reading-room-ct');
    await check(page);
  });

  test('a loop plays at its rate and stops', async () => {
    const page = await room(LOOP);
    const number = async () => Number(/Image (\d+)/.exec(await page.getByTestId('frame-number').innerText())?.[1]);
    await page.keyboard.press('c');
    await page.waitForTimeout(700);
    expect(await number()).toBeGreaterThan(3);
    await page.keyboard.press('c');
    const stopped = await number();
    await page.waitForTimeout(300);
    expect(await number()).toBe(stopped);
    await picture(page, 'reading-room-loop');
  });

  test('the picture alone, with the identity, and back', async () => {
    const page = await room(FILM);
    await page.keyboard.press('f');
    await page.getByRole('complementary').waitFor({ state: 'detached' });
    await page.keyboard.press('o');
    expect(await page.getByTestId('identity').isVisible()).toBe(true);
    await picture(page, 'reading-room-alone');
    await page.keyboard.press('Escape');
    await page.getByRole('complementary').waitFor();
  });

  test('scans of one study: thumbnails and Page Down walk, the way of showing goes along', async () => {
    const page = await room(FILM, '&study=4');
    await page.keyboard.press('i');
    await expect.poll(() => page.getByRole('navigation', { name: 'Scans of this study' }).getByRole('button').count()).toBe(4);
    await page.keyboard.press('PageDown');
    await page.waitForURL(new RegExp(`${path(1)}$`));
    await drawn(page);
    await page.getByText('INVERTED').waitFor();
    await picture(page, 'reading-room-study');
    await check(page);
  });
});

describe('marks', () => {
  test('are measured, saved, and there again when the scan is opened again', async () => {
    const page = await room(FILM);
    await page.keyboard.press('m');
    await drag(page, [0.4, 0.4], [0.5, 0.5]);
    await page.keyboard.press('Shift+M');
    await drag(page, [0.6, 0.3], [0.62, 0.45]);
    const box = (await page.getByTestId('viewport').boundingBox())!;
    await page.mouse.click(box.x + box.width * 0.7, box.y + box.height * 0.4);
    await page.keyboard.press('e');
    await drag(page, [0.35, 0.55], [0.45, 0.7]);
    await page.keyboard.press('b');
    await drag(page, [0.55, 0.6], [0.65, 0.7]);
    await page.keyboard.press('t');
    await page.mouse.click(box.x + box.width * 0.5, box.y + box.height * 0.25);
    await page.getByLabel('Text of the note').fill('Old fracture?');
    await page.keyboard.press('Enter');
    await expect.poll(() => page.locator('g[data-state=saved]').count()).toBe(5);
    const said = async () => (await page.locator('g[data-state] text').allTextContents()).sort();
    const before = await said();
    expect(before.filter((words) => words.includes('mm') || words.includes('cm²')).every((words) => words.includes('at the detector'))).toBe(true);
    await picture(page, 'reading-room-marks');
    await page.evaluate(() => { window.location.hash = '#/worklist'; });
    await page.locator('[role=row][aria-selected]').first().waitFor();
    await page.evaluate((to) => { window.location.hash = `#${to}`; }, path(FILM));
    await drawn(page);
    expect(await said()).toEqual(before);
  });

  test('undo, redo and delete reach the record', async () => {
    const page = await room(FILM);
    await page.keyboard.press('m');
    await drag(page, [0.4, 0.4], [0.5, 0.5]);
    const marks = page.locator('g[data-state=saved]');
    await expect.poll(() => marks.count()).toBe(1);
    for (const [key, count] of [['Control+z', 0], ['Control+y', 1], ['Backspace', 0], ['Control+z', 1]] as const) {
      await page.keyboard.press(key);
      await expect.poll(() => page.locator('g[data-state]').count()).toBe(count);
    }
    await expect.poll(() => marks.count()).toBe(1);
    const length = async () => Number.parseFloat(await page.locator('g[data-tool=length] text').innerHTML().then((words) => words.replace(/<[^>]+>/g, '')));
    const before = await length();
    await page.keyboard.press('w');
    await drag(page, [0.5, 0.5], [0.6, 0.6]);
    expect(await length()).toBeCloseTo(before * 2, -1);
    await expect.poll(() => marks.count()).toBe(1);
    await page.keyboard.press('Control+z');
    await expect.poll(length).toBe(before);
  });

  test('one that cannot be saved stays, says so, and is saved when tried again', async () => {
    const page = await room(FILM, '&fail=imaging.save_mark:disk_full');
    await page.keyboard.press('m');
    await drag(page, [0.4, 0.4], [0.5, 0.5]);
    await page.getByText('One mark is not in the record.').waitFor();
    await expect.poll(() => page.locator('g[data-state=failed]').count()).toBe(1);
    await picture(page, 'reading-room-mark-not-saved');
    await check(page);
    await page.evaluate(() => window.fakeHeal?.('imaging.save_mark'));
    await page.getByRole('button', { name: 'Save again' }).click();
    await page.locator('g[data-state=saved]').waitFor();
    expect(await page.getByText('One mark is not in the record.').count()).toBe(0);
  });
});

describe('the AI and the verdict', () => {
  test('the map follows the class, and is not drawn where there is no evidence', async () => {
    const page = await room(FILM);
    await page.getByText('AI OVERLAY ON').waitFor();
    await page.getByRole('button', { name: /Cardiomegaly/ }).click();
    await page.getByText('Map Cardiomegaly').waitFor();
    await page.keyboard.press('Shift+Digit1');
    await page.getByText('No positive evidence: the map of this class is zero everywhere.').first().waitFor();
    expect(await page.getByText('AI OVERLAY ON').count()).toBe(0);
    expect((await pixel(page, 0.5, 0.5)).map[3]).toBe(0);
    await picture(page, 'reading-room-no-evidence');
    await page.keyboard.press('Shift+Digit3');
    await page.getByText('AI OVERLAY ON').waitFor();
    await page.keyboard.press(']');
    expect(await page.getByLabel('Opacity').inputValue()).toBe('55');
  });

  test('hidden until the reader has looked, if so set', async () => {
    const page = await room(FILM, '&hidden=1');
    const panel = page.getByRole('complementary');
    expect(await panel.innerText()).not.toMatch(/Pneumonia|%/);
    expect(await page.getByText('AI OVERLAY ON').count()).toBe(0);
    await picture(page, 'reading-room-hidden');
    await check(page);
    await page.keyboard.press('g');
    await panel.getByText('Pneumonia').first().waitFor();
    await page.getByText('AI OVERLAY ON').waitFor();
  });

  test('the palette and opacity are kept for next time, by mouse and by key', async () => {
    const page = await room(FILM);
    const opacity = page.getByRole('slider', { name: 'Opacity' });
    const was = Number(await opacity.inputValue());
    await page.getByRole('radio', { name: 'Viridis' }).check();
    await page.keyboard.press('Escape');
    await page.locator('body').click({ position: { x: 600, y: 400 } });
    await page.keyboard.press(']');
    await expect.poll(() => opacity.inputValue()).toBe(String(was + 10));
    // At once on the next scan, before anything was written.
    await page.evaluate((to) => window.location.assign(`#${to}`), path(1));
    await page.getByRole('radio', { name: 'Viridis', checked: true }).waitFor();
    await drawn(page);
    expect(await opacity.inputValue()).toBe(String(was + 10));
    // And among the person's settings, where nothing else has changed.
    await page.waitForTimeout(700);
    await page.evaluate(() => window.location.assign('#/settings'));
    await page.getByRole('radio', { name: 'Viridis', checked: true }).waitFor();
    await page.getByRole('radio', { name: 'Light', checked: true }).waitFor();
    expect(await page.getByRole('slider').inputValue()).toBe(String(was + 10));
  });

  test('a choice that could not be kept says so', async () => {
    const page = await room(FILM, '&fail=session.save_preferences:disk_full');
    await page.getByRole('radio', { name: 'Viridis' }).check();
    await page.getByRole('alert').waitFor();
    await check(page);
  });

  test('A then Enter agrees; X then a number corrects as a new verdict', async () => {
    const page = await room(FILM);
    await page.keyboard.press('a');
    await picture(page, 'reading-room-agree');
    await page.keyboard.press('Enter');
    const panel = page.getByRole('region', { name: "Clinician's verdict" });
    await panel.getByText('Agrees with the AI reading').waitFor();
    await page.keyboard.press('x');
    await picture(page, 'reading-room-disagree');
    await check(page);
    await page.keyboard.press('4');
    await panel.getByText('Disagrees with the AI reading: Pleural effusion').waitFor();
    await panel.getByText('One earlier verdict').click();
    await panel.getByText('Agrees with the AI reading', { exact: true }).waitFor();
    await picture(page, 'reading-room-corrected');
    await check(page);
  });

  test('a region and a comment go with a verdict; a failed one keeps what was said', async () => {
    const page = await room(FILM, '&fail=reading.record_verdict:disk_full');
    await page.keyboard.press('x');
    await page.getByRole('button', { name: 'Mark the region' }).click();
    await drag(page, [0.4, 0.4], [0.5, 0.5]);
    await page.getByLabel('Comment (optional)').fill('Silhouette sign.');
    await page.getByRole('radio', { name: /Nodule/ }).check();
    await page.getByRole('button', { name: 'Record', exact: true }).click();
    await page.getByRole('alert').waitFor();
    expect(await page.getByLabel('Comment (optional)').inputValue()).toBe('Silhouette sign.');
    await picture(page, 'reading-room-verdict-failed');
    await page.evaluate(() => window.fakeHeal?.('reading.record_verdict'));
    await page.getByRole('button', { name: 'Record', exact: true }).click();
    await page.getByText('Silhouette sign.').waitFor();
    await page.getByText('with a region').waitFor();
  });

  test('reading again is followed and can be stopped', async () => {
    const page = await room(FILM, '&reading=6000');
    const again = page.getByRole('button', { name: 'Read again' });
    await again.click();
    await page.getByRole('button', { name: 'Stop', exact: true }).click();
    await page.getByText('The reading was stopped; nothing was kept.').waitFor();
    await again.click();
    await page.getByText('The model is reading. You can go on reading.').waitFor();
    await picture(page, 'reading-room-running');
    await check(page);
    await page.getByText('Readings of this scan: 2').waitFor();
  });
});

declare global {
  interface Window {
    fakeHeal?: (what: string) => void;
  }
}
