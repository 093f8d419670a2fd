// What each command does to the invented clinic. Typed by the command table: a missing one does not compile.
import type { CardView, PatientRow } from '../../bindings/types';
import type { CommandName, Request, Response } from '../types';
import { clinicOf, demoAccounts, fails, PASSWORD, type Clinic } from './clinic';
import { accounts } from './accounts';
import { assist } from './assist';
import { backup } from './backup';
import { breakGlass } from './break-glass';
import { importing } from './importing';
import { delivery } from './delivery';
import { feedback } from './feedback';
import { home } from './home';
import { identity, likeness } from './identity';
import { notes } from './notes';
import { prescriptions } from './prescriptions';
import { engines } from './live/engines';
import { live } from './live/handlers';
import { phrases } from './live/phrases';
import { uuid } from './people';
import { reports } from './reports/handlers';
import { search } from './search';
import { statistics } from './statistics';
import { users } from './users';
import { isAbove, patientRow, readAgain, scanRow, scanView, worklistRow, type FakeScan } from './scans';

type Handlers = { [N in CommandName]: (clinic: Clinic, request: Request<N>) => Response<N> };

const WORDS = 'ladder hollow ocean virtue maple signal frost candle orbit velvet ranch mirror tunnel garlic piano rescue bamboo cradle denial elbow fabric glove humble island'.split(' ');

const FINGERPRINT = '9f2c41d07ab38e65c0d1f4a29b7e6853dd40c1a7e29f5b84637a0e1d2c3b4f58';

export const handlers: Handlers = {
  'setup.status': ({ setup }) => ({ ...setup }),
  'setup.models': ({ models }) => models.map((model) => ({ ...model })),
  'setup.model_card': (clinic, { id }) => card(clinic, id),
  'setup.create': (clinic, request) => {
    clinic.setup = { ...clinic.setup, clinic_name: request.clinic_name, state: 'recovery_unconfirmed' };
    clinic.users = [{ ...first(clinic.users), login: request.administrator.login, name: request.administrator.name }, ...clinic.users.slice(1)];
    clinic.phrase = WORDS.slice(0, 12);
    return { words: clinic.phrase };
  },
  'setup.confirm_recovery': (clinic, { words }) => {
    if (words.some(({ position, word }) => clinic.phrase[position - 1] !== word.trim().toLowerCase())) throw fails('invalid', 'recovery-words-differ', { field: 'words' });
    clinic.setup = { ...clinic.setup, state: 'ready' };
    clinic.settings = { ...clinic.settings, recovery_confirmed: true };
    return null;
  },
  'setup.demo': (clinic) => {
    Object.assign(clinic, { ...clinicOf({ ...clinic.options, as: 'signed-out', demo: true }, clinic.emit) });
    clinic.setup = { ...clinic.setup, demo: true, demo_accounts: demoAccounts(clinic.users) };
    return clinic.setup;
  },
  'setup.passphrase': (clinic, { passphrase }) => {
    if (passphrase !== PASSWORD) throw fails('key_unavailable', 'wrong-passphrase');
    clinic.setup = { ...clinic.setup, state: 'ready' };
    return null;
  },
  'setup.recover': (_, { phrase }) => {
    if (phrase.trim().split(/\s+/).length < 12) throw fails('wrong_password', 'recovery-phrase-wrong');
    return null;
  },

  'session.current': ({ session }) => session,
  ...accounts,
  'session.touch': () => null,
  'session.lock': (clinic) => {
    if (clinic.session !== null) clinic.session = { ...clinic.session, locked: true };
    return null;
  },
  'session.sign_out': (clinic) => {
    clinic.session = null;
    return null;
  },
  'session.save_preferences': (clinic, preferences) => {
    if (clinic.session !== null) clinic.session = { ...clinic.session, preferences };
    return null;
  },

  'patients.page': (clinic, { query, cursor, limit }) => page(clinic.patients.filter(({ name, number }) => matches(query, name, number)), cursor, limit, (patient) => rowOf(clinic, patient.id)),
  'patients.create': (clinic, { details, not_a_duplicate }) => {
    const similar = clinic.patients.filter(({ name }) => name.toLowerCase().split(' ')[0] === details.name.toLowerCase().split(' ')[0]).slice(0, 3);
    if (!not_a_duplicate && similar.length > 0) return { outcome: 'similar', candidates: similar.map((one) => ({ patient: rowOf(clinic, one.id), likeness: likeness(one, details) })) };
    const n = clinic.patients.length;
    const patient = { ...details, id: uuid('patient', n), number: `MB-${String(n + 1).padStart(6, '0')}`, allergies: { state: 'not_asked' as const }, allergies_recorded: null, restricted: false, demo: false, version: 1, others: [] };
    clinic.patients = [patient, ...clinic.patients];
    return { outcome: 'created', patient };
  },
  'patients.open': (clinic, { id }) => {
    const patient = patientOf(clinic, id);
    const own = clinic.scans.filter((scan) => scan.patient.id === id).slice(0, 12);
    return {
      patient, has_account: clinic.users.some((user) => user.patient_id === id),
      studies: own.map((scan) => ({ id: uuid('study', scan.seed), date: scan.studyDate, description: scan.description, modality: scan.modality, scans: [scanRow(scan)] })),
    };
  },
  'patients.correct': (clinic, { id, details, version }) => {
    if (patientOf(clinic, id).version !== version) throw fails('conflict', 'patient-changed');
    return change(clinic, id, { ...details, version: version + 1 });
  },
  'patients.set_allergies': (clinic, { id, allergies }) => change(clinic, id, { allergies, allergies_recorded: new Date().toISOString() }),
  'patients.set_restricted': (clinic, { id, restricted }) => {
    change(clinic, id, { restricted });
    return null;
  },
  'patients.create_account': (clinic, { id, login }) => {
    const user = { id: uuid('user', clinic.users.length), login, name: login, role: 'patient' as const, enabled: true, patient_id: id, created: new Date().toISOString(), last_sign_in: null, removed: null };
    clinic.users = [...clinic.users, user];
    return user;
  },

  ...users,
  ...identity,
  ...home,
  ...feedback,
  ...backup,
  ...statistics,
  ...breakGlass,
  ...importing,
  ...live,
  ...notes,
  ...prescriptions,
  ...phrases,
  ...engines,
  ...search,
  ...assist,
  ...delivery,
  ...reports,
  'imaging.open_scan': (clinic, { id }) => scanView(scanOf(clinic, id), studyOf(clinic, id), clinic.options),
  'imaging.save_mark': (clinic, { scan_id, replaces, frame, tool, points, text }) => {
    const scan = scanOf(clinic, scan_id);
    const mark = { id: uuid('mark', Math.floor(performance.now() * 1000)), frame, tool, points, text, by: clinic.session?.name ?? '', at: new Date().toISOString() };
    scan.marks = [...scan.marks.filter(({ id }) => id !== replaces), mark];
    return mark;
  },
  'imaging.remove_mark': (clinic, { id }) => {
    for (const scan of clinic.scans) scan.marks = scan.marks.filter((mark) => mark.id !== id);
    return null;
  },
  'imaging.retract_scan': (clinic, { id }) => {
    clinic.scans = clinic.scans.filter((scan) => scan.id !== id);
    return null;
  },

  'reading.worklist': (clinic, { status, modality, query, patient_id, only_above, cursor, limit }) => {
    const shown = clinic.scans.filter((scan) => (!only_above || isAbove(scan)) && (modality === null || scan.modality === modality)
      && (patient_id === null || scan.patient.id === patient_id) && matches(query, scan.patient.name, scan.patient.number));
    const counts = { imported: 0, read: 0, verified: 0, reported: 0, delivered: 0 };
    for (const scan of shown) counts[scan.status] += 1;
    const rows = shown.filter((scan) => status === null || scan.status === status).sort((a, b) => rank(b) - rank(a));
    return { ...page(rows, cursor, limit, worklistRow), counts };
  },
  'reading.set_priority': (clinic, { scan_id, priority, reason }) => {
    Object.assign(scanOf(clinic, scan_id), { priority, priorityReason: reason === '' ? null : reason });
    return null;
  },
  'reading.read': (clinic, { scan_id, frame, job }) => {
    const scan = scanOf(clinic, scan_id);
    window.setTimeout(() => clinic.running.has(job) && clinic.emit('reading.progress', { job, scan_id, stage: { kind: 'running' } }), clinic.options.reading / 4);
    clinic.running.add(job);
    window.setTimeout(() => {
      if (!clinic.running.delete(job)) return clinic.emit('reading.progress', { job, scan_id, stage: { kind: 'cancelled' } });
      scan.readings = [readAgain(scan, frame, clinic.options.heart), ...scan.readings];
      if (scan.status === 'imported') scan.status = 'read';
      clinic.emit('reading.progress', { job, scan_id, stage: { kind: 'done', reading_id: first(scan.readings).id } });
      clinic.emit('record.changed', { tags: ['worklist', 'scan'] });
    }, clinic.options.reading);
    return { job, scan_id, stage: { kind: 'queued' } };
  },
  'reading.cancel': (clinic, { job }) => {
    clinic.running.delete(job);
    return null;
  },
  'reading.record_verdict': (clinic, { scan_id, reading_id, agrees, class: corrected, region, comment }) => {
    const scan = scanOf(clinic, scan_id);
    const verdict = { id: uuid('verdict', Date.now() % 1e9), scan_id, reading_id, agrees, class: corrected, region, comment, by: clinic.session?.name ?? '', at: new Date().toISOString() };
    scan.verdicts = [verdict, ...scan.verdicts];
    scan.status = 'verified';
    return verdict;
  },
  'reading.agreement': ({ models, scans }) => scans.length === 0 ? [] : [
    { model_id: first(models).id, version: '1.0.0', sha256: first(models).sha256, verdicts: 212, agreed: 187, low: 0.832, high: 0.92, readings: 1480, not_assessed: 96 },
    { model_id: first(models).id, version: '0.9.2', sha256: 'c0ffee51aa77b0c3d1e6f8a2b4c6d8e0f1a3b5c7d9ebfd0f21436587a9cbed0f', verdicts: 9, agreed: 6, low: 0.354, high: 0.879, readings: 61, not_assessed: 4 },
  ],

  'models.list': ({ models }) => models.map((model) => ({ ...model })),
  'models.card': (clinic, { id }) => card(clinic, id),
  'models.enable': (clinic, { id, enabled }) => {
    clinic.models = clinic.models.map((model) => (model.id === id ? { ...model, enabled } : model));
    return first(clinic.models.filter((model) => model.id === id));
  },

  'own.identity': (clinic) => clinic.patients[1] ?? first(clinic.patients),
  'own.scans': (clinic) => clinic.scans.slice(1, 4).map((scan, n) => ({ scan: scanRow(scan), verdict: n === 0 ? null : (clinic.scans.find(({ verdicts }) => verdicts.length > 0)?.verdicts[0] ?? null) })),
  'own.who_saw': (clinic) => clinic.scans.slice(0, 6).map((scan, n) => ({ at: scan.imported, who: n % 2 === 0 ? 'Dr Leila Haddad' : 'Dr Kemi Adeyemi', role: 'doctor', verb: n % 3 === 0 ? 'patients.open' : 'scan.open', broke_glass: n === 2 })),

  'journal.page': (clinic, { user_id, verb, subject, outcome, unsuccessful, from, to, cursor, limit }) => page(
    clinic.journal.filter((row) => (user_id === null || row.user_id === user_id) && (verb === null || row.verb.startsWith(verb)) && (subject === null || row.subjects.includes(subject)) && (outcome === null || row.outcome === outcome) && (!unsuccessful || row.outcome !== 'done')
      && (from === null || row.at >= from) && (to === null || row.at < to)),
    cursor, limit, (row) => row,
  ),
  'journal.verify': ({ journal }) => ({ rows: journal.length, intact: true, problem: null, first_bad: null, ms: 11.4, fingerprint: FINGERPRINT }),
  'journal.export': ({ journal }) => ({ rows: journal.length, first: journal.at(-1)?.number ?? 0, last: journal[0]?.number ?? 0, fingerprint: FINGERPRINT }),

  'settings.read': ({ settings }) => ({ ...settings }),
  'settings.save': (clinic, request) => {
    clinic.settings = { ...clinic.settings, ...request };
    return clinic.settings;
  },
  'settings.renew_recovery': (clinic) => {
    clinic.phrase = WORDS.slice(12, 24);
    clinic.settings = { ...clinic.settings, recovery_confirmed: false };
    return { words: clinic.phrase };
  },
  'settings.check_storage': () => [
    { name: 'keychain', ok: true, problem: null }, { name: 'database', ok: true, problem: null }, { name: 'vault', ok: true, problem: null },
    { name: 'space', ok: false, problem: { code: 'disk_full', message_id: 'disk-nearly-full', args: {} } }, { name: 'journal', ok: true, problem: null },
  ],
};

function card(clinic: Clinic, id: string): CardView {
  const model = clinic.models.find((one) => one.id === id);
  if (model === undefined) throw fails('not_found', 'model-not-found');
  const metric = (name: string, set: string, n: number, value: number, low: number, high: number) => ({ name, set, n, value, low, high });
  return {
    model,
    not_for: 'Children under 5, lateral films, films of implants or pacemakers; ruling disease out; use without a clinician looking at the film.',
    sources: [{ name: 'NIH ChestX-ray14 (subset)', licence: 'Free, with attribution', images: 31_204 }, { name: 'Kermany chest films', licence: 'CC BY 4.0', images: 5232 }],
    metrics: [metric('AUROC, any abnormality', 'test', 3120, 0.914, 0.903, 0.925), metric('Sensitivity at upper point', 'test', 3120, 0.781, 0.759, 0.802), metric('Specificity at upper point', 'test', 3120, 0.902, 0.887, 0.915), metric('Expected calibration error', 'test', 3120, 0.021, 0.017, 0.028)],
    failure_groups: ['Sensitivity is lower in women and in people living with HIV', 'Specificity is lower after earlier tuberculosis', 'Portable AP films are often not assessed'],
    calibrated: '2026-10-30',
    markdown: '# Chest films\n\nOne MobileNetV2 with a calibrated head.\n\n## Training\n\nFive folds, patient-disjoint.\n\n- Input 224 × 224\n- Temperature scaling\n',
  };
}

/** A page by keyset: the cursor is the index of the next row. */
function page<T, V>(all: readonly T[], cursor: string | null, limit: number, show: (one: T) => V): { rows: V[]; next: string | null } {
  const start = Number(cursor ?? 0);
  return { rows: all.slice(start, start + limit).map(show), next: start + limit < all.length ? String(start + limit) : null };
}

function matches(query: string, ...texts: string[]): boolean {
  return query.toLowerCase().split(/\s+/).every((word) => texts.some((text) => text.toLowerCase().includes(word)));
}

function rank(scan: FakeScan): number {
  const answer = scan.readings[0]?.answer;
  return { routine: 0, urgent: 10, immediate: 20 }[scan.priority] + (answer?.kind === 'assessed' ? answer.urgency ?? 0 : 0) - (scan.status === 'verified' ? 5 : 0);
}

function rowOf(clinic: Clinic, id: string): PatientRow {
  return patientRow(patientOf(clinic, id), clinic.scans.length > 4000 ? 2 : clinic.scans.filter((scan) => scan.patient.id === id).length);
}

function patientOf(clinic: Clinic, id: string) {
  const patient = clinic.patients.find((one) => one.id === id);
  if (patient === undefined) throw fails('not_found', 'patient-not-found');
  return patient;
}

function scanOf(clinic: Clinic, id: string): FakeScan {
  const scan = clinic.scans.find((one) => one.id === id);
  if (scan === undefined) throw fails('not_found', 'scan-not-found');
  return scan;
}

function change(clinic: Clinic, id: string, to: Partial<Clinic['patients'][number]>) {
  const patient = { ...patientOf(clinic, id), ...to };
  clinic.patients = clinic.patients.map((one) => (one.id === id ? patient : one));
  for (const scan of clinic.scans) if (scan.patient.id === id) scan.patient = patient;
  return patient;
}

function studyOf(clinic: Clinic, id: string): FakeScan[] {
  const { seed } = scanOf(clinic, id);
  const { study } = clinic.options;
  return clinic.scans.filter((scan) => Math.floor(scan.seed / study) === Math.floor(seed / study));
}

function first<T>(all: readonly T[]): T {
  const one = all[0];
  if (one === undefined) throw fails('not_found', 'nothing-there');
  return one;
}
