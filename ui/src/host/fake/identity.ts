// Who is who in the invented clinic: candidates, pairs, merges and their undoing.
import type { LikenessView, PatientDetails, PatientView, Trait } from '../../bindings/types';
import type { CommandName, Request, Response } from '../types';
import { fails, type Clinic } from './clinic';
import { uuid } from './people';
import { patientRow } from './scans';

type Names = Extract<CommandName, `patients.${string}`>;
type Handlers = { [N in Extract<Names, 'patients.candidates' | 'patients.duplicates' | 'patients.merge' | 'patients.tell_apart' | 'patients.merges' | 'patients.unmerge'>]: (clinic: Clinic, request: Request<N>) => Response<N> };

const POINTS: Partial<Record<Trait, number>> = { same_name: 45, same_words: 42, sounds_alike: 36, same_birth: 40, day_month_swapped: 32, birth_unknown: 15, same_sex: 5 };
const words = (name: string) => name.toLowerCase().split(/[\s,]+/).filter((word) => word !== '').sort().join(' ');

export function likeness(one: Pick<PatientDetails, 'name' | 'birth_date' | 'sex'>, other: Pick<PatientDetails, 'name' | 'birth_date' | 'sex'>): LikenessView {
  const traits: Trait[] = [one.name === other.name ? 'same_name' : words(one.name) === words(other.name) ? 'same_words' : 'sounds_alike'];
  if (one.birth_date === null || other.birth_date === null) traits.push('birth_unknown');
  else if (one.birth_date === other.birth_date) traits.push('same_birth');
  else if (one.birth_date.slice(0, 4) === other.birth_date.slice(0, 4)) traits.push('day_month_swapped');
  if (one.sex === other.sex) traits.push('same_sex');
  return { score: Math.min(100, traits.reduce((sum, trait) => sum + (POINTS[trait] ?? 0), 0)), traits };
}

const find = (clinic: Clinic, id: string): PatientView => {
  const found = clinic.patients.find((one) => one.id === id);
  if (found === undefined) throw fails('not_found', 'not-found', { what: 'patient' });
  return found;
};
const scansOf = (clinic: Clinic, id: string) => clinic.scans.filter(({ patient }) => patient.id === id).length;
const waiting = (clinic: Clinic) => clinic.identity.pairs.filter(([one, other]) => [one, other].every((id) => clinic.patients.some((patient) => patient.id === id)));

export const identity: Handlers = {
  'patients.candidates': (clinic, { details, except }) => clinic.patients
    .filter((one) => one.id !== except && words(one.name) === words(details.name))
    .map((one) => ({ patient: patientRow(one, scansOf(clinic, one.id)), likeness: likeness(one, details) })).filter(({ likeness: { score } }) => score >= 60).slice(0, 20),
  'patients.duplicates': (clinic, { limit }) => ({
    rows: waiting(clinic).slice(0, limit).map(([a, b]) => {
      const [older, newer] = [find(clinic, a), find(clinic, b)];
      return { older, newer, likeness: likeness(older, newer), scans: [scansOf(clinic, a), scansOf(clinic, b)], accounts: [clinic.users.some(({ patient_id }) => patient_id === a), false], created: ['2026-03-02T08:00:00Z', '2026-11-19T10:30:00Z'] };
    }),
    next: null, waiting: waiting(clinic).length,
  }),
  'patients.merge': (clinic, { kept, gone, reason }) => {
    const [one, other] = [find(clinic, kept), find(clinic, gone)];
    const merged = { ...one, others: [...one.others, { number: other.number, name: other.name, birth_date: other.birth_date }] };
    clinic.identity.merges = [{ id: uuid('merge', clinic.identity.merges.length), kept: one.number, gone: { number: other.number, name: other.name, birth_date: other.birth_date }, reason, by: clinic.session?.name ?? '', at: new Date().toISOString(), undone: null, keptId: kept, goneId: gone, goneWas: other }, ...clinic.identity.merges];
    clinic.patients = clinic.patients.filter(({ id }) => id !== gone).map((patient) => (patient.id === kept ? merged : patient));
    for (const scan of clinic.scans) if (scan.patient.id === gone || scan.patient.id === kept) scan.patient = merged;
    return merged;
  },
  'patients.tell_apart': (clinic, { one, other }) => {
    clinic.identity.pairs = clinic.identity.pairs.filter((pair) => !pair.includes(one) || !pair.includes(other));
    return null;
  },
  'patients.merges': (clinic, { id }) => clinic.identity.merges.filter(({ keptId, goneId }) => keptId === id || goneId === id).map(({ keptId: _kept, goneId: _gone, goneWas: _was, ...merge }) => merge),
  'patients.unmerge': (clinic, { merge_id, reason }) => {
    const merge = clinic.identity.merges.find(({ id }) => id === merge_id);
    if (merge === undefined) throw fails('not_found', 'not-found', { what: 'merge' });
    merge.undone = { reason, by: clinic.session?.name ?? '', at: new Date().toISOString() };
    const kept = find(clinic, merge.keptId);
    const alone = { ...kept, others: kept.others.filter(({ number }) => number !== merge.goneWas.number) };
    clinic.patients = [...clinic.patients.map((patient) => (patient.id === alone.id ? alone : patient)), merge.goneWas];
    return [alone, merge.goneWas];
  },
};
