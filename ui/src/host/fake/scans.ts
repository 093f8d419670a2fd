// Invented scans, their readings and verdicts.
import type { Answer, ClassView, MarkView, PatientRow, PatientView, Priority, ReadingSummary, ReadingView, ScanView, Status, VerdictView, WorklistRow } from '../../bindings/types';
import { CARDIAC, CINE_SIDE, CINE_SPACING, heartReading, type Heart } from './heart';
import type { FakeOptions } from './options';
import { chance, two, uuid } from './people';
import type { PhantomKind } from './phantom';

/** A scan as the invented clinic keeps it. */
export interface FakeScan {
  id: string;
  seed: number;
  patient: PatientView;
  kind: PhantomKind;
  modality: string;
  description: string;
  studyDate: string;
  imported: string;
  status: Status;
  priority: Priority;
  priorityReason: string | null;
  readings: ReadingView[];
  verdicts: VerdictView[];
  marks: MarkView[];
}

export const CHEST = { id: 'chest-films', name: 'Chest films', version: '1.0.0', sha256: '9f2c4e51aa77b0c3d1e6f8a2b4c6d8e0f1a3b5c7d9ebfd0f21436587a9cbed0f', research_only: false };

const LABELS: readonly [string, string, boolean][] = [
  ['no-finding', 'No finding', false], ['pneumonia', 'Pneumonia', true], ['tuberculosis', 'Tuberculosis', true], ['effusion', 'Pleural effusion', true],
  ['pneumothorax', 'Pneumothorax', true], ['cardiomegaly', 'Cardiomegaly', true], ['nodule', 'Nodule or mass', true],
];

export function reading(scanId: string, seed: number, at: string): ReadingView {
  const urgency = chance(seed * 3 + 1) ** 2;
  const top = 1 + (seed % (LABELS.length - 1));
  const classes: ClassView[] = LABELS.map(([id, name, abnormal], index) => {
    const probability = index === 0 ? 1 - urgency : index === top ? urgency * 0.95 : chance(seed + index * 17) * 0.12;
    const lower = abnormal ? 0.18 : null;
    const upper = abnormal ? 0.55 : null;
    const band = !abnormal ? null : probability >= 0.55 ? 'above' : probability >= 0.18 ? 'indeterminate' : 'below';
    return { id, name, probability, lower, upper, band, abnormal, map_empty: index === 0 };
  });
  const answer: Answer = seed % 9 === 8
    ? { kind: 'not_assessed', reason: seed % 2 === 0 ? 'out-of-distribution' : 'low-contrast' }
    : { kind: 'assessed', classes, grid_rows: 7, grid_columns: 7, urgency, measured: null };
  return {
    id: uuid('reading', seed), scan_id: scanId, frame: 0, at, by: 'Dr Leila Haddad', model: CHEST,
    gate: { kind: 'chest_film', confidence: 0.97, quality: seed % 5 === 0 ? ['low-contrast'] : [] },
    answer, ms: { decode: 6.1, model: 9.4, total: 17.2 },
  };
}

export function scan(seed: number, patient: PatientView, now: Date): FakeScan {
  const id = uuid('scan', seed);
  const kind: PhantomKind = seed % 10 === 5 ? 'ct' : seed % 10 === 7 ? 'cine' : 'chest';
  const imported = new Date(now.getTime() - seed * 37 * 60_000 - chance(seed) * 1e6).toISOString();
  const status: Status = seed % 4 === 3 ? 'verified' : kind === 'chest' && seed % 6 !== 5 ? 'read' : 'imported';
  const read = kind === 'chest' && status !== 'imported' ? [reading(id, seed, imported)] : [];
  const date = new Date(imported);
  return {
    id, seed, patient, kind,
    modality: kind === 'chest' ? 'DX' : kind === 'ct' ? 'CT' : 'MR',
    description: kind === 'chest' ? 'Chest PA' : kind === 'ct' ? 'CT thorax, axial 5 mm' : 'Cine short axis',
    studyDate: `${date.getFullYear()}-${two(date.getMonth() + 1)}-${two(date.getDate())}`,
    imported, status,
    priority: seed % 23 === 2 ? 'immediate' : seed % 17 === 4 ? 'urgent' : 'routine',
    priorityReason: seed % 23 === 2 ? 'SpO₂ 84 %, sudden pain' : seed % 17 === 4 ? 'Fever for 3 weeks' : null,
    readings: read,
    verdicts: status === 'verified' ? [verdict(id, seed, read[0]?.id ?? null, imported)] : [],
    marks: [],
  };
}

/** What the model that reads this kind of scan says of a frame of it. */
export function readAgain(one: FakeScan, frame: number, heart: Heart): ReadingView {
  const at = new Date().toISOString();
  const made = one.kind === 'cine' && heart !== 'none' ? heartReading(one.id, one.seed, frame, at, heart) : reading(one.id, one.seed, at);
  return { ...made, id: uuid('reading', Date.now() % 1e9) };
}

/** Loops of the heart are read too. */
export function withHeart(one: FakeScan, heart: Heart): FakeScan {
  if (one.kind !== 'cine' || heart === 'none') return one;
  return { ...one, status: one.status === 'imported' ? 'read' : one.status, readings: [heartReading(one.id, one.seed, 0, one.imported, heart)] };
}

function verdict(scanId: string, seed: number, readingId: string | null, at: string): VerdictView {
  const agrees = readingId !== null && seed % 8 !== 7;
  return {
    id: uuid('verdict', seed), scan_id: scanId, reading_id: readingId, agrees, class: agrees ? null : 'Pleural effusion', region: null,
    comment: agrees ? '' : 'Blunted costophrenic angle on the right.', by: 'Dr Leila Haddad', at,
  };
}

export function patientRow(patient: PatientView, scans: number): PatientRow {
  const { id, number, name, birth_date, sex, restricted } = patient;
  return { id, number, name, birth_date, sex, restricted, scans };
}

export function summary(one: FakeScan): ReadingSummary | null {
  const newest = one.readings[0];
  if (newest === undefined) return null;
  if (newest.answer.kind === 'not_assessed') return { answer: 'not_assessed', reason: newest.answer.reason };
  const { classes, urgency, measured } = newest.answer;
  const top = [...classes].sort((a, b) => b.probability - a.probability).slice(0, 3);
  const because = classes.filter(({ abnormal }) => abnormal).sort((a, b) => b.probability - a.probability)[0];
  return {
    answer: 'assessed', urgency, because: because?.name ?? '', measured: measured === null ? null : { first: measured.values[0] ?? null, missing: measured.missing },
    top: top.map(({ name, probability, band }) => ({ name, probability, band: band ?? 'below' })),
  };
}

export function worklistRow(one: FakeScan): WorklistRow {
  const newest = one.verdicts[0];
  return {
    scan_id: one.id, patient: patientRow(one.patient, 1), modality: one.modality, description: one.description, study_date: one.studyDate, imported: one.imported,
    frames: frames(one), status: one.status, priority: one.priority, priority_reason: one.priorityReason, reading: summary(one),
    verdict: newest === undefined ? null : { agrees: newest.agrees, class: newest.class, by: newest.by },
  };
}

export const frames = ({ kind }: FakeScan) => (kind === 'chest' ? 1 : kind === 'ct' ? 24 : 25);

/** Above an operating point, and nobody has given a verdict. */
export const isAbove = ({ status, readings: [newest] }: FakeScan) => status === 'read' && newest?.answer.kind === 'assessed' && newest.answer.classes.some(({ abnormal, band }) => abnormal && band === 'above');

export function scanRow(one: FakeScan) {
  return { id: one.id, modality: one.modality, description: one.description, study_date: one.studyDate, frames: frames(one), status: one.status, imported: one.imported };
}

export function scanView(one: FakeScan, study: readonly FakeScan[], { side: film, bare, heart }: Pick<FakeOptions, 'side' | 'bare' | 'heart'>): ScanView {
  const side = one.kind === 'chest' ? film : one.kind === 'ct' ? 512 : CINE_SIDE;
  const ct = one.kind === 'ct';
  const pixel = ct ? 0.7 : one.kind === 'cine' ? CINE_SPACING : 0.4;
  const measures = one.kind === 'cine' && heart !== 'none';
  return {
    id: one.id, patient: one.patient, status: one.status, priority: one.priority, marks: one.marks, readings: one.readings, verdicts: one.verdicts,
    pixels: {
      rows: side, columns: side, frames: frames(one), samples: 1, bits: 16, signed: ct, slope: 1, intercept: ct ? -1000 : 0, inverted: false,
      unit: ct ? 'HU' : null, frame_rate: one.kind === 'cine' ? 25 : null,
    },
    facts: {
      format: 'dicom', modality: one.modality, institution: 'Riverside Clinic', study_description: one.description, series_description: null, study_date: one.studyDate,
      study_time: '09:41', body_part: one.kind === 'cine' ? 'HEART' : 'CHEST', laterality: null, view_position: one.kind === 'chest' ? 'PA' : null, instance: 1,
      slice_thickness: ct ? 5 : null, slice_location: ct ? -120 : null, encoding: 'JPEG 2000 lossless',
    },
    windows: ct
      ? [{ label: 'file', source: 'file', centre: -600, width: 1500 }, { label: 'mediastinum', source: 'preset', centre: 50, width: 350 }, { label: 'bone', source: 'preset', centre: 480, width: 2500 }]
      : [{ label: 'file', source: 'file', centre: 1700, width: 3400 }, { label: 'auto', source: 'auto', centre: 1800, width: 3000 }],
    edges: bare ? null : { left: 'R', right: 'L', top: ct ? 'A' : 'H', bottom: ct ? 'P' : 'F' },
    spacing: bare || (measures && heart !== 'measured') ? null : { row: pixel, column: pixel, source: one.kind === 'chest' ? 'imager_plane' : 'calibrated' },
    siblings: study.map(scanRow),
    models: one.kind === 'chest' ? [{ id: CHEST.id, name: CHEST.name, research_only: false }] : measures ? [{ id: CARDIAC.id, name: CARDIAC.name, research_only: true }] : [],
  };
}
