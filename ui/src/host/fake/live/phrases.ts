// Phrases, their reviewers and approvals in the invented clinic.
import type { Language, ReviewRow, ReviewerView } from '../../../bindings/types';
import type { CommandName, Request, Response } from '../../types';
import { fails, type Clinic } from '../../fake/clinic';
import { filled, PHRASES, provenanceOf, SITUATIONS, SLOTS, textOf, type FakePhrase } from './phrasebook';

type Names = Extract<CommandName, `phrases.${string}`>;
type Handlers = { [N in Names]: (clinic: Clinic, request: Request<N>) => Response<N> };

const has = (query: string, ...texts: string[]) => query.trim() === '' || texts.some((text) => text.toLowerCase().includes(query.trim().toLowerCase()));

export const phrases: Handlers = {
  'phrases.page': (_, { situation, for_patient, query, language, reading_language, cursor, limit }) => {
    const mine = PHRASES.filter(({ who }) => who === 'both' || (who === 'patient') === for_patient);
    const found = mine.filter((phrase) => (situation === null || phrase.situation === situation) && has(query, textOf(phrase.text, language), textOf(phrase.text, reading_language)));
    const start = Number(cursor ?? 0);
    return {
      rows: found.slice(start, start + limit).map((phrase) => ({
        key: phrase.key, situation: phrase.situation, kind: phrase.kind, text: textOf(phrase.text, language), translation: textOf(phrase.text, reading_language), provenance: provenanceOf(phrase, reading_language),
        slots: Object.entries(phrase.slots ?? {}).map(([name, kind]) => ({ name, values: (SLOTS[kind] ?? []).map((value) => ({ key: value.key, text: textOf(value, language), translation: textOf(value, reading_language) })) })),
      })),
      next: start + limit < found.length ? String(start + limit) : null,
      situations: SITUATIONS.map(({ key, title }) => ({ key, title: textOf(title, language), phrases: mine.filter((phrase) => phrase.situation === key).length })).filter(({ phrases: count }) => count > 0),
    };
  },
  'phrases.suggest': (_, { text, language, reading_language, limit }) => {
    const words = text.toLowerCase().split(/\s+/).filter((word) => word.length > 3);
    return PHRASES.filter((phrase) => phrase.slots === undefined && words.some((word) => textOf(phrase.text, language).toLowerCase().includes(word))).slice(0, limit).map((phrase) => ({
      phrase: { phrase: phrase.key, slots: {} }, text: filled(phrase, {}, language), translation: filled(phrase, {}, reading_language), provenance: provenanceOf(phrase, reading_language),
    }));
  },
  'phrases.review_page': (clinic, { language, only_open, query, cursor, limit }) => {
    const rows = PHRASES.map((phrase) => row(clinic, phrase, language)).filter(({ standing, english, text }) => (!only_open || standing.state === 'unreviewed' || standing.state === 'changed') && has(query, english, text));
    const start = Number(cursor ?? 0);
    return {
      rows: rows.slice(start, start + limit), next: start + limit < rows.length ? String(start + limit) : null,
      progress: (['es', 'ar'] as const).map((one) => ({
        language: one, phrases: PHRASES.length, professional: PHRASES.filter(({ verified }) => verified.includes(one)).length,
        approved: [...clinic.live.approved.keys()].filter((key) => key.endsWith(`/${one}`)).length,
      })),
    };
  },
  'phrases.approve': (clinic, { phrase, language, hash }) => {
    const known = find(phrase);
    if (hash !== row(clinic, known, language).hash) throw fails('conflict', 'phrase-changed');
    clinic.live.approved.set(`${phrase}/${language}`, { by: clinic.session?.name ?? '', at: new Date().toISOString() });
    return row(clinic, known, language);
  },
  'phrases.withdraw': (clinic, { phrase, language }) => {
    clinic.live.approved.delete(`${phrase}/${language}`);
    return row(clinic, find(phrase), language);
  },
  'phrases.reviewers': (clinic) => reviewers(clinic),
  'phrases.set_reviewer': (clinic, { user_id, languages }) => {
    clinic.live.reviewers.set(user_id, languages);
    return reviewers(clinic);
  },
};

function reviewers({ users, live: { reviewers: named } }: Clinic): ReviewerView[] {
  return users.filter(({ enabled, role }) => enabled && role !== 'patient').map(({ id, name, role }) => ({ user_id: id, name, role, languages: named.get(id) ?? [] }));
}

function find(key: string): FakePhrase {
  const phrase = PHRASES.find((one) => one.key === key);
  if (phrase === undefined) throw fails('not_found', 'phrase-not-found');
  return phrase;
}

function row({ live: { approved } }: Clinic, phrase: FakePhrase, language: Language): ReviewRow {
  const who = approved.get(`${phrase.key}/${language}`);
  return {
    phrase: phrase.key, situation: SITUATIONS.find(({ key }) => key === phrase.situation)?.title.en ?? '', english: phrase.text.en, text: textOf(phrase.text, language), hash: `${phrase.key}-${language}`,
    standing: who !== undefined ? { state: 'approved', ...who } : phrase.verified.includes(language) ? { state: 'professional', source: 'TICO-19' } : { state: 'unreviewed' },
  };
}
