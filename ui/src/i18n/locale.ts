// What `Intl` is asked with: the language of the screens, always with Latin digits (decision 0034).
import { words } from '.';

/** `ar` → `ar-u-nu-latn`; the pseudo-locale counts in English. */
export function locale(): string {
  const language = words.language === 'en-XA' ? 'en' : (words.language ?? 'en');
  return `${language}-u-nu-latn`;
}

/** One formatter a language and kind: making one costs more than using it a thousand times. */
export function kept<F>(make: (locale: string) => F): () => F {
  const all = new Map<string, F>();
  return () => {
    const now = locale();
    const known = all.get(now);
    if (known !== undefined) return known;
    const made = make(now);
    all.set(now, made);
    return made;
  };
}
