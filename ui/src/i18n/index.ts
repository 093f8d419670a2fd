// Words of the screens. English comes with the window; another language is fetched when it is first spoken, and what it
// lacks is said in English. Every name and number that is put into a sentence keeps its own direction (isolate.ts).
import i18next from 'i18next';
import { initReactI18next } from 'react-i18next';
import { english, fetched, type Catalogue } from 'virtual:words';

import type { Language } from '../bindings/types';
import { isolateIn } from './isolate';
import { directionOf, spoken } from './languages';
import { pseudo } from './pseudo';

/** Accented and bracketed English, for tests only. */
const PSEUDO = 'en-XA';
let forced: 'rtl' | 'ltr' | undefined;
let wanted = 'en';
const known = new Set(['en']);

/** Starts in English and gives the document its language and direction; `direction` overrides for tests. */
export function startWords(direction?: 'rtl' | 'ltr'): void {
  forced = direction;
  void i18next.use(initReactI18next).init({
    resources: { en: english },
    lng: 'en',
    fallbackLng: 'en',
    defaultNS: 'common',
    interpolation: { escapeValue: true, escape: isolateIn },
    initAsync: false,
  });
  i18next.on('languageChanged', dress);
  dress('en');
}

/** Speaks another language from now on: nothing is loaded anew, every screen is written again. The last wish counts. */
export async function speak(language: string): Promise<void> {
  wanted = language;
  if (!known.has(language)) {
    try {
      for (const [space, words] of Object.entries(await catalogue(language))) i18next.addResourceBundle(language, space, words);
      known.add(language);
    } catch {
      // The file belongs to the program: without it the words stay those that can be read.
      console.error(`The words of “${language}” could not be read.`);
      return;
    }
  }
  if (wanted === language && i18next.language !== language) await i18next.changeLanguage(language);
}

/** Whether the catalogue of errors has a sentence for this id. */
export function hasSentence(messageId: string): boolean {
  return i18next.exists(`errors:${messageId}.title`);
}

export const words = i18next;

/** The language that is spoken now; the pseudo-locale is English. */
export const screenLanguage = (): Language => spoken(i18next.language) ?? 'en';

async function catalogue(language: string): Promise<Catalogue> {
  if (language === PSEUDO) return pseudo(english);
  const load = fetched[language];
  if (load === undefined) throw new Error('no such language');
  return (await load()).default;
}

function dress(language: string): void {
  document.documentElement.lang = language;
  document.documentElement.dir = forced ?? directionOf(language);
}
