// Walks through a screen with Tab and the arrow keys, as somebody without a mouse does, and says what was not reached, what
// does not show that it has the focus, and where the focus stays for ever.
import type { Page } from 'playwright-core';

/** Presses between two looks; more than `MOST` presses means that Tab never comes round. */
const STEP = 12;
const MOST = 600;

declare global {
  interface Window {
    crawl?: Crawl;
  }
}

interface Crawl {
  wanted: Element[];
  order: Element[];
  reached: Set<Element>;
  ringless: Set<Element>;
  unseen: Set<Element>;
  stop: () => void;
}

/** Everything on this screen that somebody without a mouse would miss. */
export async function crawl(page: Page): Promise<{ wanted: number; found: string[] }> {
  await page.evaluate(begin);
  const found: string[] = [];
  let around = false;
  for (let pressed = 0; pressed < MOST && !around; pressed += STEP) {
    for (let n = 0; n < STEP; n += 1) await page.keyboard.press('Tab');
    around = await page.evaluate(() => {
      const { order = [] } = window.crawl ?? {};
      return order.length > 1 && order.indexOf(order[0] as Element, 1) > 0;
    });
  }
  if (!around) found.push(`the focus never comes round: ${await page.evaluate(() => document.activeElement?.outerHTML.slice(0, 140) ?? '')}`);
  for (const arrow of ['ArrowRight', 'ArrowDown', 'ArrowLeft', 'ArrowUp']) {
    // Tabs, menus, lists of choices: one stop for Tab, and the arrows walk inside.
    const groups = await page.evaluate(missedGroups);
    for (let group = 0; group < groups.length; group += 1) {
      if (!await page.evaluate(enterGroup, group)) continue;
      for (let n = 0; n < (groups[group] ?? 0); n += 1) await page.keyboard.press(arrow);
    }
  }
  const { wanted, told } = await page.evaluate(end);
  return { wanted, found: [...found, ...told] };
}

/** In the page: lists what must be reached and begins to watch the focus. */
function begin(): void {
  const ACTIVE = 'a[href], button, input:not([type=hidden]), select, textarea, summary, [contenteditable=true], [tabindex="0"], [role=button], [role=link], [role=tab], [role=menuitem], [role=option], [role=radio], [role=checkbox], [role=switch], [role=slider], [role=combobox]';
  const visible = (element: Element) => element.checkVisibility({ visibilityProperty: true }) && element.getClientRects().length > 0 && element.closest('[inert], [aria-hidden=true]') === null;
  const able = (element: Element) => !element.matches(':disabled, [aria-disabled=true]');
  const named = (element: Element) => element.closest('[role=grid], [role=listbox]')?.hasAttribute('aria-activedescendant') === true && element.matches('[role=option], [role=row]');
  const wanted = [...document.querySelectorAll(ACTIVE)].filter((element) => visible(element) && able(element) && !named(element));
  const look = (element: Element, part?: string): string => {
    const { outlineStyle, outlineWidth, outlineColor, boxShadow, borderColor, backgroundColor, textDecorationLine, stroke, strokeWidth } = getComputedStyle(element, part);
    const outline = outlineStyle === 'none' || outlineWidth === '0px' ? 'none' : `${outlineStyle} ${outlineWidth} ${outlineColor}`;
    return [outline, boxShadow, borderColor, backgroundColor, textDecorationLine, stroke, strokeWidth].join(';');
  };
  const looks = (element: Element) => [element, ...[...element.children].slice(0, 3), element.parentElement, element.nextElementSibling, element.previousElementSibling, ...((element as HTMLInputElement).labels ?? [])]
    .map((one) => (one == null ? '' : look(one))).concat(look(element, '::before'), look(element, '::after')).join('|');
  const crawled: Crawl = { wanted, order: [], reached: new Set(), ringless: new Set(), unseen: new Set(), stop: () => undefined };
  let last: { element: Element; worn: string; rested: boolean } | undefined;
  // While the focus leaves, nothing has it: the next one's ring is not drawn yet.
  const leave = () => {
    if (last?.rested === true && last.element.isConnected && looks(last.element) === last.worn) crawled.ringless.add(last.element);
    last = undefined;
  };
  const enter = ({ target }: Event) => {
    if (!(target instanceof Element)) return;
    crawled.order.push(target);
    crawled.reached.add(target);
    last = { element: target, worn: looks(target), rested: false };
  };
  // What hands the focus on at once hears no key and needs no ring.
  const rest = () => {
    if (last === undefined || document.activeElement !== last.element) return;
    last.rested = true;
    // The browser does so itself, with its next picture: the keys here come faster.
    last.element.scrollIntoView({ block: 'nearest', inline: 'nearest', behavior: 'instant' });
    const box = last.element.getBoundingClientRect();
    const inside = box.bottom > 0 && box.right > 0 && box.top < window.innerHeight && box.left < window.innerWidth;
    const label = (last.element as HTMLInputElement).labels?.[0]?.getBoundingClientRect();
    if (!inside || (box.width <= 2 && box.height <= 2 && !(label !== undefined && label.width > 2))) crawled.unseen.add(last.element);
  };
  document.addEventListener('keydown', rest, true);
  document.addEventListener('focusin', enter, true);
  document.addEventListener('focusout', leave, true);
  crawled.stop = () => {
    (document.activeElement as HTMLElement | null)?.blur();
    document.removeEventListener('keydown', rest, true);
    document.removeEventListener('focusin', enter, true);
    document.removeEventListener('focusout', leave, true);
  };
  window.crawl = crawled;
  (document.activeElement as HTMLElement | null)?.blur();
}

/** In the page: the groups with members that Tab did not reach, by their size. */
function missedGroups(): number[] {
  const GROUP = '[role=tablist], [role=radiogroup], [role=menu], [role=menubar], [role=listbox], [role=toolbar], [role=tree], [role=grid], [role=group]';
  const { wanted = [], reached = new Set<Element>() } = window.crawl ?? {};
  const groups = new Map<Element, number>();
  for (const element of wanted) {
    const group = element.closest(GROUP);
    if (group !== null && element.isConnected && !reached.has(element)) groups.set(group, group.querySelectorAll('*').length === 0 ? 0 : wanted.filter((one) => group.contains(one)).length + 1);
  }
  Object.assign(window.crawl ?? {}, { groups: [...groups.keys()] });
  return [...groups.values()];
}

/** In the page: puts the focus where Tab had put it. */
function enterGroup(index: number): boolean {
  const group = (window.crawl as unknown as { groups: Element[] }).groups[index];
  const stop = [...(window.crawl?.reached ?? [])].find((element) => group?.contains(element) === true && element.isConnected);
  (stop as HTMLElement | undefined)?.focus();
  return stop !== undefined;
}

/** In the page: what was missed. */
function end(): { wanted: number; told: string[] } {
  const crawled = window.crawl;
  if (crawled === undefined) return { wanted: 0, told: ['no crawl'] };
  crawled.stop();
  const tell = (element: Element) => `${element.outerHTML.replace(/ class="[^"]*"/, '').slice(0, 150)}`;
  const { wanted, reached } = crawled;
  // Arrows walk among the buttons of one choice: that is the browser's own.
  const chosen = (element: Element) => element instanceof HTMLInputElement && element.type === 'radio' && element.name !== ''
    && wanted.some((one) => one instanceof HTMLInputElement && one.type === 'radio' && one.name === element.name && one.form === element.form && reached.has(one));
  const told = wanted.filter((element) => element.isConnected && !reached.has(element) && !chosen(element) && element.checkVisibility({ visibilityProperty: true }) && !element.matches(':disabled')).map((element) => `no key reaches ${tell(element)}`);
  told.push(...[...crawled.ringless].filter((element) => element !== document.body).map((element) => `the focus is not seen on ${tell(element)}`));
  told.push(...[...crawled.unseen].map((element) => `has the focus out of sight: ${tell(element)}`));
  const FOCUS = 'a[href], button, input, select, textarea, summary, [tabindex], [contenteditable=true], label';
  for (const element of document.querySelectorAll('#root *')) {
    const key = Object.keys(element).find((name) => name.startsWith('__reactProps$'));
    const props = key === undefined ? {} : (element as unknown as Record<string, Record<string, unknown>>)[key] ?? {};
    if ((props['onClick'] ?? props['onDoubleClick']) === undefined || element.closest(FOCUS) !== null || element.querySelector(FOCUS) !== null || !element.checkVisibility()) continue;
    told.push(`only a mouse reaches ${tell(element)}`);
  }
  delete window.crawl;
  return { wanted: wanted.length, told };
}
