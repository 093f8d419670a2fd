// Emergency accesses of the invented clinic: one that lasts, and those to be reviewed.
import type { OpeningView, OwnOpeningView } from '../../bindings/types';
import type { CommandName, Request, Response } from '../types';
import { fails, PASSWORD, type Clinic } from './clinic';
import { uuid } from './people';

type Some = Extract<CommandName, `break_glass.${string}`> | 'patients.who_saw';
interface State { open: { until: number; view: Omit<OwnOpeningView, 'left_ms'> } | null; openings: OpeningView[] }

const states = new WeakMap<object, State>();
const HOUR = 3_600_000;
const ago = (hours: number) => new Date(Date.now() - hours * HOUR).toISOString();

function stateOf(clinic: Clinic): State {
  const known = states.get(clinic.options);
  if (known !== undefined) return known;
  const state: State = { open: null, openings: clinic.options.rows === 0 ? [] : openings(clinic) };
  const patient = clinic.patients.find(({ restricted }) => restricted) ?? clinic.patients[0];
  if (clinic.options.glass !== 'none' && patient !== undefined) state.open = { until: performance.now() + (clinic.options.glass === 'short' ? 3_000 : 47 * 60_000), view: { id: uuid('glass', 9), patient_id: patient.id, patient_number: patient.number, patient_name: patient.name } };
  states.set(clinic.options, state);
  return state;
}

export const reviewsOf = (clinic: Clinic): readonly OpeningView[] => stateOf(clinic).openings;

export const breakGlass: { [N in Some]: (clinic: Clinic, request: Request<N>) => Response<N> } = {
  'break_glass.find': (clinic, wanted) => clinic.patients
    .filter((patient) => patient.restricted && (wanted.by === 'number' ? patient.number === wanted.number.toUpperCase() : patient.name.toLowerCase() === wanted.name.toLowerCase() && patient.birth_date === wanted.birth_date))
    .map(({ id, number, name, birth_date, sex }) => ({ id, number, name, birth_date, sex, treating: 'Dr Kemi Adeyemi' })),
  'break_glass.open': (clinic, { patient_id, password }) => {
    if (password !== PASSWORD) throw fails('wrong_password', 'wrong-password');
    const patient = clinic.patients.find(({ id }) => id === patient_id);
    if (patient === undefined) throw fails('not_found', 'not-found', { what: 'patient' });
    const view = { id: uuid('glass', 10), patient_id, patient_number: patient.number, patient_name: patient.name };
    stateOf(clinic).open = { until: performance.now() + HOUR, view };
    return { ...view, left_ms: HOUR };
  },
  'break_glass.current': (clinic) => {
    const { open } = stateOf(clinic);
    const left_ms = open === null ? 0 : Math.round(open.until - performance.now());
    return open === null || left_ms <= 0 ? null : { ...open.view, left_ms };
  },
  'break_glass.end': (clinic) => {
    stateOf(clinic).open = null;
    return null;
  },
  'break_glass.waiting': (clinic) => {
    const waiting = reviewsOf(clinic).filter(({ review }) => review === null);
    return { waiting: waiting.length, overdue: waiting.filter(({ overdue }) => overdue).length };
  },
  'break_glass.page': (clinic, { reviewed }) => ({ rows: reviewsOf(clinic).filter(({ review }) => (review !== null) === reviewed), next: null }),
  'break_glass.acts': (_, { id }) => ({
    rows: ['scan.open', 'patients.open', 'break_glass.open'].map((verb, n) => ({ number: 812 - n * 3, at: ago(80 + n / 60), user_id: uuid('user', 4), who: 'Dr Kemi Adeyemi', verb, subjects: [`break_glass:${id}`], outcome: 'done' as const, code: null })), next: null,
  }),
  'break_glass.review': (clinic, { id, outcome, words }) => {
    const state = stateOf(clinic);
    const review = { outcome, words, by: clinic.session?.name ?? '', at: new Date().toISOString() };
    state.openings = state.openings.map((one) => (one.id === id ? { ...one, overdue: false, review } : one));
    const found = state.openings.find((one) => one.id === id);
    if (found === undefined) throw fails('not_found', 'not-found', { what: 'opening' });
    return found;
  },
  'patients.who_saw': () => ['break_glass.open', 'patients.open', 'scan.open', 'patients.open'].map((verb, n) => ({ at: ago(3 + n), who: 'Dr Kemi Adeyemi', role: 'doctor' as const, verb, broke_glass: n < 3 })),
};

function openings(clinic: Clinic): OpeningView[] {
  const one = (n: number, hours: number, more: Partial<OpeningView>): OpeningView => ({
    id: uuid('glass', n), user_id: uuid('user', 4), user: clinic.options.longNames ? 'Dr Wolfeschlegelsteinhausenbergerdorff Maria Magdalena Concepción' : 'Dr Kemi Adeyemi', patient_number: `MB-${String(8 + n * 13).padStart(6, '0')}`, patient_id: uuid('patient', 7 + n * 13),
    reason: 'emergency', words: 'Collapsed in the waiting room, no relatives here', opened: ago(hours), due: ago(hours - 72), overdue: hours > 72, ended: ago(hours - 1), end: 'time', acts: 3 + n, own: false, review: null, ...more,
  });
  return [
    one(0, 80, {}),
    one(1, 20, { reason: 'treating_absent', words: 'Dr Haddad is in the air until the evening; result of this morning needed', end: 'person', ended: ago(19.6), acts: 7 }),
    one(2, 0.4, { ended: null, end: null, words: 'Severe chest pain' }),
    one(3, 300, { review: { outcome: 'justified', words: 'Rang Dr Adeyemi and the patient’s daughter; both confirm.', by: 'Ruth Mensah', at: ago(280) } }),
    one(4, 700, { reason: 'other', words: 'Curious about a colleague', review: { outcome: 'not_justified', words: 'No clinical reason was given. Talked with the doctor and the director.', by: 'Ruth Mensah', at: ago(690) } }),
  ];
}
