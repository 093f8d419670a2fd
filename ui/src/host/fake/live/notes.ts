// Voice notes of the invented clinic: an invented engine hears the same in each, is not sure of a number, and fails when asked to.
import type { EngineState, Language, MessageView, SegmentView, WrittenView } from '../../../bindings/types';
import type { Clinic } from '../../fake/clinic';
import type { FakeOptions } from '../options';
import { changed, keep, retranslate } from './guests';
import { HEARD } from './lines';
import type { FakeConsultation } from './state';

export type Ending = 'written' | 'no_speech' | 'failed';

const HEARING_MS = 900;

export function writerState(writer: FakeOptions['writer']): EngineState {
  if (writer === 'none') return { state: 'none' };
  return writer === 'failing' ? { state: 'failing', name: 'whisper-1', message_id: 'language-engine-unreachable' } : { state: 'ready', name: 'whisper-1' };
}

const bare = (state: WrittenView['state']): WrittenView => ({ state, segments: [], engine: null, on_device: false, heard: null, problem: null, by: null, at: new Date().toISOString() });

/** What is heard in a note of this length. */
export function heard(language: Language, ms: number): { text: string; written: WrittenView } {
  const pieces = HEARD[language as 'en'] ?? HEARD.en;
  const segments: SegmentView[] = pieces.map((text, n) => ({ from_ms: (ms * n) / 3, to_ms: (ms * (n + 1)) / 3, text, doubtful: n === 1 }));
  return { text: pieces.join(' '), written: { ...bare('written'), segments, engine: 'whisper-1' } };
}

/** A voice note is kept; it waits for the engine where one is set. */
export function keepNote(clinic: Clinic, one: FakeConsultation, said: Pick<MessageView, 'id' | 'from' | 'language'>, ms: number, ending: Ending = 'written'): MessageView {
  const wanted = one.view.writer.state !== 'none';
  const peaks = Array.from({ length: 64 }, (_, n) => 20 + ((n * 37) % 70));
  const kept = keep(clinic, one, { ...said, text: '', sound: { ms, peaks, written: wanted ? bare('waiting') : null } });
  if (wanted) hear(clinic, one, said.id, ending);
  return kept;
}

export function writeDown(clinic: Clinic, one: FakeConsultation, id: string): MessageView {
  const message = change(clinic, one, id, '', bare('waiting'));
  hear(clinic, one, id, 'written');
  return message;
}

export function correct(clinic: Clinic, one: FakeConsultation, id: string, text: string): MessageView {
  const languages = [...new Set(one.view.people.filter(({ gone }) => gone === null).map(({ language }) => language))];
  const message = change(clinic, one, id, text, { ...bare('corrected'), by: 'Dr Leila Haddad' }, languages);
  window.setTimeout(() => retranslate(clinic, one, id), HEARING_MS);
  return message;
}

/** The engine answers again: what waits is written down. */
export function healWriter(clinic: Clinic, one: FakeConsultation, up: boolean): void {
  one.view.writer = writerState(up ? 'ready' : 'failing');
  changed(clinic, one);
  if (up) for (const { id, sound } of one.messages) if (sound?.written?.state === 'waiting') hear(clinic, one, id, 'written');
}

function hear(clinic: Clinic, one: FakeConsultation, id: string, ending: Ending): void {
  window.setTimeout(() => {
    const message = one.messages.find((other) => other.id === id);
    if (message?.sound?.written?.state !== 'waiting' || one.view.writer.state !== 'ready') return;
    if (ending !== 'written') {
      change(clinic, one, id, '', { ...bare(ending), problem: ending === 'failed' ? 'language-answer-unusable' : null });
      return;
    }
    const { text, written } = heard(message.language, message.sound.ms);
    const languages = [...new Set(one.view.people.filter(({ gone }) => gone === null).map(({ language }) => language))];
    change(clinic, one, id, text, written, languages);
    window.setTimeout(() => retranslate(clinic, one, id), HEARING_MS);
  }, HEARING_MS);
}

function change(clinic: Clinic, one: FakeConsultation, id: string, text: string, written: WrittenView, languages: readonly Language[] = []): MessageView {
  let changedMessage: MessageView | undefined;
  one.messages = one.messages.map((message) => {
    if (message.id !== id || message.sound === null) return message;
    const into = languages.filter((language) => language !== message.language);
    changedMessage = { ...message, text, sound: { ...message.sound, written }, translations: into.map((language) => ({ ...(message.translations[0] ?? {}), language, text: '', provenance: 'not_translated', pending: true }) as MessageView['translations'][number]) };
    return changedMessage;
  });
  if (changedMessage === undefined) throw new Error('no such voice note');
  clinic.emit('live.message', { consultation_id: one.view.id, message: changedMessage });
  return changedMessage;
}
