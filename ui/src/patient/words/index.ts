// Words of the page: English travels with it, every other language is fetched when it is chosen. A library would
// weigh more than all that is needed here: a path to a sentence, and names in it.
import en from '../../../../assets/i18n/en/patient.json';
import type { Language } from '../wire/content';

type Path<T> = { [K in keyof T & string]: T[K] extends string ? K : `${K}.${Path<T[K]>}` }[keyof T & string];
/** `waiting.title`. */
export type Key = Path<typeof en>;
export type Tell = (key: Key, places?: Record<string, string | number>) => string;
type Tree = { [key: string]: string | Tree };

/** As their own speakers write them. */
export const OWN_NAMES: Readonly<Record<Language, string>> = {
  ar: 'العربية', de: 'Deutsch', en: 'English', es: 'Español', fr: 'Français', hi: 'हिन्दी', ja: '日本語', pt: 'Português', ru: 'Русский', te: 'తెలుగు', zh: '中文',
};
export const LANGUAGES = Object.keys(OWN_NAMES) as Language[];

const files = import.meta.glob<Tree>(['../../../../assets/i18n/*/patient.json', '!../../../../assets/i18n/en/patient.json'], { import: 'default' });
const loaded = new Map<Language, Tree>([['en', en]]);

export const directionOf = (language: Language): 'rtl' | 'ltr' => (language === 'ar' ? 'rtl' : 'ltr');

export const isLoaded = (language: Language): boolean => loaded.has(language);

/** Fetches the words of a language; rejects without network. */
export async function load(language: Language): Promise<void> {
  const file = files[`../../../../assets/i18n/${language}/patient.json`];
  if (!loaded.has(language) && file !== undefined) loaded.set(language, await file());
}

/** The sentences of a language; English where one is missing. */
export function tellIn(language: Language): Tell {
  const tree = loaded.get(language) ?? en;
  return (key, places) => {
    const sentence = find(tree, key) ?? find(en, key) ?? key;
    return places === undefined ? sentence : sentence.replace(/\{\{(\w+)\}\}/g, (whole, name: string) => String(places[name] ?? whole));
  };
}

function find(tree: Tree, key: string): string | undefined {
  let at: string | Tree | undefined = tree;
  for (const part of key.split('.')) at = typeof at === 'object' ? at[part] : undefined;
  return typeof at === 'string' ? at : undefined;
}

/** The first of the phone's languages that the house speaks. */
export function phoneLanguage(preferred: readonly string[] = navigator.languages): Language {
  const tags = preferred.map((tag) => tag.slice(0, 2).toLowerCase());
  return LANGUAGES.find((language) => language === tags.find((tag) => LANGUAGES.some((known) => known === tag))) ?? 'en';
}
