// Prescriptions of the invented clinic: a few orders, and a small part of the rules and checks of the real one.
import type {
  CheckedOrder, CountedView, FormView, OrderFault, OrderForm, OrderView, PrescriptionFactView, PrescriptionFindings, PrescriptionView, PrescriptionWarning, WarningOverride,
} from '../../bindings/types';
import type { CommandName, Request, Response } from '../types';
import { fails, PASSWORD, type Clinic } from './clinic';
import { uuid } from './people';

type Names = Extract<CommandName, `prescriptions.${string}`> | 'own.prescriptions';
type Handlers = { [N in Names]: (clinic: Clinic, request: Request<N>) => Response<N> };

const TABLE = { version: '2026-11-21', licence: 'CC0-1.0', medicines: 499, interactions: 151, sources: ['FDA-approved prescribing information'] };
const SOURCE = { title: 'FDA-approved prescribing information of the ingredient', section: 'Amoxicillin, 4 Contraindications' };
const NAMES = ['amlodipine', 'amoxicillin', 'ampicillin', 'azithromycin', 'atorvastatin', 'clavulanic acid', 'doxycycline', 'ibuprofen', 'metformin', 'omeprazole', 'paracetamol', 'salbutamol', 'warfarin'];
const PENICILLINS = ['amoxicillin', 'ampicillin'];
const FORMS: FormView[] = [
  { form: 'tablet', routes: ['oral', 'sublingual', 'vaginal'], doses: ['tablet', 'mg', 'g', 'microgram', 'units'], packed: ['tablet'] },
  { form: 'capsule', routes: ['oral', 'inhaled'], doses: ['capsule', 'mg', 'g', 'microgram', 'units'], packed: ['capsule'] },
  { form: 'oral_liquid', routes: ['oral'], doses: ['mL', 'mg', 'g', 'microgram', 'units'], packed: ['bottle', 'mL'] },
  { form: 'inhaler', routes: ['inhaled'], doses: ['puff', 'microgram'], packed: ['inhaler'] },
  { form: 'injection', routes: ['intramuscular', 'intravenous', 'subcutaneous'], doses: ['ampoule', 'vial', 'mg', 'units', 'mL'], packed: ['ampoule', 'vial', 'pen', 'mL'] },
];

const kept = new WeakMap<Clinic, PrescriptionView[]>();

export const prescriptions: Handlers = {
  'prescriptions.start': (clinic, { patient_id }) => ({ prescription_id: crypto.randomUUID(), patient: patientOf(clinic, patient_id), current: of(clinic).filter((one) => one.patient.id === patient_id && one.current), forms: FORMS, table: TABLE }),
  'prescriptions.suggest': (_, { typed }) => (typed.trim() === '' ? [] : [...NAMES.filter((name) => name.startsWith(typed.toLowerCase())).map((name) => ({ name, as_typed: null })), ...('tylenol'.startsWith(typed.toLowerCase()) ? [{ name: 'paracetamol', as_typed: 'tylenol' }] : [])]),
  'prescriptions.check': (clinic, { patient_id, order }) => checked(clinic, patient_id, order),
  'prescriptions.sign': (clinic, { prescription_id, patient_id, order, overrides, confirmed, password }) => {
    const { order: written, findings, faults } = checked(clinic, patient_id, order);
    if (written === null) throw fails('invalid', 'order-not-written', { field: faults[0]?.field ?? '' });
    if (confirmed.length < 2) throw fails('invalid', 'report-identity-unconfirmed');
    if (password !== PASSWORD) throw fails('wrong_password', 'wrong-password');
    const overridden = findings.warnings.map((warning) => ({ warning, reason: reasonFor(overrides, warning.key) }));
    const all = of(clinic);
    const made = prescription(clinic, patient_id, all.length + 1, written, { id: prescription_id, overridden });
    all.unshift(made);
    return made;
  },
  'prescriptions.asked': (clinic) => of(clinic).filter(({ state }) => state === 'asked'),
  'prescriptions.answer': (clinic, { fact_id, prescription_id, over, answer }) => act(clinic, prescription_id, over, { id: fact_id, kind: 'answered', text: answer }, (one) => (one.given.amount === '0' ? 'ordered' : 'partly')),
  'prescriptions.stop': (clinic, { fact_id, prescription_id, over, reason }) => act(clinic, prescription_id, over, { id: fact_id, kind: 'cancelled', text: reason }, () => 'cancelled'),
  'prescriptions.of_patient': (clinic, { patient_id }) => of(clinic).filter(({ patient }) => patient.id === patient_id),
  'prescriptions.view': (clinic, { prescription_id }) => byId(clinic, prescription_id),
  'prescriptions.queue': (clinic, { shelf, query, cursor, limit }) => {
    const states = { waiting: ['ordered', 'partly'], asked: ['asked'], done: ['dispensed', 'cancelled'] }[shelf];
    const found = of(clinic).filter(({ state, patient, number }) => states.includes(state) && `${patient.name} ${patient.number} ${number}`.toLowerCase().includes(query.toLowerCase()));
    const from = Number(cursor ?? 0);
    const rows = found.slice(from, from + limit).map(({ id, number, patient, order, author, at, state, overridden }) => ({ id, number, patient: patient.name, birth_date: patient.birth_date, medicine: order.medicine, strength: order.strength, form: order.form, author, at, state, overridden: overridden.length }));
    const count = (...wanted: string[]) => of(clinic).filter(({ state }) => wanted.includes(state)).length;
    return { rows, next: from + limit < found.length ? String(from + limit) : null, waiting: count('ordered', 'partly'), asked: count('asked') };
  },
  'prescriptions.dispense': (clinic, { fact_id, prescription_id, over, amount, batch, expiry, product, why, note, overrides, confirmed }) => {
    const one = byId(clinic, prescription_id);
    const given = Number(amount);
    if (confirmed.length < 2) throw fails('invalid', 'report-identity-unconfirmed');
    if (expiry < new Date().toISOString().slice(0, expiry.length)) throw fails('invalid', 'prescription-batch-expired');
    if (!(given > 0) || given > Number(one.left.amount)) throw fails('invalid', 'invalid-field', { field: 'amount', rule: 'range' });
    const overridden = one.fresh.map((key) => ({ key, reason: reasonFor(overrides, key) }));
    one.fresh = [];
    move(one, given);
    one.last_batch = { batch, expiry };
    return act(clinic, prescription_id, over, { id: fact_id, kind: 'dispensed', text: note, amount: { ...one.left, amount }, batch: { batch, expiry }, product: product === null ? null : `${product} (${why})`, overridden }, () => (one.left.amount === '0' ? 'dispensed' : 'partly'));
  },
  'prescriptions.take_back': (clinic, { fact_id, prescription_id, over, amount, reason }) => {
    const one = byId(clinic, prescription_id);
    move(one, -Number(amount));
    return act(clinic, prescription_id, over, { id: fact_id, kind: 'returned', text: reason, amount: { ...one.left, amount } }, () => (one.given.amount === '0' ? 'ordered' : 'partly'));
  },
  'prescriptions.ask': (clinic, { fact_id, prescription_id, over, question }) => act(clinic, prescription_id, over, { id: fact_id, kind: 'asked', text: question }, () => 'asked'),
  'prescriptions.save_label': () => null,
  'own.prescriptions': (clinic) => of(clinic).filter(({ patient }) => patient.id === clinic.session?.patient_id).map(({ id, number, order, author, at, current, state, total, given }) => ({ id, number, order, author, at, current, state, total, given })),
};

function patientOf(clinic: Clinic, id: string) {
  const found = clinic.patients.find((one) => one.id === id);
  if (found === undefined) throw fails('not_found', 'not-found', { what: 'patient' });
  return found;
}

function byId(clinic: Clinic, id: string): PrescriptionView {
  const found = of(clinic).find((one) => one.id === id);
  if (found === undefined) throw fails('not_found', 'not-found', { what: 'prescription' });
  return found;
}

function reasonFor(overrides: readonly WarningOverride[], key: string): string {
  const reason = overrides.find((one) => one.key === key)?.reason.trim() ?? '';
  if (reason === '') throw fails('invalid', 'prescription-warnings-unanswered');
  return reason;
}

function act(clinic: Clinic, id: string, over: number, fact: Partial<PrescriptionFactView> & Pick<PrescriptionFactView, 'id' | 'kind' | 'text'>, state: (one: PrescriptionView) => PrescriptionView['state']): PrescriptionView {
  const one = byId(clinic, id);
  if (one.facts.length !== over) throw fails('conflict', 'prescription-changed', { reason: 'prescription-changed' });
  one.facts = [...one.facts, { by: clinic.session?.name ?? '', at: new Date().toISOString(), amount: null, batch: null, product: null, overridden: [], ...fact }];
  one.state = state(one);
  one.current = one.state !== 'cancelled';
  const all = of(clinic).map((other) => (other.id === id ? { ...one } : other));
  kept.set(clinic, all);
  return byId(clinic, id);
}

function move(one: PrescriptionView, by: number): void {
  const given = Number(one.given.amount) + by;
  one.given = { ...one.given, amount: String(given) };
  one.left = { ...one.left, amount: String(Number(one.total.amount) - given) };
}

function checked(clinic: Clinic, patientId: string, form: OrderForm): CheckedOrder {
  const patient = patientOf(clinic, patientId);
  const faults: OrderFault[] = [];
  const add = (field: string, rule: OrderFault['rule'], found = '', write = '') => faults.push({ field, rule, found, write });
  if (form.medicine.trim() === '') add('medicine', 'required');
  if (form.strength.trim() === '') add('strength', 'required');
  else if (/\.0\b/.test(form.strength)) add('strength', 'trailing_zero', '5.0', '5');
  else if (/mcg|µg/.test(form.strength)) add('strength', 'unit_in_full', 'mcg', 'microgram');
  if (form.dose === '') add('dose', 'required');
  if (form.duration !== null && form.duration.number === 0) add('duration', 'range');
  if (form.quantity === '') add('quantity', 'required');
  if (form.as_needed !== null && form.as_needed.reason.trim() === '') add('as_needed_reason', 'required');
  if (form.indication.trim() === '') add('indication', 'required');
  if (/\bQD\b/.test(form.instructions)) add('instructions', 'abbreviation', 'QD', 'daily');
  const findings = findingsFor(clinic, patient, form.medicine.trim().toLowerCase());
  if (faults.length > 0) return { faults, order: null, expected_quantity: null, findings: { ...findings, warnings: [], not_covered: [] } };
  const counted = (text: string): CountedView => ({ amount: text.split(' ')[0] ?? '', unit: text.split(' ').slice(1).join(' ') });
  const { frequency, duration } = form;
  const days = duration === null ? 0 : duration.number * { days: 1, weeks: 7, months: 30 }[duration.unit];
  const times = frequency.kind === 'times_a_day' ? frequency.times : frequency.kind === 'every_hours' ? 24 / frequency.hours : 1;
  const expected = Math.ceil(Number(counted(form.dose).amount) * times * days);
  return {
    faults, findings, expected_quantity: expected > 0 && counted(form.dose).unit === counted(form.quantity).unit ? `${expected} ${counted(form.quantity).unit}` : null,
    order: {
      medicine: form.medicine.trim(), strength: form.strength.trim().replace('1000 mg', '1 g'), form: form.form, route: form.route, dose: counted(form.dose), frequency, duration, quantity: counted(form.quantity), repeats: form.repeats,
      as_needed: form.as_needed && { reason: form.as_needed.reason, hours_between: form.as_needed.hours_between, most_in_a_day: counted(form.as_needed.most_in_a_day) },
      indication: form.indication, instructions: form.instructions, substitution: form.substitution, language: form.language,
    },
  };
}

function findingsFor(clinic: Clinic, patient: PrescriptionView['patient'], medicine: string): PrescriptionFindings {
  const warnings: PrescriptionWarning[] = [];
  const allergic = patient.allergies.state === 'known' && patient.allergies.items.some(({ substance }) => substance === 'Penicillin');
  if (allergic && PENICILLINS.includes(medicine)) warnings.push({ key: `allergy:${medicine}:penicillin`, kind: 'allergy', level: 'contraindicated', ingredient: medicine, with: 'Penicillin', through: 'penicillins', effect: null, of: null, source: SOURCE });
  for (const { order } of of(clinic).filter((one) => one.patient.id === patient.id && one.current)) {
    if (order.medicine === medicine) warnings.push({ key: `duplicate:${medicine}:${medicine}`, kind: 'duplicate', level: 'serious', ingredient: medicine, with: medicine, through: null, effect: null, of: null, source: null });
    if ([order.medicine, medicine].sort().join() === 'ibuprofen,warfarin') warnings.push({ key: `interaction:${medicine}:${order.medicine}`, kind: 'interaction', level: 'serious', ingredient: medicine, with: order.medicine, through: null, effect: 'bleeding', of: null, source: { title: SOURCE.title, section: 'Warfarin, 7.2 Drugs that increase bleeding risk' } });
  }
  return { warnings, not_covered: medicine === '' || NAMES.includes(medicine) ? [] : [medicine], allergies_asked: patient.allergies.state !== 'not_asked', table: TABLE.version };
}

const ORDERS: readonly OrderView[] = [
  order('amoxicillin', '500 mg', 'capsule', 3, 21, 'Pneumonia', 'Take all of them, also when you feel better.'),
  order('warfarin', '3 mg', 'tablet', 1, 28, 'Atrial fibrillation', 'In the evening, at the same time.'),
  order('paracetamol', '500 mg', 'tablet', 4, 24, 'Pain after the operation', ''),
  order('metformin', '850 mg', 'tablet', 2, 60, 'Type 2 diabetes', 'With food.'),
];

function order(medicine: string, strength: string, form: 'tablet' | 'capsule', times: number, quantity: number, indication: string, instructions: string): OrderView {
  const unit = form;
  return {
    medicine, strength, form, route: 'oral', dose: { amount: '1', unit }, frequency: { kind: 'times_a_day', times }, duration: { number: Math.round(quantity / times), unit: 'days' }, quantity: { amount: String(quantity), unit }, repeats: 0,
    as_needed: medicine === 'paracetamol' ? { reason: 'Pain', hours_between: 6, most_in_a_day: { amount: '8', unit } } : null, indication, instructions, substitution: true, language: 'en',
  };
}

function prescription(clinic: Clinic, patientId: string, n: number, written: OrderView, more: Partial<PrescriptionView> = {}): PrescriptionView {
  const patient = patientOf(clinic, patientId);
  const zero = { ...written.quantity, amount: '0' };
  const total = { ...written.quantity, amount: String(Number(written.quantity.amount) * (1 + written.repeats)) };
  return {
    id: uuid('rx', n), number: `RX-${String(n).padStart(6, '0')}`, patient, author: 'Dr Leila Haddad', at: new Date(Date.now() - n * 900_000).toISOString(), ends: null, current: true, order: written, state: 'ordered', total, given: zero, left: total, seal_holds: true,
    overridden: [], findings: { warnings: [], not_covered: [], allergies_asked: patient.allergies.state !== 'not_asked', table: TABLE.version }, fresh: [], facts: [], last_batch: { batch: 'L2231', expiry: '2029-08' }, ...more,
  };
}

/** The queue as the address bar wants it: none without rows, else a few for the first patients. */
function of(clinic: Clinic): PrescriptionView[] {
  const known = kept.get(clinic);
  if (known !== undefined) return known;
  const made: PrescriptionView[] = [];
  kept.set(clinic, made);
  if (clinic.options.rows === 0) return made;
  clinic.patients.slice(0, 6).forEach((patient, n) => {
    const written = ORDERS[n % ORDERS.length]!;
    made.push(prescription(clinic, patient.id, n + 1, written));
  });
  const allergic = clinic.patients.find(({ allergies }) => allergies.state === 'known');
  if (allergic !== undefined) {
    const warning: PrescriptionWarning = { key: 'allergy:amoxicillin:penicillin', kind: 'allergy', level: 'contraindicated', ingredient: 'amoxicillin', with: 'Penicillin', through: 'penicillins', effect: null, of: null, source: SOURCE };
    made.unshift(prescription(clinic, allergic.id, 7, ORDERS[0]!, { overridden: [{ warning, reason: 'Tolerated amoxicillin in March; the rash was measles.' }], findings: { warnings: [warning], not_covered: [], allergies_asked: true, table: TABLE.version } }));
  }
  const asked = made[3];
  if (asked !== undefined) Object.assign(asked, { state: 'asked', facts: [{ id: uuid('fact', 1), kind: 'asked', by: 'Tomás Ortega', at: new Date(Date.now() - 300_000).toISOString(), amount: null, batch: null, product: null, text: 'Kidney function? The dose is high for 82 years.', overridden: [] }] });
  return made;
}
