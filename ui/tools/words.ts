// The words of the screens as modules: English comes with the window, each other language is one file that is
// fetched when somebody reads it. `ui.<domain>.json` becomes the namespace `<domain>`; all `errors.*.json`
// together become `errors`, keyed by message id.
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Plugin } from 'vite';

const FOLDER = fileURLToPath(new URL('../../assets/i18n/', import.meta.url));
const INDEX = 'virtual:words';
const ONE = /^\0virtual:words\/([a-z]{2})$/;
const FILE = /^(ui|errors)\.(.+)\.json$/;

type Words = { [key: string]: string | Words };

/** `virtual:words` gives English at once and, for each other language, the function that fetches it (`src/i18n/index.ts`). */
export function words(): Plugin {
  return {
    name: 'medibridge-words',
    resolveId: (id) => (id === INDEX || id.startsWith(`${INDEX}/`) ? `\0${id}` : null),
    load(id) {
      if (id === `\0${INDEX}`) {
        const others = languages().filter((language) => language !== 'en');
        return `export { default as english } from '${INDEX}/en';\nexport const fetched = {${others.map((language) => `${language}: () => import('${INDEX}/${language}')`).join(',')}};`;
      }
      const language = ONE.exec(id)?.[1];
      if (language === undefined) return null;
      for (const name of files(language)) this.addWatchFile(join(FOLDER, language, name));
      return `export default JSON.parse(${JSON.stringify(JSON.stringify(namespaces(language)))});`;
    },
  };
}

/** The languages that have words for the screens. */
export function languages(): string[] {
  return readdirSync(FOLDER).filter((language) => /^[a-z]{2}$/.test(language) && files(language).length > 0).sort();
}

/** Every namespace of a language. */
export function namespaces(language: string): Record<string, Words> {
  const all: Record<string, Words> = {};
  for (const name of files(language)) {
    const [, kind = '', domain = ''] = FILE.exec(name) ?? [];
    const space = kind === 'errors' ? 'errors' : domain;
    all[space] = { ...all[space], ...everyForm(language, JSON.parse(readFileSync(join(FOLDER, language, name), 'utf8')) as Words) };
  }
  return all;
}

/** Forms that a language has for millions only (es, fr, pt) are its `other`: no sentence falls back to English for them. */
function everyForm(language: string, all: Words): Words {
  const forms = new Intl.PluralRules(language).resolvedOptions().pluralCategories;
  return Object.fromEntries(Object.entries(all).flatMap(([key, value]): [string, string | Words][] => {
    if (typeof value !== 'string') return [[key, everyForm(language, value)]];
    const base = /^(.*)_other$/.exec(key)?.[1];
    return [...(base === undefined ? [] : forms.filter((form) => all[`${base}_${form}`] === undefined).map((form): [string, string] => [`${base}_${form}`, value])), [key, value]];
  }));
}

function files(language: string): string[] {
  const folder = join(FOLDER, language);
  return existsSync(folder) ? readdirSync(folder).filter((name) => FILE.test(name)).sort() : [];
}
