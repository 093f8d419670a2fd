// The search of the invented clinic: the same order, marks and pages as the real one, over what it holds.
import type { FoundAt, Language, PatientView, Provenance, SearchKind, SearchLimits, SearchPiece, SearchRow } from '../../bindings/types';
import type { CommandName, Request, Response } from '../types';
import { fails, type Clinic } from './clinic';
import { uuid } from './people';

type Names = Extract<CommandName, `search.${string}`>;
type Handlers = { [N in Names]: (clinic: Clinic, request: Request<N>) => Response<N> };

interface Text {
  text: string;
  language: Language | null;
  provenance: Provenance | null;
}

interface Known {
  place: FoundAt;
  patient: PatientView;
  at: string;
  texts: Text[];
}

const NEAREST = 20;
const MODEL = 'text-embedding-3-small';
/** Where rows that may not be opened are looked through, a page is short and says that there is more. */
const LOOKED_AT = 500;

export const search: Handlers = {
  'search.page': (clinic, { words, limits, cursor, limit }) => {
    const asked = termsOf(words);
    if (asked.length === 0) return { rows: [], next: null };
    const all = known(clinic, limits);
    const start = Number(cursor ?? 0);
    const rows: SearchRow[] = [];
    let index = start;
    while (index < all.length && rows.length < limit && index - start < LOOKED_AT) {
      const one = all[index];
      index += 1;
      if (one !== undefined && asked.every((term) => one.texts.some(({ text }) => holds(text, term)))) rows.push(rowOf(one, asked));
    }
    return { rows, next: index < all.length ? String(index) : null };
  },
  'search.meaning': (clinic, { words, limits }) => {
    if (clinic.options.meaning === 'failing') throw fails('engine_unavailable', 'language-engine-slow');
    // Nearness of the invented engine: how many letters two texts share.
    const near = ({ texts }: Known) => Math.max(...texts.map(({ text }) => [...new Set(fold(words))].filter((letter) => fold(text).includes(letter)).length / (10 + text.length)));
    return known(clinic, limits).sort((a, b) => near(b) - near(a)).slice(0, NEAREST).map((one) => rowOf(one, []));
  },
  'search.state': ({ options }) => ({
    behind: options.behind,
    meaning: options.meaning === 'none' ? null : { engine: MODEL, ready: options.meaning === 'ready' ? 1_204 : 96, of: 1_204, failing: options.meaning === 'failing' },
  }),
};

/** Everything that this person may read, newest first. */
function known(clinic: Clinic, { kinds, patient_id, from, to }: SearchLimits): Known[] {
  const own = clinic.session?.role === 'patient' ? clinic.session.patient_id : patient_id;
  return [...messages(clinic), ...reports(clinic), ...many(clinic)]
    // Doctors' notes are not for patients.
    .filter(({ place, patient, at }) => (place.kind !== 'note' || clinic.session?.role === 'doctor') && (kinds.length === 0 || kinds.includes(place.kind as SearchKind)) && (own === null || patient.id === own) && (from === null || at >= from) && (to === null || at < to))
    .sort((a, b) => b.at.localeCompare(a.at));
}

function messages({ live, patients }: Clinic): Known[] {
  return live.all.flatMap(({ view, messages: said }) => {
    const patient = patients.find(({ id }) => id === view.patient.id);
    return patient === undefined ? [] : said.map((message) => {
      const person = view.people.find(({ id }) => id === message.from);
      return {
        patient, at: message.at,
        place: { kind: 'message' as const, consultation_id: view.id, message_id: message.id, n: message.n, by: person?.name ?? '', person: person?.kind ?? 'guest', spoken: message.sound !== null },
        texts: [{ text: message.text, language: message.language, provenance: null }, ...message.translations].filter(({ text }) => text !== ''),
      };
    });
  });
}

function reports({ reports: { all } }: Clinic): Known[] {
  return all.flatMap(({ id, number, state, scan, author, revisions }) => {
    const last = revisions.at(-1);
    return last === undefined ? [] : [{
      patient: scan.patient, at: last.at,
      place: { kind: 'report' as const, report_id: id, number: number ?? '', title: last.content.title, state, by: author },
      texts: [last.addendum?.text ?? '', last.content.text.impression, last.content.text.findings, last.content.text.recommendation, last.content.text.indication, last.content.title].filter(Boolean).map((text) => ({ text, language: last.content.language, provenance: null })),
    }];
  });
}

const SAID: readonly [Language, string][] = [
  ['es', 'Me duele la cabeza desde hace tres días, sobre todo de noche, y la luz me molesta mucho.'],
  ['ar', 'أشعر بالصداع الشديد منذ ثلاثة أيام ولا أستطيع النوم، وأخذت 500 mg من الباراسيتامول مرتين.'],
  ['hi', 'मुझे तीन दिन से तेज़ सिरदर्द और बुखार है।'],
  ['zh', '我头痛三天了，晚上更厉害，没有发烧。'],
  ['ja', '三日前から頭痛がひどくて、夜眠れません。'],
  ['te', 'నాకు మూడు రోజులుగా తలనొప్పి మరియు జ్వరం ఉంది.'],
  ['ru', 'Уже три дня сильно болит голова, особенно ночью.'],
];

/** A long past of headaches in every script, for lists that go on. */
function many({ options, patients, live }: Clinic): Known[] {
  return Array.from({ length: options.found }, (_, n) => {
    const patient = patients[n % Math.max(1, patients.length)];
    const [language, text] = SAID[n % SAID.length] ?? ['es', ''];
    const translated = { text: 'I have had a severe headache for three days, worse at night.', language: 'en' as const, provenance: 'machine' as const };
    return patient === undefined ? [] : [{
      patient, at: new Date(Date.now() - (n + 1) * 3_700_000).toISOString(), texts: [{ text, language, provenance: null }, translated],
      place: n % 5 === 4
        ? { kind: 'note' as const, consultation_id: uuid('consult', n + 2000), by: 'Dr Leila Haddad' }
        : { kind: 'message' as const, consultation_id: live.all[0]?.view.id ?? uuid('consult', 1), message_id: uuid('old', n), n: n + 1, by: patient.name, person: 'guest' as const, spoken: n % 4 === 1 },
    }];
  }).flat();
}

function rowOf({ place, patient, at, texts }: Known, asked: readonly string[]): SearchRow {
  const best = [...texts].sort((a, b) => count(b.text, asked) - count(a.text, asked))[0] ?? { text: '', language: null, provenance: null };
  const note = place.kind === 'note';
  return {
    place, at, patient_id: patient.id, patient_number: patient.number, patient_name: patient.name, birth_date: patient.birth_date, sex: patient.sex, restricted: patient.restricted,
    language: note ? null : best.language, provenance: best.provenance, cut_before: false, pieces: piecesOf(best.text, asked), cut_after: false,
  };
}

const fold = (text: string) => text.normalize('NFD').replace(/[\u0300-\u036f]/g, '').toLowerCase();
const termsOf = (words: string) => (words.match(/"[^"]+"|[^\s"]+/g) ?? []).map((term) => fold(term.replace(/"/g, ''))).filter((term) => /[\p{L}\p{N}]/u.test(term));
const count = (text: string, asked: readonly string[]) => asked.filter((term) => holds(text, term)).length;

/** At the beginning of a word; anywhere in a script without spaces. */
function holds(text: string, term: string): boolean {
  return pattern(term).test(text.normalize('NFC'));
}

function pattern(term: string): RegExp {
  const letters = [...term].map((letter) => `${letter.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')}\\p{M}*`).join('');
  const accents = letters.replace(/a(?=\\p)/g, '[aáàâãä]').replace(/e(?=\\p)/g, '[eéèêë]').replace(/i(?=\\p)/g, '[iíìîï]').replace(/o(?=\\p)/g, '[oóòôõö]').replace(/u(?=\\p)/g, '[uúùûü]');
  return new RegExp(/[\u3040-\u30ff\u3400-\u9fff]/.test(term) ? accents : `(?<![\\p{L}\\p{N}])(?:ال|بال|وال)?${accents}`, 'giu');
}

function piecesOf(text: string, asked: readonly string[]): SearchPiece[] {
  const marks = asked.flatMap((term) => [...text.matchAll(pattern(term))].map(({ index, 0: { length } }) => ({ from: index, to: wordEnd(text, index + length) }))).sort((a, b) => a.from - b.from);
  const pieces: SearchPiece[] = [];
  let at = 0;
  for (const { from, to } of marks) {
    if (from < at) continue;
    if (from > at) pieces.push({ text: text.slice(at, from), found: false });
    pieces.push({ text: text.slice(from, to), found: true });
    at = to;
  }
  if (at < text.length) pieces.push({ text: text.slice(at), found: false });
  return pieces;
}

function wordEnd(text: string, at: number): number {
  const rest = /^[^\s.,;!?。、，\u3040-\u30ff\u3400-\u9fff]*/u.exec(text.slice(at));
  return at + (rest?.[0].length ?? 0);
}
