// Lists and order of names in the language of the screens.
import { isolate } from './isolate';
import { kept } from './locale';

const enumeration = kept((locale) => new Intl.ListFormat(locale, { type: 'conjunction', style: 'narrow' }));
const collator = kept((locale) => new Intl.Collator(locale, { numeric: true, sensitivity: 'base' }));

/** Commas that differ from `, `. */
const COMMA: Readonly<Record<string, string>> = { ar: '، ', ja: '、', zh: '、' };

/** `a, b, c`: things beside each other, as in a column. Each keeps its own direction. */
export function showList(items: readonly string[]): string {
  return items.map(isolate).join(COMMA[document.documentElement.lang] ?? ', ');
}

/** `a, b and c`, for a sentence. */
export function tellList(items: readonly string[]): string {
  return enumeration().format(items.map(isolate));
}

/** The order of names for people: `ä` beside `a`, `10` after `9`. */
export function compareNames(a: string, b: string): number {
  return collator().compare(a, b);
}
