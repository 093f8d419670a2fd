// Consultations of the invented clinic: no relay, no keys; what was said and by whom.
import type { ConsultationView, EngineSettingsView, EngineState, Language, MessageView, PatientView, PersonView, RelayView, ReviewerView, SpeechSettingsView, TranslationView } from '../../../bindings/types';
import type { FakeOptions } from '../options';
import { uuid } from '../people';
import { patientRow } from '../scans';
import { filled, PHRASES, provenanceOf } from './phrasebook';
import { DOUBTED, HEARD, LINES, MACHINE } from './lines';
import { heard, writerState } from './notes';

export interface FakeConsultation {
  view: ConsultationView;
  messages: MessageView[];
}

export interface FakeLive {
  all: FakeConsultation[];
  relay: RelayView;
  engine: EngineSettingsView;
  /** `phrase/language` → who approved it. */
  approved: Map<string, { by: string; at: string }>;
  reviewers: Map<string, ReviewerView['languages']>;
  recording: { consultation: string; from: string; ms: number; paused: boolean; timer: number } | null;
  count: number;
}

export const ROOM = { url: 'https://192.168.1.24:8443', fingerprint: '9f2c4e51aa77b0c3d1e6f8a2b4c6d8e0f1a3b5c7d9ebfd0f21436587a9cbed0f', port: 8443, trusted: false };

const SILENT: SpeechSettingsView = { by: 'none', base_url: '', model: '', has_key: false, installed: null };
const ON_DEVICE: SpeechSettingsView = { ...SILENT, by: 'device', installed: { name: 'ggml-small.bin', bytes: 487_601_967, sha256: '1be3a9b2063867b937e64e2ec7483364a79917e157fa98c5d94b5c1fffea987b' } };

export function liveOf(options: FakeOptions, patients: readonly PatientView[]): FakeLive {
  const relay: RelayView = options.relay === 'none' ? { mode: 'none', address: null, enrolled: false, lan: null }
    : options.relay === 'lan' ? { mode: 'lan', address: ROOM.url, enrolled: true, lan: ROOM }
      : { mode: 'elsewhere', address: 'https://relay.riverside.example', enrolled: true, lan: null };
  return {
    all: consultations(options, patients), relay, approved: new Map(), reviewers: new Map([[uuid('user', 4), ['es']]]), recording: null, count: 1000,
    engine: options.engine === 'none'
      ? { preset: 'none', base_url: '', model: '', fallback_model: null, writing_model: null, meaning_model: null, has_key: false, timeout_s: 20, speech: SILENT }
      : { preset: 'open_ai', base_url: 'https://api.openai.com/v1', model: 'gpt-5-mini', fallback_model: null, writing_model: 'gpt-5', meaning_model: null, has_key: true, timeout_s: 20, speech: options.speech === 'device' ? ON_DEVICE : SILENT },
  };
}

export function engineState(engine: EngineSettingsView, failing: boolean): EngineState {
  if (engine.preset === 'none') return { state: 'none' };
  return failing ? { state: 'failing', name: engine.model, message_id: 'language-engine-slow' } : { state: 'ready', name: engine.model };
}

export function emptyConsultation(n: number, patient: PatientView, language: Language, engine: EngineState, started: Date): FakeConsultation {
  const doctor: PersonView = { id: uuid('doctor', n), name: 'Dr Leila Haddad', kind: 'doctor', language, here: true, seen: 0, gone: null };
  return {
    view: {
      id: uuid('consult', n), patient: patientRow(patient, 1), mine: true, started: started.toISOString(), ended: null, people: [doctor], waiting: [], invitations: [],
      connection: { state: 'not_needed' }, unsent: 0, unfinished: null, engine, writer: { state: 'none' },
    },
    messages: [],
  };
}

/** What the phrasebook, or the invented machine, makes of words. */
export function translate(text: string, to: Language, engine: EngineState): Omit<TranslationView, 'pending'> {
  for (const phrase of PHRASES) {
    for (const language of ['en', 'es', 'ar'] as const) {
      const pattern = new RegExp(`^${phrase.text[language].replace(/[.*+?^$()|[\]\\]/g, '\\$&').replace(/\{(\w+)\}/g, '(?<$1>.+)')}$`, 'i');
      const found = pattern.exec(text.trim());
      if (found !== null) return { language: to, text: filled(phrase, found.groups ?? {}, to), provenance: provenanceOf(phrase, to), check: null };
    }
  }
  if (engine.state !== 'ready') return { language: to, text: '', provenance: 'not_translated', check: null };
  if (text === DOUBTED.en) return { language: to, text: to === 'ar' ? DOUBTED.ar : DOUBTED.es, provenance: 'machine', check: { findings: DOUBTED.findings, confirmed: false } };
  const note = { en: HEARD.en.join(' '), es: HEARD.es.join(' '), ar: HEARD.ar.join(' ') };
  const known = [...MACHINE, note].find((line) => Object.values(line).includes(text));
  return { language: to, text: known?.[to as 'en'] ?? `(${to}) ${text}`, provenance: 'machine', check: null };
}

function consultations(options: FakeOptions, patients: readonly PatientView[]): FakeConsultation[] {
  const engine = engineState({ preset: options.engine === 'none' ? 'none' : 'open_ai', base_url: '', model: 'gpt-5-mini', fallback_model: null, writing_model: null, meaning_model: null, has_key: true, timeout_s: 20, speech: SILENT }, options.engine === 'failing');
  const now = Date.now();
  const at = (n: number) => patients[n % Math.max(1, patients.length)];
  const past = (options.live === 'none' ? [] : Array.from({ length: options.live === 'many' ? 120 : 2 }, (_, n) => n + 1)).flatMap((n) => {
    const patient = at(n);
    if (patient === undefined) return [];
    const one = talking(n, patient, n % 3 === 0 ? 'ar' : 'es', engine, new Date(now - n * 26 * 3_600_000), 8, options.writer);
    one.view.ended = new Date(now - n * 26 * 3_600_000 + 11 * 60_000).toISOString();
    for (const person of one.view.people.slice(1)) Object.assign(person, { here: false });
    one.view.connection = { state: 'not_needed' };
    return [one];
  });
  const patient = at(0);
  if (options.live === 'none' || patient === undefined) return past;
  const running = talking(0, patient, 'es', engine, new Date(now - 9 * 60_000), options.live === 'many' ? 420 : LINES.length, options.writer);
  if (options.live === 'waiting') {
    running.messages = [];
    running.view.people = running.view.people.slice(0, 1);
    running.view.waiting = [{ id: uuid('guest', 0), name: patient.name, language: 'es', since: new Date(now - 60_000).toISOString(), code: ['🐢', '🌵', '⚓', '🎈'], second_device: false, here: true }];
  }
  if (options.live === 'desk') {
    running.messages = [];
    running.view.people = [...running.view.people.slice(0, 1), { id: uuid('desk', 0), name: patient.name, kind: 'across_the_desk', language: 'ar', here: true, seen: 0, gone: null }];
    running.view.connection = { state: 'not_needed' };
  }
  return [running, ...past];
}

function talking(n: number, patient: PatientView, language: Language, engine: EngineState, started: Date, length: number, writer: FakeOptions['writer']): FakeConsultation {
  const one = emptyConsultation(n, patient, 'en', engine, started);
  const guest: PersonView = { id: uuid('guest', n), name: patient.name, kind: 'guest', language, here: true, seen: length, gone: null };
  one.view.people.push(guest);
  one.view.connection = { state: 'connected' };
  one.view.writer = writerState(writer);
  for (let i = 0; i < length; i += 1) {
    const line = LINES[i % LINES.length];
    if (line === undefined) continue;
    const own = line.who === 'doctor';
    const from = own ? 'en' : language;
    const to = own ? language : 'en';
    const note = line.sound === undefined || writer === 'none' ? null : heard(from, line.sound);
    const text = line.sound === undefined ? (line.text[from as 'en'] ?? line.text.en) : (note?.text ?? '');
    one.messages.push({
      n: i + 1, id: uuid(`said${n}`, i + 1), from: own ? one.view.people[0]?.id ?? '' : guest.id, at: new Date(started.getTime() + i * 31_000).toISOString(), language: from, text,
      handed_over: null, sound: line.sound === undefined ? null : { ms: line.sound, peaks: Array.from({ length: 64 }, (_, k) => Math.round(12 + 80 * Math.abs(Math.sin(k * 0.7) * Math.sin(k / 9)))), written: note?.written ?? null },
      translations: text !== '' ? [{ ...translate(text, to, line.fails === true ? { state: 'none' } : engine), pending: false }] : [],
    });
  }
  return one;
}
