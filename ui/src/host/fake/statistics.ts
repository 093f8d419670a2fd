// Figures of the invented clinic: what its scans, reports and models would give.
import type { BucketView, CountedRowView, FigureView, TurnaroundView } from '../../bindings/types';
import type { CommandName, Request, Response } from '../types';
import type { Clinic } from './clinic';
import { chance, two, uuid } from './people';
import { reviewsOf } from './break-glass';

type Some = 'statistics.home' | 'statistics.view' | 'statistics.rows';
const DAY = 86_400_000;
const HOUR = 3_600_000;

export const statistics: { [N in Some & CommandName]: (clinic: Clinic, request: Request<N>) => Response<N> } = {
  'statistics.home': (clinic) => {
    const reviews = reviewsOf(clinic).filter(({ review }) => review === null);
    const waiting = clinic.scans.filter(({ status }) => status === 'imported' || status === 'read');
    const since = new Date(Date.now() - 7 * DAY).toISOString();
    const lately = clinic.journal.filter(({ at }) => at >= since);
    return {
      reviews: reviews.length, reviews_overdue: reviews.filter(({ overdue }) => overdue).length,
      waiting: waiting.length, waiting_since: waiting.length === 0 ? null : new Date(Date.now() - 31 * HOUR).toISOString(),
      refused: lately.filter(({ outcome }) => outcome === 'refused').length, failed: lately.filter(({ outcome }) => outcome === 'failed').length, since,
      people: clinic.users.filter(({ enabled }) => enabled).length, signed_in: 2, scans: buckets(clinic, 30, 1, 9), turnaround: turnaround(clinic),
    };
  },
  'statistics.view': (clinic, { steps, step }) => {
    const days = step === 'day' ? 1 : 7;
    const scans = buckets(clinic, steps, days, 9);
    return {
      from: scans[0]?.from ?? '', to: scans.at(-1)?.to ?? '', scans, consultations: buckets(clinic, steps, days, 4), reports: buckets(clinic, steps, days, 6),
      classes: clinic.scans.length === 0 ? [] : [
        ...[['No finding', 812], ['Pneumonia', 214], ['Pleural effusion', 131], ['Cardiomegaly', 88], ['Nodule or mass', 41], ['Tuberculosis', 27], ['Pneumothorax', 9]].map(([name, readings]) => ({ model_id: clinic.models[0]?.id ?? '', version: '1.0.0', class: String(name), readings: Number(readings) })),
        { model_id: clinic.models[0]?.id ?? '', version: '1.0.0', class: null, readings: 96 },
      ],
      turnaround: turnaround(clinic),
      accounts: (['administrator', 'doctor', 'patient', 'pharmacist'] as const).map((role) => {
        const own = clinic.users.filter((user) => user.role === role);
        return { role, enabled: own.filter(({ enabled }) => enabled).length, disabled: own.filter(({ enabled, removed }) => !enabled && removed === null).length, removed: own.filter(({ removed }) => removed !== null).length };
      }),
    };
  },
  'statistics.rows': (clinic, { counted, from, cursor, limit }) => {
    const start = Number(cursor ?? 0);
    const all = Math.min(240, clinic.scans.length * 3);
    const rows = Array.from({ length: Math.max(0, Math.min(limit, all - start)) }, (_, n) => row(counted, from, start + n));
    return { rows, next: start + limit < all ? String(start + limit) : null };
  },
};

function row(counted: FigureView, from: string, n: number): CountedRowView {
  const kind = { scans: 'scan', waiting: 'scan', readings: 'reading', verdicts: 'verdict', consultations: 'consultation', reports: 'report' }[counted.of];
  const what = counted.of === 'readings' ? (counted.class ?? '') : kind === 'scan' ? (n % 5 === 0 ? 'CT' : 'DX') : kind === 'report' ? String(400 - n) : '';
  return { kind, id: uuid(kind, n), at: new Date(new Date(from).getTime() + 20 * HOUR - n * 240_000).toISOString(), patient_number: `MB-${String(1 + Math.floor(chance(n) * 60)).padStart(6, '0')}`, what, ms: kind === 'report' ? Math.round(chance(n) * 30 * HOUR) : null };
}

function buckets(clinic: Clinic, steps: number, days: number, most: number): BucketView[] {
  const now = new Date();
  const today = Date.UTC(now.getUTCFullYear(), now.getUTCMonth(), now.getUTCDate());
  return Array.from({ length: steps }, (_, n) => {
    const from = new Date(today - (steps - 1 - n) * days * DAY);
    const weekend = days === 1 && (from.getUTCDay() === 0 || from.getUTCDay() === 6);
    const count = clinic.scans.length === 0 || weekend ? 0 : Math.round((0.3 + 0.7 * chance(n * most)) * most * days * (clinic.scans.length > 4000 ? 40 : 1));
    return { day: `${from.getUTCFullYear()}-${two(from.getUTCMonth() + 1)}-${two(from.getUTCDate())}`, from: from.toISOString(), to: new Date(from.getTime() + days * DAY).toISOString(), count };
  });
}

function turnaround(clinic: Clinic): TurnaroundView {
  const limits = [HOUR, 4 * HOUR, DAY, 3 * DAY];
  const counts = clinic.scans.length === 0 ? [0, 0, 0, 0, 0] : [18, 41, 26, 9, 2];
  return {
    reports: counts.reduce((sum, one) => sum + one, 0), median_ms: clinic.scans.length === 0 ? null : 3.4 * HOUR, p90_ms: clinic.scans.length === 0 ? null : 27 * HOUR,
    bands: counts.map((count, n) => ({ over_ms: limits[n - 1] ?? null, up_to_ms: limits[n] ?? null, count })),
  };
}
