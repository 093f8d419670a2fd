// Invented phones: they knock, answer, go away and come back, by themselves or as a test says.
import type { Language, MessageView, WaitingView } from '../../../bindings/types';
import type { Clinic } from '../../fake/clinic';
import { uuid } from '../people';
import { MACHINE } from './lines';
import { healWriter, keepNote, type Ending } from './notes';
import { engineState, translate, type FakeConsultation } from './state';

export interface LiveForTests {
  knock(name: string, language: Language, secondDevice?: boolean): void;
  say(text: string): void;
  connection(up: boolean): void;
  engine(up: boolean): void;
  /** What writes voice notes down answers, or does not. */
  writer(up: boolean): void;
  /** The patient says something aloud. */
  note(ending: Ending): void;
  /** The program stopped while somebody spoke. */
  cutOff(): void;
}

const CODES: WaitingView['code'][] = [['🐢', '🌵', '⚓', '🎈'], ['🍋', '🐘', '🔑', '🌙']];
const ANSWER_MS = 1600;
const TRANSLATION_MS = 700;

export function changed(clinic: Clinic, one: FakeConsultation): void {
  clinic.emit('live.changed', { consultation_id: one.view.id });
}

/** Somebody stands before the door. */
export function knock(clinic: Clinic, one: FakeConsultation, name: string, language: Language, second = false): void {
  clinic.live.count += 1;
  const waiting: WaitingView = { id: uuid('guest', clinic.live.count), name, language, since: new Date().toISOString(), code: CODES[clinic.live.count % 2] ?? null, second_device: second, here: true };
  one.view.waiting = [...one.view.waiting, waiting];
  changed(clinic, one);
}

/** Keeps what was said and, later, its translations into the languages of those present. */
export function keep(clinic: Clinic, one: FakeConsultation, said: Pick<MessageView, 'id' | 'from' | 'language' | 'text' | 'sound'> & Partial<Pick<MessageView, 'handed_over'>>, late = TRANSLATION_MS): MessageView {
  const known = one.messages.find(({ id }) => id === said.id);
  if (known !== undefined) return known;
  const languages = [...new Set(one.view.people.filter(({ gone }) => gone === null).map(({ language }) => language))].filter((language) => language !== said.language);
  const message: MessageView = {
    handed_over: null, ...said, n: one.messages.length + 1, at: new Date().toISOString(),
    translations: said.text === '' ? [] : languages.map((language) => ({ language, text: '', provenance: 'not_translated', pending: true, check: null })),
  };
  one.messages = [...one.messages, message];
  clinic.emit('live.message', { consultation_id: one.view.id, message });
  if (said.text !== '') window.setTimeout(() => retranslate(clinic, one, said.id), late);
  return message;
}

/** Phase two. */
export function retranslate(clinic: Clinic, one: FakeConsultation, id: string): void {
  one.messages = one.messages.map((message) => (message.id !== id ? message : { ...message, translations: message.translations.map(({ language }) => ({ ...translate(message.text, language, one.view.engine), pending: false })) }));
  const message = one.messages.find((other) => other.id === id);
  if (message === undefined) return;
  for (const guest of one.view.people.filter(({ kind, here }) => kind === 'guest' && here)) guest.seen = message.n;
  clinic.emit('live.message', { consultation_id: one.view.id, message });
  changed(clinic, one);
}

/** A guest answers what the doctor said, when nobody tests. */
export function answer(clinic: Clinic, one: FakeConsultation): void {
  if (clinic.options.guest === 'manual') return;
  const guest = one.view.people.find(({ kind, here }) => kind === 'guest' && here);
  if (guest === undefined) return;
  const line = MACHINE[one.messages.length % MACHINE.length];
  window.setTimeout(() => keep(clinic, one, { id: crypto.randomUUID(), from: guest.id, language: guest.language, text: line?.[guest.language as 'es'] ?? line?.es ?? '', sound: null }), ANSWER_MS);
}

export function liveForTests(clinic: Clinic): LiveForTests {
  const running = () => clinic.live.all.find(({ view }) => view.ended === null);
  return {
    knock(name, language, second) {
      const one = running();
      if (one !== undefined) knock(clinic, one, name, language, second);
    },
    say(text) {
      const one = running();
      const guest = one?.view.people.find(({ kind }) => kind !== 'doctor');
      if (one !== undefined && guest !== undefined) keep(clinic, one, { id: crypto.randomUUID(), from: guest.id, language: guest.language, text, sound: null });
    },
    connection(up) {
      const one = running();
      if (one === undefined) return;
      Object.assign(one.view, { connection: up ? { state: 'connected' } : { state: 'waiting', message_id: 'live-unreachable' }, unsent: up ? 0 : 2 });
      changed(clinic, one);
    },
    cutOff() {
      const one = running();
      const doctor = one?.view.people[0];
      if (one === undefined || doctor === undefined) return;
      one.view.unfinished = { participant_id: doctor.id, ms: 12_000 };
      changed(clinic, one);
    },
    writer(up) {
      const one = running();
      if (one !== undefined) healWriter(clinic, one, up);
    },
    note(ending) {
      const one = running();
      const guest = one?.view.people.find(({ kind }) => kind !== 'doctor');
      if (one !== undefined && guest !== undefined) keepNote(clinic, one, { id: crypto.randomUUID(), from: guest.id, language: guest.language }, 7_200, ending);
    },
    engine(up) {
      const one = running();
      if (one === undefined) return;
      one.view.engine = engineState(clinic.live.engine, !up);
      changed(clinic, one);
    },
  };
}
