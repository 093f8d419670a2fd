// Names of the eleven languages for people to choose from.
import type { Language } from '../bindings/types';
import { LANGUAGES, OWN_NAMES } from '../i18n/languages';
import { compareNames } from '../i18n/lists';
import { kept } from '../i18n/locale';

export { directionOf, LANGUAGES, OWN_NAMES } from '../i18n/languages';

const names = kept((locale) => new Intl.DisplayNames(locale, { type: 'language' }));

/** Its name in the language of the screens. */
export const languageName = (language: Language): string => names().of(language) ?? OWN_NAMES[language];

/** Both names, for a list to choose from: staff read one, the patient the other. */
export const languageChoices = () => LANGUAGES.map((language) => {
  const name = languageName(language);
  return { value: language, label: name === OWN_NAMES[language] ? name : `${name} · ${OWN_NAMES[language]}` };
}).sort((a, b) => compareNames(a.label, b.label));
