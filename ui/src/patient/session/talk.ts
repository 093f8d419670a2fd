// Everything that the screens show of a consultation, and how each piece of news changes it: a pure function.
import type { FromHost, Language, Message, Person, PhraseUse, Sound, Transcript } from '../wire/content';

/** Why it is over; each is a sentence in `over.*` of the catalogue. */
export type Over = 'ended' | 'left' | 'removed' | 'declined' | 'closed' | 'codeClosed' | 'wrongCode' | 'expired' | 'badLink' | 'notDoctor' | 'elsewhere' | 'version';

/** Why a message will never arrive. */
export type Refused = 'tooLong' | 'badSound' | 'notNow' | 'lostSound';

/** A message of one's own that the record does not hold yet, as far as this phone knows. */
export interface Outgoing {
  id: string;
  language: Language;
  text: string;
  phrase: PhraseUse | null;
  sound: Sound | null;
  /** When it was written, by this phone's clock. */
  at: number;
  /** The relay has it on disk; the clinic's computer has not answered yet. */
  stored: boolean;
  refused?: Refused;
}

/** Where a file is that was handed over. */
export type FileState = 'fetching' | 'here' | 'lost';

/** What the person is told about a message, honestly. */
export type Delivery = 'waiting' | 'sending' | 'held' | 'delivered' | Refused;

export interface Talk {
  /** Where the person stands. */
  phase: 'arriving' | 'waiting' | 'in' | 'over';
  /** Set when `phase` is `over`. */
  over: Over | undefined;
  line: 'connecting' | 'open' | 'offline';
  /** Whether the clinic's computer is connected; unknown at first. */
  hostHere: boolean | undefined;
  /** Many are at the door: the knock is tried again. */
  busy: boolean;
  /** The relay's disk takes nothing now. */
  full: boolean;
  /** The phone's clock is off. */
  clockOff: boolean;
  /** The browser lets the page remember nothing. */
  forgetful: boolean;
  /** The four pictures to compare. */
  pictures: readonly string[];
  clinic: string;
  doctor: string;
  name: string;
  language: Language;
  /** The guest's own id once admitted. */
  you: string | undefined;
  people: readonly Person[];
  /** By number. */
  messages: readonly Message[];
  outbox: readonly Outgoing[];
  /** Ids of messages whose translation was asked for and has not come. */
  asked: readonly string[];
  /** What was handed over, by the message's id. */
  files: Readonly<Record<string, FileState>>;
  /** Everything kept so far has arrived since the last hello. */
  caughtUp: boolean;
}

/** News from the line and acts of the person. */
export type News =
  | { is: 'line'; line: Talk['line'] }
  | { is: 'presence'; host: boolean }
  | { is: 'busy' }
  | { is: 'full'; full: boolean }
  | { is: 'clock'; off: boolean }
  | { is: 'forgetful' }
  | { is: 'pictures'; pictures: readonly string[] }
  | { is: 'content'; content: FromHost }
  | { is: 'written'; outgoing: Outgoing }
  | { is: 'stored'; id: string }
  | { is: 'unsent' }
  | { is: 'refused'; id: string; why: Refused }
  | { is: 'asked'; id: string }
  | { is: 'file'; id: string; state: FileState }
  | { is: 'language'; language: Language }
  | { is: 'over'; why: Over };

export function newTalk(name: string, language: Language): Talk {
  return {
    phase: 'arriving', over: undefined, line: 'connecting', hostHere: undefined, busy: false, full: false, clockOff: false, forgetful: false,
    pictures: [], clinic: '', doctor: '', name, language, you: undefined, people: [], messages: [], outbox: [], asked: [], files: {}, caughtUp: false,
  };
}

export function step(talk: Talk, news: News): Talk {
  // What came after the end changes nothing.
  if (talk.phase === 'over') return talk;
  switch (news.is) {
    case 'line': return { ...talk, line: news.line, ...(news.line === 'open' ? { busy: false } : { hostHere: undefined, full: false }) };
    case 'presence': return { ...talk, hostHere: news.host };
    case 'busy': return { ...talk, busy: true };
    case 'full': return { ...talk, full: news.full };
    case 'clock': return talk.clockOff === news.off ? talk : { ...talk, clockOff: news.off };
    case 'forgetful': return { ...talk, forgetful: true };
    case 'pictures': return { ...talk, pictures: news.pictures };
    case 'written': return { ...talk, outbox: [...talk.outbox, news.outgoing] };
    case 'stored': return { ...talk, full: false, outbox: changed(talk.outbox, news.id, { stored: true }) };
    case 'unsent': return { ...talk, caughtUp: false, outbox: talk.outbox.map((one) => ({ ...one, stored: false })) };
    case 'refused': return { ...talk, outbox: changed(talk.outbox, news.id, { refused: news.why }) };
    case 'asked': return { ...talk, asked: [...talk.asked.filter((id) => id !== news.id), news.id] };
    case 'file': return { ...talk, files: { ...talk.files, [news.id]: news.state } };
    case 'language': return { ...talk, language: news.language };
    case 'over': return { ...talk, phase: 'over', over: news.why, line: 'offline' };
    case 'content': return said(talk, news.content);
  }
}

function said(talk: Talk, content: FromHost): Talk {
  switch (content.t) {
    case 'welcome': return { ...talk, phase: content.admitted ? 'in' : 'waiting', clinic: content.clinic, doctor: content.doctor };
    case 'admitted': return { ...talk, phase: 'in', you: content.you, pictures: [] };
    case 'declined': return step(talk, { is: 'over', why: 'declined' });
    case 'removed': return step(talk, { is: 'over', why: 'removed' });
    case 'ended': return step(talk, { is: 'over', why: 'ended' });
    case 'people': return { ...talk, people: content.people };
    case 'message': return kept(talk, content.message);
    case 'translation': return {
      ...talk,
      asked: talk.asked.filter((id) => id !== content.id),
      messages: changed(talk.messages, content.id, { translation: content.translation }),
    };
    case 'transcript': return { ...talk, messages: changed(talk.messages, content.transcript.id, written(content.transcript, talk.language)) };
    case 'caught_up': return { ...talk, caughtUp: true };
    case 'not_kept': {
      const whys = { too_long: 'tooLong', bad_sound: 'badSound', not_now: 'notNow' } as const;
      return step(talk, { is: 'refused', id: content.id, why: whys[content.why] });
    }
    // A later host may say what this page does not know.
    default: return talk;
  }
}

/** The record holds it: it has its number, and is no longer on its way. A message that comes again is the same one. */
function kept(talk: Talk, message: Message): Talk {
  const others = talk.messages.filter(({ id }) => id !== message.id);
  const before = others.findLastIndex(({ n }) => n < message.n);
  return {
    ...talk,
    messages: [...others.slice(0, before + 1), message, ...others.slice(before + 1)],
    outbox: talk.outbox.filter(({ id }) => id !== message.id),
    asked: message.translation?.language === talk.language ? talk.asked.filter((id) => id !== message.id) : talk.asked,
  };
}

function changed<T extends { id: string }>(all: readonly T[], id: string, how: Partial<T>): readonly T[] {
  return all.map((one) => (one.id === id ? { ...one, ...how } : one));
}

/** Other words than before: a translation of those counts no longer. */
function written({ language, text, writing }: Transcript, reads: Language): Partial<Message> {
  return { text, writing, translation: language === reads ? { language, text, provenance: 'same_language' } : null };
}

/** Nothing of it is still to come. The words of one's own message need no translation, and neither does what has no words. */
function isComplete({ from, text, writing, sound, translation, enclosure }: Message, you: string | undefined): boolean {
  if (writing === 'waiting') return false;
  return translation !== null || from === you || Boolean(enclosure) || (sound !== null && text === '');
}

/** Every message up to this number is here, and complete: the host sends what follows again (docs/consultation.md). */
export function haveUntil({ messages, you }: Talk): number {
  let have = 0;
  for (const message of messages) {
    if (message.n !== have + 1 || !isComplete(message, you)) break;
    have = message.n;
  }
  return have;
}

export function delivery({ line, hostHere }: Talk, { stored, refused }: Outgoing): Delivery {
  if (refused !== undefined) return refused;
  if (line !== 'open') return 'waiting';
  if (stored) return hostHere === false ? 'held' : 'sending';
  return 'sending';
}
