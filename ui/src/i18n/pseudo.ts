// The pseudo-locale en-XA: accented and a third longer, so that a sentence that is not in the
// catalogue, or a box that does not grow, is seen at once.
type Words = Record<string, unknown>;

const accents: Record<string, string> = {
  a: 'á', b: 'ƀ', c: 'ç', d: 'ð', e: 'é', g: 'ğ', h: 'ĥ', i: 'í', j: 'ĵ', k: 'ķ', l: 'ļ', n: 'ñ', o: 'ó', p: 'þ', r: 'ŕ', s: 'š', t: 'ţ', u: 'ú', w: 'ŵ', y: 'ý', z: 'ž',
  A: 'Å', C: 'Ç', D: 'Ð', E: 'É', I: 'Î', N: 'Ñ', O: 'Ö', R: 'Ŕ', S: 'Š', T: 'Ţ', U: 'Û', Y: 'Ý',
};

/** Accents every letter outside `{{places}}`, `$t(…)` and `<tags>` and pads by a third. */
export function pseudoSentence(sentence: string): string {
  const accented = sentence.replace(/(\{\{.*?\}\}|\$t\(.*?\)|<[^>]+>)|([A-Za-z])/g, (_, kept?: string, letter?: string) =>
    kept ?? accents[letter ?? ''] ?? letter ?? '');
  return `[${accented}${' ~'.repeat(Math.ceil(sentence.length / 6))}]`;
}

/** The same over a whole catalogue. */
export function pseudo<T extends Words>(words: T): T {
  return Object.fromEntries(Object.entries(words).map(([key, value]) => [
    key,
    typeof value === 'string' ? pseudoSentence(value) : pseudo(value as Words),
  ])) as T;
}
