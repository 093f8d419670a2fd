// The eleven languages of the house, as their own speakers write them.
import type { Language } from '../bindings/types';

export const OWN_NAMES: Readonly<Record<Language, string>> = {
  ar: 'العربية', de: 'Deutsch', en: 'English', es: 'Español', fr: 'Français', hi: 'हिन्दी', ja: '日本語', pt: 'Português', ru: 'Русский', te: 'తెలుగు', zh: '中文',
};

export const LANGUAGES = Object.keys(OWN_NAMES) as readonly Language[];

/** The direction in which a language is written. */
export const directionOf = (language: string): 'rtl' | 'ltr' => (language.split('-')[0] === 'ar' ? 'rtl' : 'ltr');

/** `pt-BR` → `pt`; undefined for a language that the screens do not speak. */
export function spoken(tag: string): Language | undefined {
  const base = tag.toLowerCase().split(/[-_]/)[0];
  return LANGUAGES.find((language) => language === base);
}
