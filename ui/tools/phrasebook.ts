// The phrasebook in slices: one lazy module a language with the phrases that a patient may send. Nobody
// loads the whole book, and nothing of it is in the first paint.
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Plugin } from 'vite';

const FOLDER = fileURLToPath(new URL('../../assets/phrasebook/', import.meta.url));
const LANGUAGES = ['ar', 'de', 'en', 'es', 'fr', 'hi', 'ja', 'pt', 'ru', 'te', 'zh'];
const INDEX = 'virtual:phrasebook';
const SLICE = /^\0virtual:phrasebook\/([a-z]{2})$/;

type Texts = Record<string, string>;
interface Situation {
  situation: string;
  title: Texts;
  phrases: { key: string; kind: string; who: string; text: Texts; slots?: Record<string, string> }[];
}

/** `virtual:phrasebook` maps each language to the function that fetches its slice (`src/patient/phrases/slice.ts`). */
export function phrasebook(): Plugin {
  return {
    name: 'medibridge-phrasebook',
    resolveId: (id) => (id === INDEX || id.startsWith(`${INDEX}/`) ? `\0${id}` : null),
    load(id) {
      if (id === `\0${INDEX}`) {
        return `export default {${LANGUAGES.map((language) => `${language}: () => import('${INDEX}/${language}')`).join(',')}};`;
      }
      const language = SLICE.exec(id)?.[1];
      if (language === undefined) return null;
      return `export default JSON.parse(${JSON.stringify(JSON.stringify(slice(language)))});`;
    },
  };
}

/** What a patient may say, in one language. */
export function slice(language: string) {
  const situations = readdirSync(FOLDER).filter((name) => /^\d+-.*\.json$/.test(name)).sort()
    .map((name) => JSON.parse(readFileSync(join(FOLDER, name), 'utf8')) as Situation)
    .map(({ situation, title, phrases }) => ({
      key: situation,
      title: title[language] ?? '',
      phrases: phrases.filter(({ who }) => who !== 'doctor')
        .map(({ key, kind, text, slots }) => ({ key, kind, text: text[language] ?? '', ...(slots === undefined ? {} : { slots }) })),
    }))
    .filter(({ phrases }) => phrases.length > 0);
  const slots = join(FOLDER, 'slots.json');
  const values = existsSync(slots) ? (JSON.parse(readFileSync(slots, 'utf8')) as Record<string, Record<string, Texts>>) : {};
  return {
    situations,
    slots: Object.fromEntries(Object.entries(values).map(([kind, all]) => [
      kind,
      Object.fromEntries(Object.entries(all).map(([key, text]) => [key, text[language] ?? key])),
    ])),
  };
}
