// What the commands of reports do in the invented clinic: the same states, edit numbers and refusals as the real one.
import type { ConfirmedIdentifier, ReportRow, ReportState, ReportView, RevisionView } from '../../../bindings/types';
import type { CommandName, Request, Response } from '../../types';
import { fails, PASSWORD, type Clinic } from '../../fake/clinic';
import { uuid } from '../people';
import { pagesOf } from './page';
import { contentOf, delivery, freshDraft, ME, revision, type FakeReport } from './state';

type Names = Extract<CommandName, `reports.${string}` | 'delivery.send' | 'delivery.page' | 'delivery.cancel' | 'delivery.retry' | 'delivery.confirm' | 'delivery.history' | 'delivery.outbox'>;
type Handlers = { [N in Names]: (clinic: Clinic, request: Request<N>) => Response<N> };

const FINAL: readonly ReportState[] = ['final', 'amended', 'appended'];
const EMPTY = { indication: '', technique: '', comparison: '', findings: '', impression: '', recommendation: '' };

export const reports: Handlers = {
  'reports.page': (clinic, { shelf, patient_id, query, cursor, limit }) => {
    const { all } = clinic.reports;
    const drafts = all.filter(({ mine, draft }) => mine && draft !== null);
    const toSign = all.filter(({ mine, draft, state }) => mine && draft === null && state === 'preliminary');
    const shown = { drafts, to_sign: toSign, signed: all.filter(({ state }) => FINAL.includes(state) || state === 'entered_in_error'), all }[shelf]
      .filter(({ scan: { patient }, number }) => (patient_id === null || patient.id === patient_id) && [patient.name, patient.number, number ?? ''].some((text) => text.toLowerCase().includes(query.toLowerCase())));
    const start = Number(cursor ?? 0);
    const trouble = all.flatMap(({ deliveries }) => deliveries).filter(({ state }) => state === 'failed' || state === 'uncertain').length;
    return { rows: shown.slice(start, start + limit).map(rowOf), next: start + limit < shown.length ? String(start + limit) : null, counts: { drafts: drafts.length, to_sign: toSign.length, trouble } };
  },
  'reports.for_scan': ({ reports: { all } }, { id }) => all.filter(({ scan }) => scan.id === id).map(rowOf),
  'reports.start': (clinic, { scan_id, language }) => {
    const scan = clinic.scans.find(({ id }) => id === scan_id);
    if (scan === undefined) throw fails('not_found', 'scan-not-found');
    const content = contentOf(scan);
    clinic.reports.count += 1;
    const one: FakeReport = { id: uuid('report', clinic.reports.count + 5000), number: null, scan, author: ME, mine: true, state: 'draft', revisions: [], files: [], deliveries: [], changed: now(), draft: freshDraft({ ...content, language, text: { ...EMPTY, technique: content.text.technique } }) };
    clinic.reports.all = [one, ...clinic.reports.all];
    return viewOf(one);
  },
  'reports.view': (clinic, { report_id }) => viewOf(find(clinic, report_id)),
  'reports.save': (clinic, { report_id, edit, content }) => {
    const one = find(clinic, report_id);
    if (one.draft === null) throw fails('conflict', 'report-not-open');
    if (one.draft.edit !== edit) throw fails('conflict', 'report-draft-changed');
    one.draft = { ...one.draft, content, edit: edit + 1, saved: now() };
    one.changed = now();
    return { edit: edit + 1, saved: one.draft.saved };
  },
  'reports.discard': (clinic, { report_id }) => {
    const one = find(clinic, report_id);
    one.draft = null;
    if (one.state === 'draft') clinic.reports.all = clinic.reports.all.filter((other) => other !== one);
    return null;
  },
  'reports.reopen': (clinic, { report_id, reason }) => {
    const one = find(clinic, report_id);
    const last = one.revisions.at(-1);
    if (last === undefined || one.state === 'entered_in_error') throw fails('conflict', 'report-not-signed');
    one.draft = freshDraft(last.content, one.state, reason);
    return viewOf(one);
  },
  'reports.preview': (clinic, { report_id, revision: asked }) => {
    const one = find(clinic, report_id);
    return { pages: pagesOf(one, asked).length, stamp: asked === null ? stampOf(one) : `r${asked}` };
  },
  'reports.sign': (clinic, { report_id, edit, stamp, becomes, password, confirmed }) => {
    const one = find(clinic, report_id);
    proven(clinic, one, password, confirmed);
    if (one.draft === null || one.draft.edit !== edit) throw fails('conflict', 'report-draft-changed');
    if (stamp !== stampOf(one)) throw fails('conflict', 'report-pages-changed');
    one.number ??= `R-${String((clinic.reports.count += 1)).padStart(6, '0')}`;
    return signed(one, becomes, one.draft.content, one.draft.reason, becomes === 'amended' ? { kind: becomes, reason: one.draft.reason, text: '', by: ME, at: now() } : null);
  },
  'reports.addend': (clinic, { report_id, text, password, confirmed }) => {
    const one = find(clinic, report_id);
    proven(clinic, one, password, confirmed);
    const last = one.revisions.at(-1);
    if (last === undefined || !FINAL.includes(one.state)) throw fails('conflict', 'report-not-final');
    return signed(one, 'appended', last.content, '', { kind: 'appended', reason: '', text, by: ME, at: now() });
  },
  'reports.retract': (clinic, { report_id, reason, password, confirmed }) => {
    const one = find(clinic, report_id);
    proven(clinic, one, password, confirmed);
    const last = one.revisions.at(-1);
    if (last === undefined) throw fails('conflict', 'report-not-signed');
    return signed(one, 'entered_in_error', last.content, reason, { kind: 'entered_in_error', reason, text: '', by: ME, at: now() });
  },
  'reports.history': (clinic, { report_id }) => structuredClone(find(clinic, report_id).revisions),
  'reports.seal': (clinic, { report_id, passphrase }) => {
    const one = find(clinic, report_id);
    if (!FINAL.includes(one.state)) throw fails('conflict', 'report-not-final');
    const words = passphrase ?? 'copper meadow sailor thirteen walnut ribbon';
    const file = { id: uuid('file', one.files.length + 100), revision: one.revisions.length, purpose: one.files.length === 0 ? 'original' as const : 'copy' as const, sealed: now(), bytes: 191_488 };
    one.files = [{ ...file, passphrase: words }, ...one.files];
    return { file, passphrase: words };
  },
  'reports.passphrase': (clinic, { report_id, file_id }) => ({ passphrase: find(clinic, report_id).files.find(({ id }) => id === file_id)?.passphrase ?? '' }),
  'reports.save_file': () => null,
  'reports.file_name': (clinic, { report_id, kind }) => ({ file_name: `${find(clinic, report_id).number ?? 'draft'}${{ pdf: '.pdf', draft_pdf: '-unsigned.pdf', film: '-film.pdf', dicom_sc: '-image.dcm', dicom_sr: '-report.dcm', fhir: '.fhir.json', deidentified: '-without-identity.dcm' }[kind]}` }),
  'reports.printed': () => null,
  'reports.push_fhir': (clinic, { report_id }) => ({ server: 'fhir.riverside.example', location: `DiagnosticReport/${find(clinic, report_id).number}` }),
  'reports.check_file': () => ({ file: 'unknown', report_id: null, number: null, revision: null, superseded: false, signature: null, document: null, pictures: null }),
  'reports.templates': () => [
    { key: 'chest-normal', name: 'Chest X-ray, normal', modalities: ['DX', 'CR'], title: 'Chest X-ray, PA', text: { ...EMPTY, technique: 'Erect PA film, full inspiration.', findings: 'Both lungs are clear. No pleural effusion, no pneumothorax.\nHeart size, mediastinum and hila are normal. The bones are intact.', impression: 'Normal chest film.' } },
    { key: 'chest-tb', name: 'Chest X-ray, tuberculosis screening', modalities: ['DX', 'CR'], title: 'Chest X-ray, PA', text: { ...EMPTY, indication: 'Screening for pulmonary tuberculosis.', findings: 'No cavity, no consolidation, no enlarged lymph nodes.', recommendation: 'Sputum test where symptoms persist.' } },
    { key: 'empty', name: 'Headings only', modalities: [], title: '', text: EMPTY },
  ],
  'reports.own_macros': ({ reports: { macros } }) => macros.map((macro) => ({ ...macro })),
  'reports.save_macro': (clinic, { name, text }) => {
    const macro = { name, text, built_in: false };
    clinic.reports.macros = [...clinic.reports.macros.filter((one) => one.name !== name), macro];
    return macro;
  },
  'reports.remove_macro': (clinic, { name }) => {
    clinic.reports.macros = clinic.reports.macros.filter((one) => one.name !== name);
    return null;
  },

  'delivery.send': (clinic, { report_id, recipients, confirmed }) => {
    const one = find(clinic, report_id);
    compared(one, confirmed);
    if (!one.files.some((file) => file.revision === one.revisions.length)) throw fails('conflict', 'report-not-sealed');
    const made = recipients.map(({ address, language, channel }, n) => ({ ...delivery(one, one.deliveries.length + n, 'waiting', address, one.revisions.length, now(), language, channel), attempts: 0, problem: null }));
    one.deliveries = [...made, ...one.deliveries];
    return made;
  },
  'delivery.page': (clinic, { report_id, state, limit }) => ({ rows: clinic.reports.all.filter(({ id }) => report_id === null || id === report_id).flatMap(({ deliveries }) => deliveries).filter((one) => state === null || one.state === state).slice(0, limit).map((one) => ({ ...one })), next: null }),
  'delivery.cancel': (clinic, { id }) => change(clinic, id, 'cancelled'),
  'delivery.retry': (clinic, { id }) => change(clinic, id, 'waiting'),
  'delivery.confirm': (clinic, { id }) => change(clinic, id, 'delivered'),
  'delivery.history': () => [],
  'delivery.outbox': ({ reports: { all, channels } }) => {
    const count = (asked: string) => all.flatMap(({ deliveries }) => deliveries).filter(({ state }) => state === asked).length;
    return { waiting: count('waiting'), uncertain: count('uncertain'), failed: count('failed'), next_try: null, channels, problem: null };
  },
};

const now = () => new Date().toISOString();

/** The pages of an open draft by name. */
const stampOf = ({ draft, revisions }: FakeReport): string => `d${draft?.edit ?? 0}-${revisions.length}`;

function find({ reports: { all } }: Clinic, id: string): FakeReport {
  const one = all.find((report) => report.id === id);
  if (one === undefined) throw fails('not_found', 'report-not-found');
  return one;
}

function change(clinic: Clinic, id: string, state: 'cancelled' | 'waiting' | 'delivered') {
  const one = clinic.reports.all.flatMap(({ deliveries }) => deliveries).find((delivery) => delivery.id === id);
  if (one === undefined) throw fails('not_found', 'delivery-not-found');
  Object.assign(one, { state, changed: now(), problem: null, next_try: null, attempts: 0 });
  return { ...one };
}

function compared({ scan: { patient } }: FakeReport, confirmed: readonly ConfirmedIdentifier[]): void {
  const same = confirmed.filter(({ identifier, value }) => patient[identifier] === value);
  if (new Set(same.map(({ identifier }) => identifier)).size < 2) throw fails('conflict', 'report-identity-differs');
}

function proven(clinic: Clinic, one: FakeReport, password: string, confirmed: readonly ConfirmedIdentifier[]): void {
  if (!one.mine) throw fails('forbidden', 'report-not-yours');
  compared(one, confirmed);
  if (clinic.tries >= 3) throw fails('too_many_tries', 'too-many-tries', { seconds: '30' });
  if (password !== PASSWORD) {
    clinic.tries += 1;
    throw fails('wrong_password', 'wrong-password');
  }
  clinic.tries = 0;
}

function signed(one: FakeReport, becomes: ReportState, content: RevisionView['content'], reason: string, addendum: RevisionView['addendum']): ReportView {
  one.revisions.push({ ...revision(one.revisions.length + 1, becomes, content, ME, now(), reason), addendum });
  Object.assign(one, { state: becomes, draft: null, changed: now() });
  if (FINAL.includes(becomes)) one.scan.status = 'reported';
  return viewOf(one);
}

function rowOf(one: FakeReport): ReportRow {
  const count = (asked: string) => one.deliveries.filter(({ state }) => state === asked).length;
  const content = one.revisions.at(-1)?.content ?? one.draft?.content;
  const { id, number, name, birth_date, sex, restricted } = one.scan.patient;
  return {
    id: one.id, number: one.number, patient: { id, number, name, birth_date, sex, restricted }, scan_id: one.scan.id, exam: content?.title ?? '', modality: one.scan.modality, study_date: one.scan.studyDate, state: one.state, revision: one.revisions.length,
    open: one.draft !== null, author: one.author, mine: one.mine, language: content?.language ?? 'en', changed: one.changed, deliveries: { delivered: count('delivered'), waiting: count('waiting'), uncertain: count('uncertain'), failed: count('failed') },
  };
}

/** A copy, as one that came over the wire would be; a draft is shown to its author alone. */
function viewOf(one: FakeReport): ReportView {
  const { scan, revisions, draft, mine } = one;
  const reading = scan.readings[0];
  const current = revisions.length;
  const told = new Map(one.deliveries.filter(({ state }) => state === 'delivered' || state === 'uncertain').map((each) => [each.address, each]));
  for (const each of one.deliveries) if (each.revision === current) told.delete(each.address);
  return structuredClone({
    id: one.id, number: one.number, state: one.state, revision: current, patient: scan.patient, scan_id: scan.id, modality: scan.modality, study_date: scan.studyDate, author: one.author, mine,
    drafting: draft?.saved ?? null, draft: mine ? draft : null, content: revisions.at(-1)?.content ?? null,
    ai: reading === undefined ? null : { reading_id: reading.id, at: reading.at, model_id: reading.model.id, model_name: reading.model.name, version: reading.model.version, sha256: reading.model.sha256, research_only: reading.model.research_only, answer: reading.answer },
    verdict: scan.verdicts[0] ?? null, signings: revisions.map(({ content: _content, addendum: _addendum, ...signing }) => signing), addenda: revisions.flatMap(({ addendum }) => (addendum === null ? [] : [addendum])).reverse(),
    files: one.files.map(({ passphrase: _passphrase, ...file }) => file), not_told: [...told.values()].map(({ channel, address, language, revision: got }) => ({ channel, address, language, revision: got })),
  });
}
