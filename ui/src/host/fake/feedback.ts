// What doctors said of the invented clinic's readings.
import type { DriftWindow, ShareView } from '../../bindings/types';
import type { CommandName, Request, Response } from '../types';
import { fails, PASSWORD, type Clinic } from './clinic';
import { chance } from './people';
import { CHEST } from './scans';

type Handlers = { [N in Extract<CommandName, `feedback.${string}`>]: (clinic: Clinic, request: Request<N>) => Response<N> };

/** Wilson's interval, as the record's. */
function share(key: string, name: string | null, of: number, hits: number): ShareView {
  const z2 = 1.959_963_985 ** 2;
  if (of === 0) return { key, name, of, hits, low: 0, high: 1 };
  const p = hits / of;
  const half = Math.sqrt(z2) * Math.sqrt((p * (1 - p)) / of + z2 / (4 * of * of));
  return { key, name, of, hits, low: Math.max(0, (p + z2 / (2 * of) - half) / (1 + z2 / of)), high: Math.min(1, (p + z2 / (2 * of) + half) / (1 + z2 / of)) };
}

const judgedScans = (clinic: Clinic) => clinic.scans.filter(({ verdicts, readings }) => verdicts[0]?.reading_id != null && readings[0]?.answer.kind === 'assessed');

export const feedback: Handlers = {
  'feedback.agreement': ({ options: { judged } }) => {
    if (judged === 'none') return [];
    const times = judged === 'many' ? 40 : 1;
    return [{
      model_id: CHEST.id, version: CHEST.version, sha256: CHEST.sha256, readings: 31 * times, not_assessed: 3 * times, all: share('', null, 21 * times, 17 * times),
      by_class: [share('no-finding', 'No finding', 11 * times, 10 * times), share('pneumonia', 'Pneumonia', 7 * times, 5 * times), share('effusion', 'Pleural effusion', 3 * times, 2 * times)],
      by_modality: [share('CR', null, 6 * times, 4 * times), share('DX', null, 15 * times, 13 * times)],
      kappa: { kappa: 0.71, low: 0.71 - 0.9 / Math.sqrt(20 * times), high: Math.min(1, 0.71 + 0.9 / Math.sqrt(20 * times)), of: 20 * times },
      classes: [{ id: 'no-finding', name: 'No finding' }, { id: 'pneumonia', name: 'Pneumonia' }, { id: 'effusion', name: 'Pleural effusion' }],
      pairs: [
        { said: 'no-finding', doctor: 'no-finding', count: 10 * times }, { said: 'no-finding', doctor: 'pneumonia', count: times }, { said: 'pneumonia', doctor: 'pneumonia', count: 5 * times },
        { said: 'pneumonia', doctor: 'effusion', count: times }, { said: 'pneumonia', doctor: null, count: times }, { said: 'effusion', doctor: 'effusion', count: 2 * times }, { said: 'effusion', doctor: 'no-finding', count: times },
      ],
    }];
  },
  'feedback.drift': ({ options: { judged } }) => {
    if (judged === 'none') return [];
    const windows: DriftWindow[] = judged === 'few' ? [] : Array.from({ length: 9 }, (_, n) => ({ from: 201 + n * 200, to: 400 + n * 200, psi: 0.03 + chance(n) * 0.05 + Math.max(0, n - 5) * 0.09, mean: 0.22 + Math.max(0, n - 5) * 0.05 }));
    return [{ model_id: CHEST.id, version: CHEST.version, sha256: CHEST.sha256, readings: judged === 'few' ? 31 : 2000, first: 200, first_mean: judged === 'few' ? null : 0.21, windows, drift: judged === 'few' ? 'too_few' : 'moved' }];
  },
  'feedback.list': (clinic) => ({
    rows: judgedScans(clinic).map((scan) => ({
      scan_id: scan.id, patient_id: scan.patient.id, patient_number: scan.patient.number, patient_name: scan.patient.name, modality: scan.modality, model_id: CHEST.id, version: CHEST.version, said: 'pneumonia',
      label: scan.verdicts[0]?.agrees === true ? 'pneumonia' : 'effusion', agrees: scan.verdicts[0]?.agrees === true, region: scan.seed % 8 === 3, look: scan.seed % 3 === 0, at: scan.verdicts[0]?.at ?? scan.imported,
    })),
    own_words: 1,
  }),
  'feedback.export': (_, { folder, scans, password }) => {
    if (password !== PASSWORD) throw fails('wrong_password', 'wrong-password');
    return { folder: `${folder}/medibridge-feedback-2026-11-21`, images: scans.length, not_looked_at: 0, unreadable: 0 };
  },
};
