// Words: one catalogue a language under assets/i18n, read at build time. `ui.<domain>.json` becomes the
// namespace `<domain>`; all `errors.*.json` together become `errors`, keyed by message id.
import i18next, { type Resource, type ResourceLanguage } from 'i18next';
import { initReactI18next } from 'react-i18next';

import { pseudo } from './pseudo';

type Catalogue = Record<string, unknown>;

const files = import.meta.glob<Catalogue>('../../../assets/i18n/*/{ui,errors}.*.json', { eager: true, import: 'default' });

/** Languages whose script runs right to left. */
const RIGHT_TO_LEFT = new Set(['ar']);

/** Every catalogue by language and namespace. */
function resources(): Resource {
  const all: Record<string, Record<string, Catalogue>> = {};
  for (const [path, words] of Object.entries(files)) {
    const [, language = 'en', kind, domain = ''] = /i18n\/([^/]+)\/(ui|errors)\.([^/]+)\.json$/.exec(path) ?? [];
    if (kind === undefined) continue;
    const space = kind === 'errors' ? 'errors' : domain;
    const spaces = (all[language] ??= {});
    spaces[space] = { ...spaces[space], ...words };
  }
  all['en-XA'] = pseudo(all['en'] ?? {});
  return all as Resource & Record<string, ResourceLanguage>;
}

/** Starts the words and gives the document its language and direction; `direction` overrides for tests. */
export function startWords(language: string, direction?: 'rtl' | 'ltr') {
  void i18next.use(initReactI18next).init({
    resources: resources(),
    lng: language,
    fallbackLng: 'en',
    defaultNS: 'common',
    interpolation: { escapeValue: false },
    initAsync: false,
  });
  const apply = (now: string) => {
    document.documentElement.lang = now;
    document.documentElement.dir = direction ?? (RIGHT_TO_LEFT.has(now.split('-')[0] ?? '') ? 'rtl' : 'ltr');
  };
  i18next.on('languageChanged', apply);
  apply(language);
}

/** Whether the catalogue of errors has a sentence for this id. */
export function hasSentence(messageId: string): boolean {
  return i18next.exists(`errors:${messageId}.title`);
}

export const words = i18next;
