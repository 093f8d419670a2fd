// Reports of the invented clinic, made from its scans: texts, signings, files, deliveries.
import type { DeliveryState, DeliveryView, DraftView, MacroView, OutboxView, PatientView, ReportContent, ReportFileView, ReportState, RevisionView, SigningView } from '../../../bindings/types';
import type { FakeOptions } from '../options';
import { uuid } from '../people';
import type { FakeScan } from '../scans';

export interface FakeReport {
  id: string;
  number: string | null;
  scan: FakeScan;
  author: string;
  mine: boolean;
  state: ReportState;
  draft: DraftView | null;
  revisions: RevisionView[];
  files: (ReportFileView & { passphrase: string })[];
  deliveries: DeliveryView[];
  changed: string;
}

export interface FakeReports {
  all: FakeReport[];
  macros: MacroView[];
  channels: OutboxView['channels'];
  count: number;
}

export const ME = 'Dr Leila Haddad';
const HASH = 'e3a91b0c44d1f07725c86e9fab31d2584c7b6a90e1f2d3c4b5a69788796a5b4c';

export function reportsOf(options: FakeOptions, scans: readonly FakeScan[]): FakeReports {
  const amount = Math.min(options.reports, scans.length);
  return {
    all: Array.from({ length: amount }, (_, n) => sample(n, scans[n] as FakeScan)),
    channels: options.mail === 'none' ? [] : options.mail === 'both' ? ['email', 'whats_app'] : ['email'],
    count: amount,
    macros: [
      { name: 'nad', text: 'No acute disease of heart or lungs.', built_in: true },
      { name: 'nap', text: 'No pleural effusion, no pneumothorax.', built_in: true },
      { name: 'ctr', text: 'The cardiothoracic ratio is within normal limits.', built_in: true },
      { name: 'fu', text: 'Follow-up film in six weeks.', built_in: false },
    ],
  };
}

export function contentOf(scan: FakeScan): ReportContent {
  const reading = scan.readings[0];
  const top = reading?.answer.kind === 'assessed' && reading.answer.grid_rows > 0 ? [...reading.answer.classes].filter(({ abnormal }) => abnormal).sort((a, b) => b.probability - a.probability)[0] : undefined;
  return {
    title: scan.kind === 'chest' ? 'Chest X-ray, PA' : scan.description, language: 'en', include_ai: reading !== undefined, include_scan: true, map: top === undefined ? null : { class: top.id, opacity: 45, palette: 'inferno' },
    text: {
      indication: 'Cough and fever for three weeks, weight loss.', technique: scan.kind === 'chest' ? 'Erect PA film, full inspiration.' : 'Axial slices of 5 mm, no contrast.', comparison: 'None.',
      findings: 'Patchy consolidation in the right upper zone with a cavity of about 2 cm. The left lung is clear.\nNo pleural effusion. Heart size and mediastinum are normal.',
      impression: 'Cavitating consolidation of the right upper lobe, tuberculosis to be excluded.', recommendation: 'Sputum for microscopy and molecular test; isolate until known.',
    },
  };
}

export const freshDraft = (content: ReportContent, of: ReportState | null = null, reason = ''): DraftView => ({ purpose: of === null || of === 'preliminary' ? 'text' : 'correction', content, edit: 1, saved: new Date().toISOString(), of, reason });

/** What stands in the invented record: every state, again and again. */
const STATES: readonly ReportState[] = ['draft', 'preliminary', 'final', 'appended', 'final', 'amended', 'draft', 'final', 'entered_in_error', 'final'];

function sample(n: number, scan: FakeScan): FakeReport {
  const state = STATES[n % STATES.length] ?? 'final';
  const mine = n % 4 !== 2 || n < 7;
  const at = (hours: number) => new Date(Date.now() - (n * 9 + 1) * 3_600_000 - hours * 3_600_000).toISOString();
  const content = contentOf(scan);
  const author = mine ? ME : 'Dr Kemi Adeyemi';
  const id = uuid('report', n);
  const one: FakeReport = { id, number: null, scan, author, mine, state, draft: null, revisions: [], files: [], deliveries: [], changed: at(0) };
  if (state === 'draft') {
    one.draft = freshDraft(n === 6 ? { ...content, text: { ...content.text, findings: '', impression: '' } } : content);
    return one;
  }
  one.number = `R-${String(n + 1).padStart(6, '0')}`;
  one.revisions.push(revision(1, state === 'preliminary' ? 'preliminary' : 'final', content, author, at(3), ''));
  if (state === 'appended') one.revisions.push({ ...revision(2, state, content, author, at(1), ''), addendum: { kind: state, reason: '', text: 'Sputum microscopy is positive. Discussed with the ward by telephone.', by: author, at: at(1) } });
  if (state === 'amended' || state === 'entered_in_error') {
    const reason = state === 'amended' ? 'Side corrected: right instead of left.' : 'Written for the wrong patient.';
    one.revisions.push({ ...revision(2, state, content, author, at(1), reason), addendum: { kind: state, reason, text: '', by: author, at: at(1) } });
  }
  if (state === 'final' || state === 'appended') {
    one.files.push({ id: `file-${n}`, revision: 1, purpose: 'original', sealed: at(2), bytes: 184_320, passphrase: 'harbour velvet cactus ninety orchid lantern' });
    one.deliveries.push(delivery(one, 0, n === 2 ? 'uncertain' : n === 7 ? 'failed' : n === 4 ? 'waiting' : 'delivered', 'family@example.org', 1, at(2)));
    if (n === 2) one.deliveries.push(delivery(one, 1, 'delivered', 'chest.clinic@hospital.example', 1, at(2)));
  }
  return one;
}

export function revision(number: number, becomes: ReportState, content: ReportContent, by: string, at: string, reason: string): RevisionView {
  const signing: SigningView = { revision: number, becomes, by, at, reason, sha256: HASH.slice(number) + HASH.slice(0, number), key: HASH };
  return { ...signing, content, addendum: null };
}

export function delivery({ id, number }: FakeReport, n: number, state: DeliveryState, address: string, of: number, at: string, language: DeliveryView['language'] = 'en', channel: DeliveryView['channel'] = 'email'): DeliveryView {
  const message_id = { waiting: 'delivery-no-connection', uncertain: 'delivery-answer-lost', failed: 'delivery-recipient-unknown' }[state as 'waiting'];
  return {
    id: uuid('deliver', Number(id.slice(-6)) * 10 + n), report_id: id, number: number ?? '', revision: of, channel, address, language, state, attempts: state === 'waiting' ? 2 : 1,
    next_try: state === 'waiting' ? new Date(Date.now() + 4 * 60_000).toISOString() : null, created: at, changed: at, problem: message_id === undefined ? null : { code: 'busy', message_id, args: {} },
  };
}

export const patientOf = ({ scan }: FakeReport): PatientView => scan.patient;
