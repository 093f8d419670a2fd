// Backups of the invented clinic: a stick with a week of them, one that fails, one that runs, a way back.
import type { BackupJobView, BackupPhase, BackupPlanView, BackupRunView, BackupStateView, BackupView, CheckedView, ExportedView, ExportStateView, RestoreStateView, SnapshotView } from '../../bindings/types';
import type { CommandName, Request, Response } from '../types';
import { fails, PASSWORD, type Clinic } from './clinic';

type Some = Extract<CommandName, `backup.${string}` | `export.${string}`> | 'setup.find_backups' | 'setup.restore' | 'setup.restore_state' | 'setup.cancel_restore';

interface Kept {
  plan: BackupPlanView | null;
  runs: BackupRunView[];
  snapshots: SnapshotView[];
  running: BackupJobView | null;
  checked: CheckedView | null;
  restore: RestoreStateView;
  exported: ExportStateView;
}

const DAY = 86_400_000;
const FOLDER = '/media/clinic/BACKUP-STICK';
const TOTAL = 1_240_000_000;
const STEPS: readonly [BackupPhase, number][] = [['database', 0.3], ['database', 0.8], ['files', 0.5], ['proving', 0.2], ['proving', 0.7], ['proving', 0.95]];
const kept = new WeakMap<Clinic, Kept>();

function of(clinic: Clinic): Kept {
  const there = kept.get(clinic);
  if (there !== undefined) return there;
  const { backup } = clinic.options;
  const night = (days: number) => new Date(Math.floor(Date.now() / DAY) * DAY - days * DAY + 130 * 60_000).toISOString();
  const first = backup === 'overdue' ? 4 : 1;
  const days = backup === 'none' || backup === 'planned' ? [] : [0, 1, 2, 3, 4, 5, 6, 13, 20, 41].map((day) => day + first);
  const made: Kept = {
    plan: backup === 'none' ? null : { folder: FOLDER, minute: 130, daily: true, free_bytes: 48_000_000_000 },
    runs: days.slice(0, 7).map((day, at) => ({ started: night(day), ended: new Date(Date.parse(night(day)) + 41_000).toISOString(), outcome: 'verified', bytes: TOTAL - at * 9_000_000, written: 402_000_000, files: 612 - at * 4, problem: null })),
    snapshots: days.map((day) => snapshot(clinic, night(day))),
    running: backup === 'running' ? { kind: 'backup', phase: 'database', done: 0.4 * TOTAL, total: TOTAL } : null,
    checked: null,
    restore: { running: null, restored: false, problem: null },
    exported: { patient_id: null, running: null, done: null, problem: null },
  };
  if (backup === 'failed' || backup === 'overdue') {
    made.runs.unshift({ started: new Date(Date.now() - 540_000).toISOString(), ended: new Date(Date.now() - 539_000).toISOString(), outcome: 'failed', bytes: null, written: null, files: null, problem: { code: 'not_found', message_id: 'backup-target-missing', args: {} } });
  }
  kept.set(clinic, made);
  return made;
}

function snapshot(clinic: Clinic, at: string): SnapshotView {
  const name = `${at.replaceAll(/[-:]|\.\d+/gu, '')}-0190a0a0a0a07000800000000000${at.slice(5, 7)}${at.slice(8, 10)}`;
  return { name, folder: `${FOLDER}/medibridge-backup-0190/snapshots/${name}`, at, clinic_name: clinic.setup.clinic_name ?? 'Riverside Clinic', demo: false, database_bytes: 388_000_000, verified: true };
}

function state(clinic: Clinic): BackupStateView {
  const { plan, runs, running } = of(clinic);
  const verified = runs.find(({ outcome }) => outcome === 'verified')?.started ?? null;
  const next = new Date(Math.floor(Date.now() / DAY) * DAY + DAY + (plan?.minute ?? 0) * 60_000).toISOString();
  return { planned: plan !== null, daily: plan?.daily ?? false, running, last_verified: verified, problem: runs[0]?.problem ?? null, overdue: clinic.options.backup === 'overdue', next: plan?.daily === true ? next : null };
}

function view(clinic: Clinic): BackupView {
  const { plan, runs, snapshots, checked } = of(clinic);
  const gone = clinic.options.backup === 'overdue' || clinic.options.backup === 'failed';
  return { state: state(clinic), plan: plan === null ? null : { ...plan, free_bytes: gone ? null : plan.free_bytes }, runs: [...runs], snapshots: gone ? [] : [...snapshots], folder_problem: gone ? { code: 'not_found', message_id: 'backup-target-missing', args: {} } : null, checked };
}

/** Goes through the phases; `then` is what is left at the end. */
function run(clinic: Clinic, kind: BackupJobView['kind'], then: (all: Kept) => void): void {
  const all = of(clinic);
  if (all.running !== null) throw fails('busy', 'backup-running');
  const step = (at: number) => {
    if (at > 0 && all.running === null) return;
    const [phase, share] = STEPS[at] ?? ['tidying', 1];
    if (at >= STEPS.length) {
      all.running = null;
      then(all);
    } else {
      all.running = { kind, phase, done: share * TOTAL, total: TOTAL };
      clinic.emit('backup.progress', all.running);
      window.setTimeout(() => step(at + 1), 350);
    }
    clinic.emit('record.changed', { tags: ['backup'] });
  };
  step(0);
}

/** Writes patient after patient, so that it can be seen and stopped. */
function exported(clinic: Clinic, patient: string | null, password: string, done: ExportedView): ExportStateView {
  if (password !== PASSWORD) throw fails('wrong_password', 'wrong-password');
  const all = of(clinic);
  if (all.exported.running !== null) throw fails('busy', 'export-runs');
  const steps = 5;
  const step = (at: number) => {
    if (at > 0 && all.exported.running === null) return;
    const running = { patients: Math.floor((done.patients * at) / steps), total: done.patients, bytes: (done.bytes * at) / steps };
    all.exported = at < steps ? { patient_id: patient, running, done: null, problem: null } : { patient_id: patient, running: null, done, problem: null };
    if (at < steps) window.setTimeout(() => step(at + 1), 350);
    clinic.emit('record.changed', { tags: ['export'] });
  };
  step(0);
  return all.exported;
}

export const backup: { [N in Some]: (clinic: Clinic, request: Request<N>) => Response<N> } = {
  'backup.state': state,
  'backup.view': view,
  'backup.plan': (clinic, { folder, minute, daily }) => {
    if (folder.startsWith(clinic.settings.folder)) throw fails('invalid', 'backup-target-inside');
    of(clinic).plan = { folder, minute, daily, free_bytes: 48_000_000_000 };
    return view(clinic);
  },
  'backup.start': (clinic) => {
    run(clinic, 'backup', (all) => {
      const at = new Date().toISOString();
      all.runs.unshift({ started: at, ended: at, outcome: 'verified', bytes: TOTAL, written: 412_000_000, files: 616, problem: null });
      all.snapshots.unshift(snapshot(clinic, at));
    });
    return state(clinic);
  },
  'backup.check': (clinic, { name }) => {
    run(clinic, 'check', (all) => {
      all.checked = { name, whole: { bytes: TOTAL, files: 612, journal_rows: 48_211 }, problem: null };
    });
    return state(clinic);
  },
  'backup.cancel': (clinic) => {
    of(clinic).running = null;
    return state(clinic);
  },
  'export.clinic': (clinic, { folder, password }) => {
    const counts = { patients: clinic.patients.length, scans: clinic.scans.length, reports: 24, notes: 31, prescriptions: 17, bytes: 812_000_000 };
    return exported(clinic, null, password, { folder: `${folder}/medibridge-export-20261121-101500`, ...counts });
  },
  'export.patient': (clinic, { patient_id, folder, password }) =>
    exported(clinic, patient_id, password, { folder: `${folder}/medibridge-export-20261121-101500`, patients: 1, scans: 3, reports: 1, notes: 2, prescriptions: 4, bytes: 31_000_000 }),
  'export.state': (clinic) => of(clinic).exported,
  'export.cancel': (clinic) => {
    const all = of(clinic);
    all.exported = { ...all.exported, running: null, problem: { code: 'cancelled', message_id: 'export-cancelled', args: {} } };
    return all.exported;
  },
  'setup.find_backups': (clinic, { folder }) => {
    if (folder.includes('empty')) throw fails('not_found', 'backup-none');
    const nights = [1, 2, 3].map((days) => snapshot(clinic, new Date(Math.floor(Date.now() / DAY) * DAY - days * DAY + 130 * 60_000).toISOString()));
    return nights.map((one, at) => ({ ...one, verified: at !== 2 }));
  },
  'setup.restore': (clinic, { key }) => {
    if (key.kind === 'password' && key.password !== PASSWORD) throw fails('wrong_password', 'wrong-password');
    const all = of(clinic);
    all.restore = { running: { kind: 'restore', phase: 'database', done: 0.2 * TOTAL, total: TOTAL }, restored: false, problem: null };
    const step = (at: number) => {
      if (all.restore.running === null) return;
      const [phase, share] = STEPS[at] ?? ['swapping', 1];
      all.restore = at >= STEPS.length ? { running: null, restored: true, problem: null } : { ...all.restore, running: { kind: 'restore', phase, done: share * TOTAL, total: TOTAL } };
      if (all.restore.restored) clinic.setup = { ...clinic.setup, state: 'ready', clinic_name: clinic.setup.clinic_name ?? 'Riverside Clinic' };
      else window.setTimeout(() => step(at + 1), 350);
    };
    window.setTimeout(() => step(1), 350);
    return all.restore;
  },
  'setup.restore_state': (clinic) => of(clinic).restore,
  'setup.cancel_restore': (clinic) => {
    const all = of(clinic);
    all.restore = { running: null, restored: false, problem: { code: 'cancelled', message_id: 'backup-cancelled', args: {} } };
    return all.restore;
  },
};
