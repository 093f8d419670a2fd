// Every address that the router knows, read from its source: a screen that is added there and not here fails a test.
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const ROUTER = fileURLToPath(new URL('../../../ui/src/app/router.tsx', import.meta.url));

export const ROLES = ['doctor', 'administrator', 'pharmacist', 'patient'] as const;
export type Role = (typeof ROLES)[number];

/** What the address needs to show something: ids of the invented clinic. */
const IDS: Record<string, string> = {
  $patientId: 'patient0-0000-7000-8000-000000000001',
  $scanId: 'scan0000-0000-7000-8000-000000000002',
  $consultationId: 'consult0-0000-7000-8000-000000000000',
  /** A signed one: the patient sees it too. */
  $reportId: 'report00-0000-7000-8000-000000000003',
  $prescriptionId: 'rx000000-0000-7000-8000-000000000001',
};

/** Who may open what. `/` only leads to one's own first place. */
export const SCREENS: Record<string, readonly Role[]> = {
  '/': [],
  '/worklist': ['doctor'],
  '/patients': ['doctor'],
  '/patients/$patientId': ['doctor'],
  '/scans/$scanId': ['doctor'],
  '/consultations': ['doctor'],
  '/consultations/$consultationId': ['doctor'],
  '/consultations/$consultationId/note': ['doctor'],
  '/reports': ['doctor'],
  '/reports/$reportId': ['doctor'],
  '/search': ['doctor', 'patient'],
  '/phrases': ['doctor'],
  '/administration': ['administrator'],
  '/statistics': ['administrator'],
  '/break-glass': ['doctor'],
  '/reviews': ['administrator'],
  '/users': ['administrator'],
  '/agreement': ['administrator'],
  '/feedback': ['doctor'],
  '/today': ['doctor'],
  '/my': ['patient'],
  '/duplicates': ['doctor'],
  '/models': ROLES,
  '/journal': ['administrator'],
  '/backups': ['administrator'],
  '/settings': ROLES,
  '/my-scans': ['patient'],
  '/my-reports': ['patient'],
  '/my-reports/$reportId': ['patient'],
  '/my-consultations': ['patient'],
  '/my-consultations/$consultationId': ['patient'],
  '/who-saw': ['patient'],
  '/patients/$patientId/prescribe': ['doctor'],
  '/prescriptions': ['doctor'],
  '/prescriptions/$prescriptionId': ['doctor', 'pharmacist'],
  '/my-prescriptions': ['patient'],
  '/home': ['pharmacist'],
};

/** The addresses in the router, as they are written there. */
export function routes(): string[] {
  const source = readFileSync(ROUTER, 'utf8');
  const found = [...source.matchAll(/\bscreen\('([^']+)'/g)].map((match) => match[1] ?? '');
  const made = [...source.matchAll(/\b(?:screen\(|createRoute\()/g)].length;
  // `function screen(path…` and the `createRoute` in it are not addresses.
  if (found.length === 0 || found.length !== made - 2) throw new Error('the router writes its addresses in a way that is not read here');
  return found;
}

/** The address with its ids put in. */
export const addressOf = (route: string): string => route.replace(/\$\w+/g, (name) => {
  const id = IDS[name];
  if (id === undefined) throw new Error(`${route}: no id for ${name}`);
  return id;
});
