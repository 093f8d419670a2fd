// Text of one direction inside text of the other. Without this, 15-Mar-1940 reads Mar-1940-15 in Arabic, and the number
// after an Arabic name jumps to its other side in English. The marks are Unicode's: first strong isolate … pop.
const FIRST_STRONG = '\u2068';
const POP = '\u2069';
const RIGHT_TO_LEFT = /[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc]/;

/** Keeps a date, a number or a name in its own order where the text around it runs right to left. */
export function isolate(text: string): string {
  return document.documentElement.dir === 'rtl' ? `${FIRST_STRONG}${text}${POP}` : text;
}

/** The same for what is put into a sentence: there an Arabic name is also kept apart from the English around it. */
export function isolateIn(text: string): string {
  return text !== '' && (document.documentElement.dir === 'rtl' || RIGHT_TO_LEFT.test(text)) ? `${FIRST_STRONG}${text}${POP}` : text;
}

/** A text without its marks: for names of files and what is compared. */
export function bare(text: string): string {
  return text.replace(/[\u2066-\u2069]/g, '');
}
