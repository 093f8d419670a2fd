// Invented people: the same ones every time.
import type { Allergies, PatientView, Sex } from '../../bindings/types';

const GIVEN: readonly [string, Sex][] = [
  ['Amina', 'female'], ['Johan', 'male'], ['Priya', 'female'], ['Carlos', 'male'], ['Mei', 'female'], ['Oluwaseun', 'male'], ['Fatima', 'female'], ['Piotr', 'male'],
  ['Lakshmi', 'female'], ['Thabo', 'male'], ['Inés', 'female'], ['Yusuf', 'male'], ['Greta', 'female'], ['Hiroshi', 'male'], ['Nadia', 'female'], ['Samuel', 'male'],
];
const FAMILY = ['Diallo', 'van der Berg', 'Raman', 'Ortega', 'Chen', 'Adeyemi', 'Haddad', 'Kowalski', 'Reddy', 'Mokoena', 'García Márquez', 'Öztürk', 'Lindqvist', 'Sato', 'Petrova', 'Okafor', 'Nguyen'];
const LONG = 'Wolfeschlegelsteinhausenbergerdorff Maria Magdalena Concepción';

/** A number in [0, 1) that depends on the seed alone. */
export function chance(seed: number): number {
  let x = (seed + 1) * 0x9e3779b1;
  x = Math.imul(x ^ (x >>> 16), 0x85ebca6b);
  x = Math.imul(x ^ (x >>> 13), 0xc2b2ae35);
  return ((x ^ (x >>> 16)) >>> 0) / 2 ** 32;
}

export const two = (n: number) => String(n).padStart(2, '0');

export function uuid(kind: string, n: number): string {
  return `${kind.padEnd(8, '0').slice(0, 8)}-0000-7000-8000-${String(n).padStart(12, '0')}`;
}

function allergies(n: number): Allergies {
  if (n % 3 === 0) return { state: 'not_asked' };
  if (n % 3 === 1) return { state: 'none_known' };
  return {
    state: 'known',
    items: [
      { substance: 'Penicillin', reaction: 'urticaria', severity: 'moderate' },
      ...(n % 2 === 0 ? [{ substance: 'Iodinated contrast', reaction: 'bronchospasm', severity: 'severe' as const }] : []),
    ],
  };
}

export function person(n: number, longNames: boolean): PatientView {
  const [given, sex] = GIVEN[n % GIVEN.length] ?? ['Ann', 'female'];
  const family = FAMILY[(n * 7) % FAMILY.length] ?? 'Smith';
  return {
    id: uuid('patient', n),
    number: `MB-${String(n + 1).padStart(6, '0')}`,
    name: longNames && n % 2 === 0 ? LONG : `${given} ${family}`,
    birth_date: n % 11 === 10 ? null : `${1934 + Math.floor(chance(n) * 86)}-${two(1 + Math.floor(chance(n + 9) * 12))}-${two(1 + Math.floor(chance(n + 5) * 28))}`,
    sex,
    external_id: n % 4 === 0 ? `HOSP-${40210 + n}` : null,
    allergies: allergies(n),
    allergies_recorded: n % 3 === 0 ? null : '2026-11-02T09:12:00Z',
    restricted: n % 13 === 7,
    demo: false,
    version: 1,
    others: [],
  };
}
