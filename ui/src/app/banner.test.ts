// The banner is on every screen that shows one patient's data. Each address of the router is named here with the file that puts
// the banner up, or as one that shows nobody in particular: a new address does not pass until somebody has decided.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { cwd } from 'node:process';
import { expect, it } from 'vitest';

const source = (path: string) => readFileSync(join(cwd(), 'src', path), 'utf8');

/** Address → the file whose component calls `usePatientOnScreen`. */
const OF_A_PATIENT: Record<string, string> = {
  '/patients/$patientId': 'clinic/patients/Chart.tsx',
  '/patients/$patientId/prescribe': 'prescriptions/order/Prescribe.tsx',
  '/scans/$scanId': 'reading-room/ReadingRoom.tsx',
  '/consultations/$consultationId': 'live/room/Consultation.tsx',
  '/consultations/$consultationId/note': 'notes/ConsultationNote.tsx',
  '/reports/$reportId': 'reports/Report.tsx',
  '/prescriptions/$prescriptionId': 'prescriptions/Prescription.tsx',
  '/home': 'prescriptions/pharmacy/Counter.tsx',
  '/search': 'search/Search.tsx',
  '/my': 'home/OwnHome.tsx',
  '/my-scans': 'clinic/own/OwnScans.tsx',
  '/my-reports': 'clinic/own/OwnReports.tsx',
  '/my-reports/$reportId': 'clinic/own/OwnReport.tsx',
  '/my-consultations': 'live/own/OwnConsultations.tsx',
  '/my-consultations/$consultationId': 'live/own/OwnConsultations.tsx',
  '/my-prescriptions': 'prescriptions/OwnPrescriptions.tsx',
  '/who-saw': 'clinic/own/WhoSaw.tsx',
};

/** Lists of many people, and what is about none. */
const OF_NOBODY = new Set([
  '/', '/worklist', '/today', '/patients', '/duplicates', '/consultations', '/reports', '/prescriptions', '/phrases', '/administration', '/statistics', '/break-glass', '/reviews', '/users', '/agreement', '/feedback',
  '/models', '/journal', '/backups', '/settings',
]);

it('every address is known to show one patient, or nobody in particular', () => {
  const addresses = [...source('app/router.tsx').matchAll(/\bscreen\('([^']+)'/g)].map(([, path]) => path ?? '');
  expect(addresses.length).toBeGreaterThan(25);
  const undecided = addresses.filter((path) => !(path in OF_A_PATIENT) && !OF_NOBODY.has(path));
  expect(undecided, 'add it to one of the two lists').toEqual([]);
  expect(Object.keys(OF_A_PATIENT).filter((path) => !addresses.includes(path))).toEqual([]);
});

it.each(Object.entries(OF_A_PATIENT))('%s puts the banner up', (_, file) => {
  expect(source(file)).toMatch(/usePatientOnScreen\(/);
});

it('two identifiers are one component wherever they are asked', () => {
  for (const file of ['reports/editor/SignBar.tsx', 'reports/send/SendDialog.tsx', 'reports/signed/AddendDialog.tsx', 'reports/signed/RetractDialog.tsx', 'notes/SignBar.tsx', 'live/room/HandOver.tsx']) {
    expect(source(file), file).toMatch(/from '(\.\.\/)+shared\/identify'/);
  }
});
