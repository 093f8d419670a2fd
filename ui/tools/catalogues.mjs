// The rules of the catalogues (assets/i18n/<language>/{ui,errors}.*.json), in one place: the tests use
// them, and `node tools/catalogues.mjs ar` lists what one language still lacks.
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

export const I18N = fileURLToPath(new URL('../../assets/i18n/', import.meta.url));
export const LANGUAGES = ['ar', 'de', 'en', 'es', 'fr', 'hi', 'ja', 'pt', 'ru', 'te', 'zh'];

const FORM = /_(zero|one|two|few|many|other)$/;
const PLACE = /\{\{\s*([\w.]+)[^}]*\}\}|\$t\([^)]*\)|<\/?[\w]+\s*\/?>/g;

/** Scripts of the languages that are not written in Latin letters. */
const SCRIPTS = { ar: /\p{Script=Arabic}/u, hi: /\p{Script=Devanagari}/u, ja: /[\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Han}]/u, ru: /\p{Script=Cyrillic}/u, te: /\p{Script=Telugu}/u, zh: /\p{Script=Han}/u };

/** Words that stand in any language: names, formats, units, keys. */
const ANYWHERE = /\b(Medibridge|DICOM|NIfTI|PDF|FHIR|JSON|XML|CSV|PNG|ZIP|SMTP|IMAP|TLS|LAN|URL|HTTPS?|TOTP|PIN|QR|WAV|SHA-256|ONNX|GPU|CPU|RAM|USB|WhatsApp|Telegram|Gmail|Signal|Twilio|Ollama|OpenAI|Anthropic|Claude|Whisper|Llama|Linux|Windows|macOS|GitHub|LOINC|SNOMED|RxNorm|ICD|ICD-10|CT|MR|MRI|PET|HU|AI|ID|IDs|API|OK|kV|mAs|mSv|kB|MB|GB|TB|mm|cm|min|ms|px|Hz|PSI|Ctrl|Shift|Alt|Esc|Enter|Tab|Space|Del|Home|End|AP|PA|LAO|Escape|GIN|SUV|Inferno|Viridis|STARTTLS|Microsoft|Google|Outlook|mmol|mol|zxcvbn|Authenticator|Roboto|Inter)\b/g;

/** English words that none of the other languages has: one of them left in a sentence is untranslated. */
const ENGLISH = /\b(the|with|this|your|and|that|which|from|been|have|cannot|nothing)\b/i;

/** Every catalogue file of a language that this tool knows, with what English has. */
export function fileNames() {
  return readdirSync(join(I18N, 'en')).filter((name) => /^(ui|errors)\..+\.json$/.test(name)).sort();
}

/** `{ "a": { "b": "x" } }` → `a.b` → `x`. */
export function flat(words, before = '') {
  return Object.entries(words).flatMap(([key, value]) => (typeof value === 'string' ? [[before + key, value]] : value !== null && typeof value === 'object' ? flat(value, `${before}${key}.`) : [[before + key, value]]));
}

/** The plural forms that a language tells apart; those for millions only (es, fr, pt) fall back to `other`. */
export function formsOf(language) {
  const all = new Intl.PluralRules(language).resolvedOptions().pluralCategories;
  return { needed: all.filter((form) => form !== 'many' || !['es', 'fr', 'pt'].includes(language)), known: new Set([...all, 'zero']) };
}

/** Whether a form stands for one whole number only, so that the sentence may name it without the figure. */
export function standsForOne(language, form) {
  const rules = new Intl.PluralRules(language);
  return form === 'zero' || Array.from({ length: 201 }, (_, n) => n).filter((n) => rules.select(n) === form).length === 1;
}

/** Places, nested words and tags of a sentence, sorted. */
export function places(sentence) {
  return [...sentence.matchAll(PLACE)].map(([whole, name]) => (name === undefined ? whole : `{{${name}}}`)).sort();
}

/** Keys with their plural forms together: `a.b` → `{ '': 'x' }` or `{ one: …, other: … }`. Without an `_other` beside it an ending is just a word. */
export function grouped(words) {
  const all = new Map();
  const texts = flat(words);
  const keys = new Set(texts.map(([key]) => key));
  for (const [key, text] of texts) {
    const form = keys.has(key.replace(FORM, '_other')) ? (FORM.exec(key)?.[1] ?? '') : '';
    const base = form === '' ? key : key.slice(0, -form.length - 1);
    all.set(base, { ...all.get(base), [form]: text });
  }
  return all;
}

/** What is wrong with one file of a language, against English: `[{ key, what }]`. */
export function compare(language, english, other) {
  const wrong = [];
  const add = (key, what) => wrong.push({ key, what });
  const [en, here] = [grouped(english), grouped(other)];
  const { needed, known } = formsOf(language);
  for (const [base, forms] of en) {
    const mine = here.get(base);
    if (mine === undefined) {
      add(base, 'missing');
      continue;
    }
    const model = forms.other ?? forms[''] ?? Object.values(forms)[0];
    const counted = !('' in forms);
    const mayCount = counted || places(model).includes('{{count}}');
    const asForms = !('' in mine);
    if (counted && !asForms) add(base, 'has a plain key; needs plural forms');
    if (asForms && !mayCount) add(base, 'has plural forms; English has none and no {{count}}');
    if ('' in mine && Object.keys(mine).length > 1) add(base, 'has both a plain key and plural forms');
    if (asForms && mayCount) {
      for (const form of needed) if (!(form in mine)) add(`${base}_${form}`, 'plural form missing');
      for (const form of Object.keys(mine)) if (!known.has(form)) add(`${base}_${form}`, `${language} has no such plural form`);
    }
    for (const [form, text] of Object.entries(mine)) sentence(language, form === '' ? base : `${base}_${form}`, form, model, forms[form] ?? model, text, add);
  }
  for (const base of here.keys()) if (!en.has(base)) add(base, 'not in English');
  return wrong;
}

/** What is wrong with one sentence. `model` gives the places, `same` is the English of this very form. */
function sentence(language, key, form, model, same, text, add) {
  if (typeof text !== 'string') return add(key, 'is no text');
  if (text.trim() === '' && model.trim() !== '') return add(key, 'empty');
  if (text !== text.trim() && model === model.trim()) add(key, 'space at the edge');
  const [wanted, found] = [places(model), places(text)];
  const free = form !== '' && standsForOne(language, form) ? ['{{count}}'] : [];
  const missing = wanted.filter((place) => !found.includes(place) && !free.includes(place));
  const extra = found.filter((place) => !wanted.includes(place));
  if (missing.length > 0) add(key, `lost ${missing.join(' ')}${missing.includes('{{count}}') && form !== '' ? ` (in ${language} “${form}” covers several numbers)` : ''}`);
  if (extra.length > 0) add(key, `has ${extra.join(' ')}, which English does not give`);
  if (/\{(?!\{)[\w]+\}(?!\})|\{\{[^}]*$/.test(text.replace(PLACE, ''))) add(key, 'a broken place');
  if (/[\u202a-\u202e\u2066-\u2069\u200e\u200f]/.test(text)) add(key, 'direction marks: the app isolates names and numbers by itself');
  if (language !== 'en' && leftover(language, same, text)) add(key, `looks like English: ${text}`);
}

/** Whether a text was left in English. */
export function leftover(language, english, text) {
  const bare = (it) => it.replace(PLACE, ' ').replace(ANYWHERE, ' ').replace(/https?:\S+|\S+@\S+|\b[\w-]+\.(com|org|json|dcm|pdf)\b/g, ' ');
  const [here, there] = [bare(text), bare(english)];
  if (ENGLISH.test(here)) return true;
  const script = SCRIPTS[language];
  if (script !== undefined) return !script.test(here) && /[A-Za-z]{3}/.test(there) && /[A-Za-z]{3}/.test(here);
  return here.trim() === there.trim() && (here.match(/\p{L}{3,}/gu) ?? []).length >= 3;
}

/** One file's words; `null` if it is not there. Throws with the name of the file if it is no JSON. */
export function read(language, name) {
  const path = join(I18N, language, name);
  if (!existsSync(path)) return null;
  const text = readFileSync(path, 'utf8');
  try {
    return JSON.parse(text);
  } catch (error) {
    throw new Error(`${language}/${name}: ${error.message}`, { cause: error });
  }
}

/** Everything that is wrong with a language: `[{ file, key, what }]`. */
export function findings(language) {
  const wrong = [];
  for (const file of fileNames()) {
    try {
      const here = read(language, file);
      if (here === null) wrong.push({ file, key: '*', what: 'the file is missing' });
      else wrong.push(...compare(language, read('en', file), here).map((one) => ({ file, ...one })));
    } catch (error) {
      wrong.push({ file, key: '*', what: `no JSON: ${error.message}` });
    }
  }
  const known = new Set(fileNames());
  for (const file of readdirSync(join(I18N, language))) if (/^(ui|errors)\./.test(file) && !known.has(file)) wrong.push({ file, key: '*', what: 'English has no such file' });
  return wrong;
}

/** Not wrong, but worth a look: the same word as in English. */
export function sameWords(language) {
  return fileNames().flatMap((file) => {
    const [en, here] = [read('en', file), read(language, file)];
    if (en === null || here === null) return [];
    const mine = new Map(flat(here));
    return flat(en).filter(([key, text]) => mine.get(key) === text && /\p{L}{3}/u.test(text.replace(PLACE, '').replace(ANYWHERE, ''))).map(([key, text]) => ({ file, key, what: text }));
  });
}

function main(asked) {
  const languages = asked.length > 0 ? asked.filter((one) => !one.startsWith('-')) : LANGUAGES.filter((one) => one !== 'en');
  let count = 0;
  for (const language of languages) {
    const wrong = findings(language);
    count += wrong.length;
    for (const { file, key, what } of wrong) console.log(`${language}/${file}  ${key}: ${what}`);
    const same = sameWords(language);
    if (asked.includes('--same')) for (const { file, key, what } of same) console.log(`  the same as English: ${language}/${file}  ${key}: ${what}`);
    console.log(`${language}: ${wrong.length} findings; ${same.length} short texts the same as in English${asked.includes('--same') ? '' : ' (list them with --same)'}`);
  }
  return count === 0 ? 0 : 1;
}

if (process.argv[1]?.endsWith('catalogues.mjs') || process.argv[1]?.endsWith('check_words.mjs')) process.exitCode = main(process.argv.slice(2));
