// What the consultation's commands do in the invented clinic.
import type { ConsultationRow, ConsultationView, InvitationView, MessagesPage, MessagesRequest } from '../../../bindings/types';
import type { CommandName, Request, Response } from '../../types';
import { fails, type Clinic } from '../../fake/clinic';
import { uuid } from '../people';
import { answer, changed, keep, knock, retranslate } from './guests';
import { DOUBTED } from './lines';
import { correct, keepNote, writeDown } from './notes';
import { QR } from './qr';
import { emptyConsultation, engineState, type FakeConsultation } from './state';

type Names = Extract<CommandName, `live.${string}` | `own.consultation${string}` | 'own.messages'>;
type Handlers = { [N in Names]: (clinic: Clinic, request: Request<N>) => Response<N> };

const MINUTE = 60_000;

export const live: Handlers = {
  'live.start': (clinic, { patient_id, language }) => {
    const patient = clinic.patients.find(({ id }) => id === patient_id);
    if (patient === undefined) throw fails('not_found', 'patient-not-found');
    clinic.live.count += 1;
    const one = emptyConsultation(clinic.live.count, patient, language, engineState(clinic.live.engine, clinic.options.engine === 'failing'), new Date());
    clinic.live.all = [one, ...clinic.live.all];
    return shown(one);
  },
  'live.page': ({ live: { all } }, { patient_id, running, cursor, limit }) => page(all.filter(({ view }) => (patient_id === null || view.patient.id === patient_id) && (!running || view.ended === null)), cursor, limit),
  'live.view': (clinic, { consultation_id }) => shown(find(clinic, consultation_id)),
  'live.messages': (clinic, request) => messages(clinic, request),
  'live.invite': (clinic, { consultation_id, spoken }) => {
    const one = find(clinic, consultation_id);
    clinic.live.count += 1;
    const base = clinic.live.relay.address ?? 'https://relay.riverside.example';
    const invitation: InvitationView = {
      id: uuid('invite', clinic.live.count), open: true, spent: false, until: new Date(Date.now() + (spoken ? 5 : 60) * MINUTE).toISOString(),
      way: spoken ? { kind: 'spoken', page: base.replace('https://', ''), code: '48 21 · 907 316' } : { kind: 'link', url: `${base}/j/7hQk2v#tC5mZ1xW8yR4pL0sN6bV3dF9gH2jK7qA_eUiOwXnM`, qr: QR },
    };
    Object.assign(one.view, { invitations: [...one.view.invitations.filter(({ way }) => way.kind !== invitation.way.kind), invitation], connection: { state: 'connected' } });
    if (clinic.options.guest === 'auto') window.setTimeout(() => knock(clinic, one, one.view.patient.name, 'es'), 4000);
    return shown(one);
  },
  'live.withdraw': (clinic, { consultation_id, invitation_id }) => set(clinic, consultation_id, (view) => ({ invitations: view.invitations.filter(({ id }) => id !== invitation_id) })),
  'live.admit': (clinic, { consultation_id, participant_id }) => set(clinic, consultation_id, (view) => ({
    waiting: view.waiting.filter(({ id }) => id !== participant_id),
    people: [...view.people, ...view.waiting.filter(({ id }) => id === participant_id).map(({ id, name, language }) => ({ id, name, language, kind: 'guest' as const, here: true, seen: 0, gone: null }))],
    invitations: view.invitations.map((one) => ({ ...one, spent: true })),
  })),
  'live.decline': (clinic, { consultation_id, participant_id }) => set(clinic, consultation_id, (view) => ({ waiting: view.waiting.filter(({ id }) => id !== participant_id) })),
  'live.remove': (clinic, { consultation_id, participant_id }) => set(clinic, consultation_id, (view) => ({ people: view.people.map((one) => (one.id === participant_id ? { ...one, here: false, gone: new Date().toISOString() } : one)) })),
  'live.seat': (clinic, { consultation_id, name, language }) => set(clinic, consultation_id, (view) => ({ people: [...view.people, { id: uuid('desk', Date.now() % 1e9), name, language, kind: 'across_the_desk', here: true, seen: 0, gone: null }] })),
  'live.set_language': (clinic, { consultation_id, participant_id, language }) => set(clinic, consultation_id, (view) => ({ people: view.people.map((one) => (one.id === participant_id ? { ...one, language } : one)) })),
  'live.say': (clinic, { consultation_id, message_id, participant_id, text }) => {
    const one = find(clinic, consultation_id);
    const from = one.view.people.find(({ id }) => id === participant_id);
    if (from === undefined) throw fails('not_found', 'participant-not-found');
    const kept = keep(clinic, one, { id: message_id, from: from.id, language: from.language, text, sound: null });
    if (from.kind === 'doctor') answer(clinic, one);
    return kept;
  },
  'live.hand_over': (clinic, { consultation_id, message_id, report_id }) => {
    const one = find(clinic, consultation_id);
    const report = clinic.reports.all.find(({ id }) => id === report_id);
    if (report?.files.length === 0) throw fails('conflict', 'report-not-sealed');
    const doctor = one.view.people.find(({ kind }) => kind === 'doctor');
    const guest = one.view.people.find(({ kind }) => kind === 'guest');
    const given = { report_id, number: report?.number ?? '', revision: 1, bytes: 84_000, held_by: [] as string[] };
    const kept = keep(clinic, one, { id: message_id, from: doctor?.id ?? '', language: doctor?.language ?? 'en', text: '', sound: null, handed_over: given });
    // The phone fetches it and says so.
    if (guest !== undefined) window.setTimeout(() => {
      const held = { ...kept, handed_over: { ...given, held_by: [guest.id] } };
      one.messages = one.messages.map((message) => (message.id === message_id ? held : message));
      clinic.emit('live.message', { consultation_id, message: held });
    }, 600);
    return kept;
  },
  'live.translate': (clinic, { consultation_id, message_id, language }) => {
    const one = find(clinic, consultation_id);
    one.messages = one.messages.map((message) => (message.id !== message_id ? message
      : { ...message, translations: [{ language, text: '', provenance: 'not_translated', pending: true, check: null }, ...message.translations.filter((other) => other.language !== language)] }));
    window.setTimeout(() => retranslate(clinic, one, message_id), 700);
    const message = one.messages.find(({ id }) => id === message_id);
    if (message === undefined) throw fails('not_found', 'message-not-found');
    return message;
  },
  'live.confirm_translation': (clinic, { consultation_id, message_id, language }) => {
    const one = find(clinic, consultation_id);
    one.messages = one.messages.map((message) => (message.id !== message_id ? message
      : { ...message, translations: message.translations.map((other) => (other.language === language && other.check !== null ? { ...other, check: { ...other.check, confirmed: true } } : other)) }));
    const message = one.messages.find(({ id }) => id === message_id);
    if (message === undefined) throw fails('not_found', 'message-not-found');
    return message;
  },
  'live.back_translate': (clinic, { consultation_id }) => {
    if (find(clinic, consultation_id).view.engine.state !== 'ready') throw fails('conflict', 'language-no-engine');
    return { text: DOUBTED.back };
  },
  'live.microphones': () => [{ name: 'Built-in microphone', default: true }, { name: 'USB headset', default: false }],
  'live.record': (clinic, { consultation_id, participant_id }) => {
    const recording = { consultation: consultation_id, from: participant_id, ms: 0, paused: false, timer: 0 };
    recording.timer = window.setInterval(() => {
      if (recording.paused) return;
      recording.ms += 100;
      clinic.emit('live.level', { consultation_id, level: Math.round(45 + 40 * Math.sin(Date.now() / 180)), ms: recording.ms });
    }, 100);
    clinic.live.recording = recording;
    return null;
  },
  'live.pause_recording': ({ live: { recording } }, { paused }) => {
    if (recording !== null) recording.paused = paused;
    return null;
  },
  'live.write_down': (clinic, { consultation_id, message_id }) => writeDown(clinic, find(clinic, consultation_id), message_id),
  'live.correct': (clinic, { consultation_id, message_id, text }) => correct(clinic, find(clinic, consultation_id), message_id, text),
  'live.finish_recording': (clinic, { consultation_id, message_id, discard }) => {
    const one = find(clinic, consultation_id);
    const { recording } = clinic.live;
    const from = recording?.from ?? one.view.unfinished?.participant_id;
    const ms = recording === null ? one.view.unfinished?.ms : Math.max(400, recording.ms);
    if (recording !== null) window.clearInterval(recording.timer);
    clinic.live.recording = null;
    one.view.unfinished = null;
    changed(clinic, one);
    if (discard || from === undefined || ms === undefined) return null;
    const language = one.view.people.find(({ id }) => id === from)?.language ?? 'en';
    return keepNote(clinic, one, { id: message_id, from, language }, ms);
  },
  'live.end': (clinic, { consultation_id }) => set(clinic, consultation_id, (view) => ({ ended: new Date().toISOString(), invitations: [], waiting: [], connection: { state: 'not_needed' }, people: view.people.map((one) => ({ ...one, here: one.kind === 'doctor' })) })),
  'live.transcript': () => ({ file_name: 'consultation.html', html: '<!doctype html><title>Transcript</title>' }),
  'live.save_transcript': () => null,
  'own.consultations': ({ live: { all } }, { cursor, limit }) => page(all.filter(({ view }) => view.ended !== null), cursor, limit),
  'own.consultation': (clinic, { consultation_id }) => shown(find(clinic, consultation_id)),
  'own.messages': (clinic, request) => messages(clinic, request),
};

function find({ live: { all } }: Clinic, id: string): FakeConsultation {
  const one = all.find(({ view }) => view.id === id);
  if (one === undefined) throw fails('not_found', 'consultation-not-found');
  return one;
}

/** A copy, as one that came over the wire would be. */
const shown = ({ view }: FakeConsultation): ConsultationView => structuredClone(view);

function set(clinic: Clinic, id: string, to: (view: ConsultationView) => Partial<ConsultationView>): ConsultationView {
  const one = find(clinic, id);
  Object.assign(one.view, to(one.view));
  changed(clinic, one);
  return shown(one);
}

function messages(clinic: Clinic, { consultation_id, before, limit }: MessagesRequest): MessagesPage {
  const all = find(clinic, consultation_id).messages.filter(({ n }) => before === null || n < before);
  return { messages: all.slice(-limit).reverse(), more: all.length > limit };
}

function page(all: readonly FakeConsultation[], cursor: string | null, limit: number): { rows: ConsultationRow[]; next: string | null } {
  const start = Number(cursor ?? 0);
  const rows = all.slice(start, start + limit).map(({ view, messages: said }) => ({
    id: view.id, patient: view.patient, doctor: 'Dr Leila Haddad', started: view.started, ended: view.ended, languages: [...new Set(view.people.map(({ language }) => language))], messages: said.length,
  }));
  return { rows, next: start + limit < all.length ? String(start + limit) : null };
}
