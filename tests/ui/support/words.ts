// What a person who reads another language would trip over on a screen: words that are not in the catalogue, and text that
// its box cuts off. Both look at what is drawn, not at how it was written.
import type { Page } from 'playwright-core';

/** Own words of the screens that stand outside brackets in the pseudo-locale: they came from no catalogue. */
export function untranslated(page: Page): Promise<string[]> {
  return page.evaluate(() => {
    const NAMES = 'Medibridge|AI|CHEST|PA|AP|ADC|DICOM|PDF|FHIR|JSON|ZIP|ID|CT|MR|CR|DX|OT|HU|SHA-256|Latin|English|Arabic|German|Spanish|French|Hindi|Japanese|Portuguese|Russian|Telugu|Chinese|العربية|Deutsch|Español|Français|हिन्दी|日本語|Português|Русский|తెలుగు|中文';
    const FIGURES = /https?:\S+|\d{2}-[A-Z][a-z]{2}(?:-\d{4})?|\d{2}:\d{2}|\b(?:kB|MB|GB|TB|mm|cm|ms|px|min|h|d|y|m|s)\b(?![.\p{L}])|Ctrl|Shift|Alt|Esc|Enter|Space|Tab|Del|Home|End|PgUp|PgDn|F\d+/gu;
    const said = [...((window as { fakeSaid?: Set<string> }).fakeSaid ?? [])].map((text) => text.replace(/\s+/g, ' ').trim()).filter((text) => text.length > 1).sort((a, b) => b.length - a.length);
    const spoken = said.join('\n');
    const names = new RegExp(`(?<!\\p{L})(?:${NAMES})(?!\\p{L})`, 'gu');
    const left = (text: string): string => {
      let rest = text.replace(/[\u2066-\u2069]/g, '').replace(/\s+/g, ' ');
      for (let before = ''; before !== rest;) {
        before = rest;
        rest = rest.replace(/\[[^[\]]*\]/g, ' ');
      }
      // A key of the keyboard may be a bracket itself: what is accented came from the catalogue.
      rest = rest.replace(/[\p{L}]*[áƀçðéğĥíĵķļñóþŕšţúŵýžÅÐÉÎÑÖŔŠŢÛÝ][\p{L}]*/gu, ' ').replace(/\s+/g, ' ');
      const own = (part: string) => part.replace(names, ' ').replace(FIGURES, ' ');
      const parts = rest.replace(/https?:\S+/g, ' ').split(/[·,:()\n|“”…]/).map((part) => part.trim()).filter((part) => /\p{L}{2}/u.test(own(part)));
      const given = (part: string) => spoken.includes(part) || said.some((one) => one.length > 3 && part.includes(one) && !/\p{L}{2}/u.test(own(part.replaceAll(one, ' '))));
      return parts.filter((part) => !given(part)).join(' | ');
    };
    const skipped = 'bdi, textarea, kbd, code, pre, script, style, [lang]:not(html), [translate=no], [data-words=own]';
    const found = new Set<string>();
    const look = (text: string | null, where: string) => {
      const words = text === null ? '' : left(text);
      if (words !== '') found.add(`${where}: ${words}`);
    };
    const walk = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    for (let node = walk.nextNode(); node !== null; node = walk.nextNode()) {
      const parent = node.parentElement;
      if (parent !== null && parent.closest(skipped) === null) look(node.textContent, parent.tagName.toLowerCase());
    }
    for (const element of document.querySelectorAll('[aria-label], [title], [placeholder], [alt], [aria-description]')) {
      if (element.closest(skipped) !== null) continue;
      for (const name of ['aria-label', 'title', 'placeholder', 'alt', 'aria-description']) look(element.getAttribute(name), `${element.tagName.toLowerCase()}[${name}]`);
    }
    return [...found];
  });
}

/** Keys that nobody wrote a sentence for: they stand on the screen as they are. */
export function rawKeys(page: Page): Promise<string[]> {
  return page.evaluate(() => {
    const said = (window as { fakeSaid?: Set<string> }).fakeSaid ?? new Set();
    const texts = [...document.querySelectorAll('body *:not(code)')].flatMap((element) => [
      ...[...element.childNodes].filter((node) => node.nodeType === Node.TEXT_NODE).map((node) => node.textContent ?? ''),
      ...['aria-label', 'title', 'placeholder', 'alt'].map((name) => element.getAttribute(name) ?? ''),
    ]);
    return [...new Set(texts.map((text) => text.trim()).filter((text) => !said.has(text)).filter((text) => /^[a-z][\w-]*(?::[\w-]+)?(?:\.[\w-]+)+$/.test(text) && !/\.(?:dcm|pdf|png|jpg|zip|onnx|json|org|com|example|locum)$/.test(text) || /\{\{.*\}\}/.test(text)))];
  });
}

/** Words of the screens that their box cuts off. Names and texts of people (bdi, title) may be shortened: they are whole elsewhere. */
export function cut(page: Page): Promise<string[]> {
  return page.evaluate(() => {
    const found = new Set<string>();
    const say = (element: Element, text: string, how: string) => found.add(`${how}: “${text.trim().slice(0, 60)}” in ${element.tagName.toLowerCase()}.${(element.getAttribute('class') ?? '').replace(/_([\w]+)_[\w-]+/g, '$1').split(' ')[0]}`);
    const people = 'bdi, [title], .unseen, code, textarea, [data-words=own], [data-testid=viewport]';
    const walk = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    for (let node = walk.nextNode(); node !== null; node = walk.nextNode()) {
      const text = node.textContent ?? '';
      const parent = node.parentElement;
      if (parent === null || !/[\p{L}\p{N}]/u.test(text) || parent.closest(people) !== null || !parent.checkVisibility({ opacityProperty: true, visibilityProperty: true })) continue;
      const range = document.createRange();
      range.selectNodeContents(node);
      const box = range.getBoundingClientRect();
      if (box.width === 0 || box.height === 0) continue;
      for (let above: Element | null = parent; above !== null && above !== document.body; above = above.parentElement) {
        const style = getComputedStyle(above);
        if (style.clipPath !== 'none') break;
        const edge = above.getBoundingClientRect();
        const [x, y] = [style.overflowX, style.overflowY];
        if (edge.width <= 2 && edge.height <= 2) break;
        if ((x === 'hidden' || x === 'clip') && (box.left < edge.left - 1 || box.right > edge.right + 1)) {
          say(parent, text, 'cut at the side');
          break;
        }
        if ((y === 'hidden' || y === 'clip') && (box.bottom > edge.bottom + box.height * 0.35 || box.top < edge.top - box.height * 0.35) && box.height < 60) {
          say(parent, text, 'cut above or below');
          break;
        }
        // What scrolls can be reached; fixed layers have their own edge.
        if (x === 'auto' || x === 'scroll' || y === 'auto' || y === 'scroll' || style.position === 'fixed') break;
      }
    }
    const pen = document.createElement('canvas').getContext('2d');
    const width = (text: string, style: CSSStyleDeclaration) => {
      if (pen === null) return 0;
      pen.font = `${style.fontWeight} ${style.fontSize} ${style.fontFamily}`;
      return pen.measureText(text).width;
    };
    for (const element of document.querySelectorAll<HTMLInputElement | HTMLSelectElement>('select, input[placeholder]')) {
      if (!element.checkVisibility()) continue;
      const style = getComputedStyle(element);
      const room = element.clientWidth - parseFloat(style.paddingInlineStart) - parseFloat(style.paddingInlineEnd);
      const text = element instanceof HTMLSelectElement ? (element.selectedOptions[0]?.text ?? '') : element.placeholder;
      if (/\p{L}/u.test(text) && element.closest('[title], bdi') === null && width(text, style) > room + 1) say(element, text, 'cut in its field');
    }
    return [...found];
  });
}
