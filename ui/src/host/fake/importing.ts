// An import in the invented clinic. The name of a file decides what becomes of it:
// "bad" is refused, "again" is a duplicate, "noname" needs a patient, "other" names somebody else.
import type { ImportItem, ImportOutcome, ImportRequest, ImportView } from '../../bindings/types';
import type { CommandName, Request, Response } from '../types';
import { fails, type Clinic } from './clinic';
import { person } from './people';
import { patientRow, scan } from './scans';

type Handlers = { [N in Extract<CommandName, 'imaging.import' | 'imaging.import_state' | 'imaging.cancel_import' | 'imaging.assign'>]: (clinic: Clinic, request: Request<N>) => Response<N> };

const STEP_MS = 60;

export const importing: Handlers = {
  'imaging.import': (clinic, request) => {
    const files = request.paths.flatMap((path) => (/folder/.test(path) ? Array.from({ length: 24 }, (_, n) => `${path}/IM${n + 1}.dcm`) : [path]));
    const state: ImportView = { job: request.job, found: files.length, done: 0, finished: false, cancelled: false, items: [] };
    clinic.imports.set(request.job, state);
    step(clinic, request, files, 0);
    return { ...state };
  },
  'imaging.import_state': (clinic, { job }) => ({ ...stateOf(clinic, job) }),
  'imaging.cancel_import': (clinic, { job }) => {
    Object.assign(stateOf(clinic, job), { cancelled: true, finished: true });
    return null;
  },
  'imaging.assign': (clinic, { job, items, to }) => {
    const state = stateOf(clinic, job);
    state.items = state.items.map((item) => (items.includes(item.index) ? { ...item, outcome: to.kind === 'discard' ? { kind: 'discarded' } : stored(clinic, item.index) } : item));
    return { ...state };
  },
};

function step(clinic: Clinic, request: ImportRequest, files: readonly string[], index: number): void {
  window.setTimeout(() => {
    const state = clinic.imports.get(request.job);
    const file = files[index];
    if (state === undefined || state.cancelled || file === undefined) return;
    const item: ImportItem = { index, label: file.split(/[\\/]/).slice(-1)[0] ?? file, outcome: outcomeOf(clinic, request, file, index) };
    Object.assign(state, { items: [...state.items, item], done: index + 1, finished: index + 1 === files.length });
    clinic.emit('imaging.progress', { ...state, items: [item] });
    if (state.finished) clinic.emit('record.changed', { tags: ['worklist', 'chart', 'patients'] });
    step(clinic, request, files, index + 1);
  }, STEP_MS);
}

function outcomeOf(clinic: Clinic, request: ImportRequest, file: string, index: number): ImportOutcome {
  if (/bad/.test(file)) return { kind: 'refused', problem: { code: 'unreadable', message_id: 'dicom-truncated', args: {} } };
  if (/again/.test(file)) return { kind: 'duplicate', scan_id: clinic.scans[0]?.id ?? '', patient_id: clinic.patients[0]?.id ?? '' };
  if (/noname/.test(file)) return { kind: 'needs_patient', identity: null };
  const open = clinic.patients.find(({ id }) => id === request.patient_id) ?? clinic.patients[0];
  if (/other/.test(file) && open !== undefined) {
    return { kind: 'identity_differs', identity: { name: 'KOWALSKA^ANNA', id: 'H-77120', birth_date: '1961-03-09', sex: 'female' }, open: patientRow(open, 2) };
  }
  return stored(clinic, index);
}

function stored(clinic: Clinic, index: number): ImportOutcome {
  const patient = clinic.patients[index % Math.max(1, clinic.patients.length)] ?? person(0, false);
  if (clinic.patients.length === 0) clinic.patients = [patient];
  const kept = { ...scan(100_000 + clinic.scans.length * 10, patient, new Date()), imported: new Date().toISOString() };
  clinic.scans = [kept, ...clinic.scans];
  return { kind: 'stored', scan_id: kept.id, patient_id: patient.id };
}

function stateOf(clinic: Clinic, job: string): ImportView {
  const state = clinic.imports.get(job);
  if (state === undefined) throw fails('not_found', 'job-not-found');
  return state;
}

