// Clinical notes of the invented clinic: drafted after a moment, with what a careless engine writes struck out.
import type { NoteContent, NoteDesk, NoteSection, NoteSentence, NoteStepView, NoteStruck, NoteVersionView } from '../../bindings/types';
import type { CommandName, Request, Response } from '../types';
import { fails, PASSWORD, type Clinic } from './clinic';
import { uuid } from './people';

type Names = Extract<CommandName, `notes.${string}`>;
type Handlers = { [N in Names]: (clinic: Clinic, request: Request<N>) => Response<N> };

interface Kept {
  id: string;
  versions: NoteVersionView[];
  running: { job: string; timer: number } | null;
}

const kept = new WeakMap<Clinic, Map<string, Kept>>();

export const notes: Handlers = {
  'notes.of': (clinic, { consultation_id }) => desk(clinic, consultation_id),
  'notes.draft': (clinic, { consultation_id, job, by_engine }) => {
    const note = of(clinic, consultation_id);
    const done = () => add(clinic, consultation_id, { kind: 'drafted', content: content(clinic, consultation_id, by_engine) });
    if (!by_engine) {
      done();
      return desk(clinic, consultation_id);
    }
    const tell = (stage: 'done' | 'failed') => {
      note.running = null;
      if (stage === 'done') done();
      clinic.emit('notes.progress', { job, consultation_id, stage: stage === 'done' ? { kind: 'done' } : { kind: 'failed', problem: { code: 'engine_unavailable', message_id: 'note-engine-slow', args: {} } } });
    };
    note.running = { job, timer: window.setTimeout(() => tell(clinic.options.engine === 'failing' ? 'failed' : 'done'), clinic.options.notes === 'slow' ? 60_000 : 300) };
    return desk(clinic, consultation_id);
  },
  'notes.cancel': (clinic, { job }) => {
    for (const [consultation_id, note] of kept.get(clinic) ?? []) {
      if (note.running?.job !== job) continue;
      window.clearTimeout(note.running.timer);
      note.running = null;
      clinic.emit('notes.progress', { job, consultation_id, stage: { kind: 'cancelled' } });
    }
    return null;
  },
  'notes.save': (clinic, { consultation_id, over, lines }) => {
    const note = of(clinic, consultation_id);
    const newest = note.versions.at(-1);
    if ((newest?.version ?? null) !== over) throw fails('conflict', 'note-changed', { reason: 'note-changed' });
    const before = newest?.content ?? { language: 'en' as const, drafter: null, sentences: [] };
    let next = Math.max(0, ...before.sentences.map(({ id }) => id)) + 1;
    const sentences = lines.flatMap((line): NoteSentence[] => {
      const known = before.sentences.find(({ id }) => id === line.id);
      if (known !== undefined && known.text === line.text) return [{ ...known, hand: known.struck === null ? known.hand : line.taken_over ? 'doctor' : 'engine' }];
      if (line.text.trim() === '') return [];
      return [{ id: known?.id ?? next++, section: line.section, language: 'en', text: line.text.trim(), hand: 'doctor', sources: known?.sources ?? [], struck: null }];
    });
    add(clinic, consultation_id, { kind: 'edited', content: { ...before, sentences } });
    return desk(clinic, consultation_id);
  },
  'notes.sign': (clinic, { note_id, version, reason, password }) => {
    const [consultation_id, note] = byId(clinic, note_id);
    if (password !== PASSWORD) throw fails('wrong_password', 'wrong-password');
    const newest = note.versions.at(-1);
    if (newest === undefined || newest.version !== version) throw fails('conflict', 'note-changed', { reason: 'note-changed' });
    add(clinic, consultation_id, { kind: 'signed', content: newest.content, reason });
    return desk(clinic, consultation_id);
  },
  'notes.history': (clinic, { note_id }) => {
    const steps: NoteStepView[] = [];
    for (const { version, kind, by, at, reason } of byId(clinic, note_id)[1].versions) {
      const last = steps.at(-1);
      const again = last?.kind === 'edited' && kind === 'edited';
      if (again) steps.pop();
      steps.push({ version, kind, by, at, reason, versions: again ? last.versions + 1 : 1 });
    }
    return steps.reverse();
  },
  'notes.version': (clinic, { note_id, version }) => {
    const found = byId(clinic, note_id)[1].versions.find((one) => one.version === version);
    if (found === undefined) throw fails('not_found', 'not-found', { what: 'version' });
    return found;
  },
  'notes.compare': (clinic, { note_id, from, to }) => {
    const { versions } = byId(clinic, note_id)[1];
    const texts = (version: number, section: NoteSection) => (versions.find((one) => one.version === version)?.content.sentences ?? []).filter((one) => one.section === section && (one.struck === null || one.hand === 'doctor')).map(({ text }) => text);
    return (['symptoms', 'diagnosis', 'plan'] as const).map((section) => {
      const [old, now] = [texts(from, section), texts(to, section)];
      const parts = [...old.filter((text) => !now.includes(text)).map((text) => ({ kind: 'gone' as const, text: `${text}\n` })), ...now.map((text) => ({ kind: old.includes(text) ? ('same' as const) : ('new' as const), text: `${text}\n` }))];
      return { section, parts };
    });
  },
};

function of(clinic: Clinic, consultation: string): Kept {
  const all = kept.get(clinic) ?? new Map<string, Kept>();
  kept.set(clinic, all);
  const known = all.get(consultation);
  if (known !== undefined) return known;
  const made: Kept = { id: uuid('note', all.size + 1), versions: [], running: null };
  all.set(consultation, made);
  // As the address bar wants it.
  const wanted = clinic.options.notes;
  if (['draft', 'extract', 'signed', 'corrected'].includes(wanted)) add(clinic, consultation, { kind: 'drafted', content: content(clinic, consultation, wanted !== 'extract') });
  if (wanted === 'signed' || wanted === 'corrected') {
    add(clinic, consultation, { kind: 'edited', content: { ...content(clinic, consultation, true), sentences: content(clinic, consultation, true).sentences.map((one) => (one.id === 1 ? { ...one, text: 'Chest pain in the middle when coughing.', hand: 'doctor' } : one)) } });
    add(clinic, consultation, { kind: 'signed', content: made.versions.at(-1)!.content });
  }
  if (wanted === 'corrected') add(clinic, consultation, { kind: 'edited', content: { ...made.versions.at(-1)!.content, sentences: made.versions.at(-1)!.content.sentences.filter(({ id }) => id !== 2) } });
  return made;
}

function byId(clinic: Clinic, id: string): [string, Kept] {
  const found = [...(kept.get(clinic) ?? [])].find(([, note]) => note.id === id);
  if (found === undefined) throw fails('not_found', 'not-found', { what: 'note' });
  return found;
}

function add(clinic: Clinic, consultation: string, { kind, content: says, reason = '' }: { kind: NoteVersionView['kind']; content: NoteContent; reason?: string }): void {
  const { versions } = of(clinic, consultation);
  const version = versions.length + 1;
  versions.push({ version, kind, by: 'Dr Leila Haddad', at: new Date().toISOString(), reason, content: says, seal: kind === 'signed' ? { sha256: 'a3'.repeat(32), holds: true } : null });
}

function desk(clinic: Clinic, consultation_id: string): NoteDesk {
  const talk = clinic.live.all.find(({ view }) => view.id === consultation_id);
  if (talk === undefined) throw fails('not_found', 'not-found', { what: 'consultation' });
  const { view, messages } = talk;
  const note = of(clinic, consultation_id);
  const newest = note.versions.at(-1);
  const words = messages.reduce((sum, { text }) => sum + text.split(/\s+/).filter(Boolean).length, 0);
  return {
    consultation_id, patient: view.patient, started: view.started, ended: view.ended, mine: view.mine, words: clinic.options.notes === 'few' ? 12 : words, needed: 40,
    unwritten: messages.filter(({ sound, text }) => sound !== null && text === '').length, engine: clinic.live.engine.preset === 'none' ? null : clinic.live.engine.model,
    drafting: note.running === null ? null : { job: note.running.job, consultation_id, stage: { kind: 'asking', part: 1, of: 1 } },
    note: newest === undefined ? null : { id: note.id, author: 'Dr Leila Haddad', newest, signed: note.versions.findLast(({ kind }) => kind === 'signed') ?? null },
  };
}

function content(clinic: Clinic, consultation: string, engine: boolean): NoteContent {
  const messages = clinic.live.all.find(({ view }) => view.id === consultation)?.messages ?? [];
  const at = (...numbers: number[]) => numbers.flatMap((n) => messages.find((message) => message.n === n)?.id ?? []);
  const long = clinic.options.longNames ? ' This sentence goes on so that a long line has to wrap at the narrowest place where anybody would ever read it.' : '';
  const struck = (reason: NoteStruck['reason'], ...words: string[]): NoteStruck => ({ reason, words });
  const say = (id: number, section: NoteSection, text: string, sources: string[], out: NoteStruck | null = null): NoteSentence => ({ id, section, language: 'en', text: text + (out === null ? long : ''), hand: engine ? 'engine' : 'extract', sources, struck: out });
  if (!engine) {
    return { language: 'en', drafter: { kind: 'extract' }, sentences: [
      say(1, 'symptoms', 'Where does it hurt? – Here in the middle, when I cough.', at(2, 3)), say(2, 'symptoms', 'Since Tuesday, mostly at night.', at(4)), say(3, 'symptoms', 'It gets worse when I lie down.', at(4)),
      { ...say(4, 'symptoms', 'Un poquitín al subir la cuesta de mi casa, vecina.', at(6)), language: 'es', text: 'Un poquitín al subir la cuesta de mi casa, vecina.' },
    ] };
  }
  return { language: 'en', drafter: { kind: 'engine', name: clinic.live.engine.model || 'gpt-5-mini' }, sentences: [
    say(1, 'symptoms', 'Hurts in the middle when coughing.', at(2, 3)), say(2, 'symptoms', 'Since Tuesday, mostly at night; worse when lying down.', at(4)),
    say(3, 'symptoms', 'Short of breath for 3 days.', at(5, 6), struck('number', '3')), say(4, 'diagnosis', 'Bronchitis.', at(4), struck('not_by_doctor')),
    say(5, 'plan', 'Listens to the chest now.', at(8)), say(6, 'plan', 'Prescribe morphine 10 mg.', at(6), struck('orders')),
  ] };
}
