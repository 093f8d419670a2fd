// Which language is spoken: the one that the signed-in person chose; else the one that was chosen on this machine (on the
// sign-in screen or at the first start); else the operating system's; else English.
import type { Language } from '../bindings/types';
import { spoken } from './languages';

const KEPT = 'language';

/** For tests: `?lang=en-XA` or `?lang=ar`. */
const asked = () => new URLSearchParams(window.location.search).get('lang');

/** What a person's own choice (empty: none) comes to on this machine. */
export function languageFor(preferred: string): string {
  return asked() ?? spoken(preferred) ?? machineLanguage();
}

/** The language of the screens while nobody is signed in. */
export function machineLanguage(): Language {
  return spoken(window.localStorage.getItem(KEPT) ?? '') ?? systemLanguage();
}

/** The first of the operating system's languages that the screens speak. */
export function systemLanguage(): Language {
  for (const tag of window.navigator.languages) {
    const language = spoken(tag);
    if (language !== undefined) return language;
  }
  return 'en';
}

/** This machine remembers it for the sign-in screen and for whoever chose none. */
export function keepForMachine(language: Language): void {
  window.localStorage.setItem(KEPT, language);
}
