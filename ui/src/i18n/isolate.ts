/** Keeps a date or number in its own order where the text around it runs right to left: without it 15-Mar-1940 reads Mar-1940-15. */
export function isolate(text: string): string {
  return document.documentElement.dir === 'rtl' ? `\u2066${text}\u2069` : text;
}
