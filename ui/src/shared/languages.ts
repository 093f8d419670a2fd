// The eleven languages of the house, as their own speakers write them.
import type { Language } from '../bindings/types';
import { words } from '../i18n';

export const OWN_NAMES: Readonly<Record<Language, string>> = {
  ar: 'العربية', de: 'Deutsch', en: 'English', es: 'Español', fr: 'Français', hi: 'हिन्दी', ja: '日本語', pt: 'Português', ru: 'Русский', te: 'తెలుగు', zh: '中文',
};

export const LANGUAGES = Object.keys(OWN_NAMES) as readonly Language[];

/** The direction in which a language is written. */
export const directionOf = (language: Language): 'rtl' | 'ltr' => (language === 'ar' ? 'rtl' : 'ltr');

/** Its name in the language of the screens. */
export const languageName = (language: Language): string => words.t(`common:language.${language}`);

/** Both names, for a list to choose from: staff read one, the patient the other. */
export const languageChoices = () => LANGUAGES.map((language) => {
  const name = languageName(language);
  return { value: language, label: name === OWN_NAMES[language] ? name : `${name} · ${OWN_NAMES[language]}` };
});
