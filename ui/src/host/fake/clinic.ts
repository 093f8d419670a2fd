// The invented clinic's state, made once from the options.
import type { ImportView, JournalRowView, ModelView, Preferences, SessionView, SettingsView, SetupStatus, UserView } from '../../bindings/types';
import { table } from '../../bindings/commands';
import { Failure, type EventName, type Events } from '../types';
import type { FakeOptions } from './options';
import { identityOf, type FakeIdentity } from './identity-state';
import { person, uuid } from './people';
import { liveOf, type FakeLive } from './live/state';
import { reportsOf, type FakeReports } from './reports/state';
import { cardiacModel } from './heart';
import { CHEST, scan, withHeart, type FakeScan } from './scans';

export const PASSWORD = 'demo clinic';

const NEEDS: Record<string, readonly string[]> = {
  administrator: ['ManageUsers', 'ManageSettings', 'ManageBackups', 'ExportClinic', 'ReadStatistics', 'ReadJournal', 'RestrictRecords', 'ReviewBreakGlass', 'NamePhraseReviewers', 'AskAssistant'],
  doctor: ['ExportRecords', 'BreakGlass', 'ReadAccessLog', 'ReadPatients', 'WritePatients', 'MergePatients', 'ExportFeedback', 'ImportScans', 'ReadScans', 'MarkScans', 'RunReadings', 'RecordVerdicts', 'RestrictRecords', 'HostConsultations', 'ReadReports', 'WriteReports', 'SignReports', 'SendReports', 'SearchRecords', 'WritePrescriptions', 'ReadPrescriptions', 'AskAssistant', 'AskAboutChart'],
  patient: ['ReadOwnRecord', 'ReadOwnAccessLog', 'ReadOwnConsultations', 'ReadOwnReports', 'ReadOwnPrescriptions', 'SearchRecords', 'AskAssistant', 'AskAboutOwnReports'],
  pharmacist: ['ReadPrescriptions', 'DispensePrescriptions', 'AskAssistant'],
};

export interface Clinic {
  options: FakeOptions;
  setup: SetupStatus;
  session: SessionView | null;
  users: UserView[];
  scans: FakeScan[];
  patients: ReturnType<typeof person>[];
  models: ModelView[];
  journal: JournalRowView[];
  identity: FakeIdentity;
  settings: SettingsView;
  phrase: string[];
  imports: Map<string, ImportView>;
  tries: number;
  /** Jobs of the model that were not stopped. */
  running: Set<string>;
  live: FakeLive;
  reports: FakeReports;
  emit<E extends EventName>(event: E, payload: Events[E]): void;
}

export function clinicOf(options: FakeOptions, emit: Clinic['emit']): Clinic {
  const now = new Date();
  const count = Math.max(options.rows === 0 ? 0 : 12, Math.min(options.rows, 4000));
  const patients = Array.from({ length: count }, (_, n) => person(n, options.longNames));
  const scans = Array.from({ length: options.rows }, (_, n) => withHeart(scan(n, patients[Math.floor(n / options.study) % count] ?? person(n, false), now), options.heart));
  const users = staff(now);
  const clinic: Clinic = {
    options, emit, users, patients, scans, live: liveOf(options, patients), reports: reportsOf(options, scans), tries: 0, running: new Set(), imports: new Map(), phrase: [],
    session: null,
    identity: identityOf(options, patients),
    setup: {
      state: options.as === 'first-start' ? 'new' : options.as === 'unconfirmed' ? 'recovery_unconfirmed' : options.as === 'passphrase' ? 'passphrase_needed' : 'ready',
      clinic_name: options.as === 'first-start' ? null : 'Riverside Clinic',
      demo: options.demo,
      demo_accounts: options.demo ? demoAccounts(users) : [],
      key_store: 'keychain',
      version: '0.1.0',
      last_backup: options.backup === 'none' ? null : { at: new Date(Math.floor(Date.now() / 86_400_000) * 86_400_000 + 130 * 60_000).toISOString(), folder: '/media/clinic/BACKUP-STICK/medibridge-backup-0190/snapshots/last', there: options.backup !== 'overdue' },
    },
    models: [...shelf(), ...(options.heart === 'none' ? [] : [cardiacModel])],
    journal: chain(now, users, scans),
    settings: {
      clinic_name: 'Riverside Clinic', idle_minutes_clinical: 5, idle_minutes_admin: 10, read_on_import: true, letterhead: ['12 River Road', 'Telephone 555 0142'], key_store: 'keychain', recovery_confirmed: options.as !== 'unconfirmed', 
      folder: '/home/clinic/.local/share/medibridge', database_bytes: 48_300_000, vault_bytes: 12_900_000_000, free_bytes: 212_000_000_000,
    },
  };
  const role = users.find((user) => user.role === options.as);
  if (role !== undefined) clinic.session = sessionOf(clinic, role);
  return clinic;
}

export function demoAccounts(users: readonly UserView[]) {
  return users.slice(0, 4).map(({ login, role, name }) => ({ login, password: PASSWORD, role, name }));
}


export function sessionOf(clinic: Clinic, user: UserView): SessionView {
  const commands = Object.entries(table)
    .filter(([, { needs }]) => needs === 'nobody' || needs === 'signed_in' || NEEDS[user.role]?.includes(needs) || (needs === 'ApprovePhrases' && clinic.options.reviewer))
    .map(([name]) => name);
  return {
    user_id: user.id, name: user.name, login: user.login, role: user.role, patient_id: user.patient_id, clinic_name: clinic.setup.clinic_name ?? '', demo: clinic.setup.demo, commands,
    grant: 'fake-grant', locked: false, pin: clinic.options.pin, idle_minutes: user.role === 'administrator' ? 10 : 5, expires: new Date(Date.now() + 12 * 3_600_000).toISOString(), preferences: preferences(clinic.options.hidden),
  };
}

function preferences(hidden: boolean): Preferences {
  return { theme: (window.localStorage.getItem('theme') as Preferences['theme'] | null) ?? 'system', language: '', keys: {}, palette: 'inferno', map_opacity: 45, map_hidden_until_looked: hidden };
}

/** A failure as Rust would send it. */
export function fails(code: Failure['code'], message_id: string, args: Record<string, string> = {}): Failure {
  return new Failure({ code, message_id, args });
}

function staff(now: Date): UserView[] {
  const ago = (hours: number) => new Date(now.getTime() - hours * 3_600_000).toISOString();
  const user = (n: number, login: string, name: string, role: UserView['role'], hours: number | null, enabled = true): UserView => ({
    id: uuid('user', n), login, name, role, enabled, patient_id: role === 'patient' ? uuid('patient', 1) : null, created: ago(24 * 40), last_sign_in: hours === null ? null : ago(hours), removed: null,
  });
  return [
    user(0, 'admin', 'Ruth Mensah', 'administrator', 2), user(1, 'doctor', 'Dr Leila Haddad', 'doctor', 0.2), user(2, 'patient', 'Johan Kowalski', 'patient', 80), user(3, 'pharmacist', 'Tomás Ortega', 'pharmacist', 26),
    user(4, 'k.adeyemi', 'Dr Kemi Adeyemi', 'doctor', 30), user(5, 'old.locum', 'Dr Bartholomew Featherstonehaugh-Cholmondeley', 'doctor', null, false),
  ];
}

function shelf(): ModelView[] {
  const base = { reads: 'chest_film', classes: ['No finding', 'Pneumonia', 'Tuberculosis', 'Pleural effusion', 'Pneumothorax', 'Cardiomegaly', 'Nodule or mass'] };
  return [
    { ...base, id: CHEST.id, name: CHEST.name, version: CHEST.version, sha256: CHEST.sha256, intended_use: 'Orders a worklist of frontal chest films of adults so that the likely abnormal ones are looked at first.', licence: 'CC BY 4.0', research_only: false, state: { kind: 'ready' }, enabled: true, default: true },
    { ...base, id: 'covid-radiography', name: 'COVID-19 radiography', version: '0.3.1', sha256: '11d0a9c8b7e6f5041324354657687980a1b2c3d4e5f60718293a4b5c6d7e8f90', classes: ['No finding', 'COVID-19 pneumonia', 'Other pneumonia', 'Lung opacity'], intended_use: 'Compares frontal films of adults with the patterns of COVID-19 pneumonia.', licence: 'Research only (non-commercial)', research_only: true, state: { kind: 'ready' }, enabled: false, default: false },
    { ...base, id: 'lung-ct', name: 'Lung CT slices', version: '0.2.0', sha256: '77aa0b1c2d3e4f5061728394a5b6c7d8e9f00112233445566778899aabbccdde', reads: 'lung_ct', classes: ['Adenocarcinoma', 'Large cell carcinoma', 'Squamous cell carcinoma', 'No finding'], intended_use: 'Sorts single axial slices of lung CT.', licence: 'CC BY-NC-SA 4.0', research_only: true, state: { kind: 'unusable', problem: { code: 'model_unavailable', message_id: 'model-file-altered', args: {} } }, enabled: false, default: false },
  ];
}

function chain(now: Date, users: readonly UserView[], scans: readonly FakeScan[]): JournalRowView[] {
  const acts: readonly [string, JournalRowView['outcome'], string | null][] = [
    ['session.sign_in', 'done', null], ['worklist.page', 'done', null], ['scan.open', 'done', null], ['reading.start', 'done', null], ['verdict.record', 'done', null],
    ['patients.open', 'done', null], ['users.list', 'refused', 'forbidden'], ['scan.import', 'done', null], ['session.sign_in', 'failed', 'wrong_password'], ['session.lock', 'done', null],
  ];
  const total = scans.length === 0 ? 0 : Math.max(400, Math.min(4000, scans.length));
  return Array.from({ length: total }, (_, n) => {
    const [verb, outcome, code] = acts[(total - n) % acts.length] ?? ['scan.open', 'done', null];
    const who = users[(total - n) % 5];
    const nobody = code === 'wrong_password';
    return {
      number: total - n, at: new Date(now.getTime() - n * 171_000).toISOString(), user_id: nobody ? null : (who?.id ?? null),
      who: nobody ? null : who?.role === 'patient' ? null : (who?.name ?? null), verb, outcome, code,
      subjects: verb.startsWith('scan') || verb.startsWith('verdict') ? [scans[n % scans.length]?.id ?? ''] : [],
    };
  });
}
