// What waits for the doctor of the invented clinic, counted from what it holds.
import type { CommandName, Request, Response } from '../types';
import type { Clinic } from './clinic';
import { handlers } from './handlers';
import { isAbove, worklistRow } from './scans';

type Handlers = { [N in Extract<CommandName, `home.${string}`>]: (clinic: Clinic, request: Request<N>) => Response<N> };

export const home: Handlers = {
  'home.doctor': (clinic, { since }) => {
    const above = clinic.scans.filter(isAbove);
    const talks = handlers['live.page'](clinic, { patient_id: null, running: false, cursor: null, limit: 50 }).rows.filter(({ started, ended }) => ended === null || started >= since);
    const drafts = handlers['reports.page'](clinic, { shelf: 'drafts', patient_id: null, query: '', cursor: null, limit: 50 });
    const trouble = handlers['delivery.page'](clinic, { report_id: null, state: null, cursor: null, limit: 50 }).rows.filter(({ state }) => state === 'failed' || state === 'uncertain');
    return {
      consultations: talks.length, running: talks.filter(({ ended }) => ended === null).length, consultation_rows: talks.slice(0, 5),
      above: above.length, above_rows: above.slice(0, 5).map(worklistRow),
      drafts: drafts.counts.drafts, draft_rows: drafts.rows.slice(0, 5),
      notes: 0, note_rows: [],
      trouble: trouble.length, trouble_rows: trouble.slice(0, 5).map((delivery) => ({ patient_name: clinic.reports.all.find(({ id }) => id === delivery.report_id)?.scan.patient.name ?? '', delivery })),
      duplicates: handlers['patients.duplicates'](clinic, { cursor: null, limit: 0 }).waiting,
    };
  },
};
