// The ways out of the invented clinic, and a patient's own reports.
import type { DeliverySettingsView, DeliveryTestView, OwnReportRow } from '../../bindings/types';
import type { CommandName, Request, Response } from '../types';
import { fails, type Clinic } from './clinic';
import { pagesOf } from './reports/page';
import type { FakeReport } from './reports/state';

type Names = Extract<CommandName, 'delivery.settings' | `delivery.set_${string}` | `delivery.test_${string}` | `own.report${string}` | 'own.save_report'>;
type Handlers = { [N in Names]: (clinic: Clinic, request: Request<N>) => Response<N> };

const settings = new WeakMap<Clinic, DeliverySettingsView>();

function of(clinic: Clinic): DeliverySettingsView {
  const { mail } = clinic.options;
  const known = settings.get(clinic) ?? {
    smtp: mail === 'none' ? null : { host: 'mail.hillside.example', port: 587, security: 'start_tls' as const, user: 'reports@hillside.example', has_password: true, from: 'reports@hillside.example', reply_to: null, resend_uncertain: false },
    whatsapp: mail === 'both' ? { base_url: 'https://graph.provider.example/v20', sender_id: '1029384756', has_token: true } : null,
    fhir: mail === 'both' ? { base_url: 'https://fhir.hospital.example/r4', has_token: true } : null,
  };
  settings.set(clinic, known);
  return known;
}

function set(clinic: Clinic, change: Partial<DeliverySettingsView>): DeliverySettingsView {
  const next = { ...of(clinic), ...change };
  settings.set(clinic, next);
  return next;
}

const RELEASED: readonly string[] = ['final', 'amended', 'appended', 'entered_in_error'];

/** The invented patient at the kiosk has every released report. */
const released = (clinic: Clinic): FakeReport[] => clinic.reports.all.filter(({ state }) => RELEASED.includes(state));

const rowOf = (one: FakeReport): OwnReportRow => ({
  id: one.id, number: one.number ?? '', exam: one.revisions.at(-1)?.content.title ?? '', modality: 'DX', study_date: null, state: one.state, author: one.author, signed: one.revisions.at(-1)?.at ?? one.changed,
});

function ownReport(clinic: Clinic, id: string): FakeReport {
  const found = released(clinic).find((one) => one.id === id);
  if (found === undefined) throw fails('not_found', 'not-found');
  return found;
}

const works: DeliveryTestView = { ok: true, step: null, problem: null, answer: null, ms: 312 };

export const delivery: Handlers = {
  'delivery.settings': (clinic) => of(clinic),
  'delivery.set_smtp': (clinic, { password, ...rest }) => set(clinic, { smtp: rest.host === '' ? null : { ...rest, has_password: password === null ? (of(clinic).smtp?.has_password ?? false) : password !== '' } }),
  'delivery.test_smtp': (clinic) => (of(clinic).smtp?.host === 'smtp.office365.com'
    ? { ok: false, step: 'password', problem: { code: 'wrong_password', message_id: 'delivery-wrong-password', args: {} }, answer: '535 5.7.3 Authentication unsuccessful', ms: 840 }
    : works),
  'delivery.set_fhir': (clinic, { base_url, token }) => set(clinic, { fhir: base_url === '' ? null : { base_url, has_token: token === null ? (of(clinic).fhir?.has_token ?? false) : token !== '' } }),
  'delivery.test_fhir': () => works,
  'delivery.set_whatsapp': (clinic, { base_url, sender_id, token }) => set(clinic, { whatsapp: base_url === '' ? null : { base_url, sender_id, has_token: token === null ? (of(clinic).whatsapp?.has_token ?? false) : token !== '' } }),
  'delivery.test_whatsapp': () => works,
  'own.reports': (clinic) => released(clinic).map(rowOf),
  'own.report': (clinic, { report_id }) => {
    const one = ownReport(clinic, report_id);
    return { row: rowOf(one), scan_id: one.scan.id, language: 'en', signings: [], addenda: one.revisions.flatMap(({ addendum }) => addendum ?? []).reverse() };
  },
  'own.report_preview': (clinic, { report_id }) => ({ pages: pagesOf(ownReport(clinic, report_id), null).length, stamp: String(ownReport(clinic, report_id).revisions.length) }),
  'own.save_report': () => null,
};
