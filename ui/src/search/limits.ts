// What the screen asks for, as the command wants it.
import type { SearchLimits } from '../bindings/types';
import type { SearchView } from './view-store';

export function limitsOf({ kind, patient, from, to }: Pick<SearchView, 'kind' | 'patient' | 'from' | 'to'>): SearchLimits {
  return { kinds: kind === 'all' ? [] : [kind], patient_id: patient?.id ?? null, from: moment(from, 0), to: moment(to, 1) };
}

/** The beginning of a day here, or of the day after it; none where there is no such day. */
function moment(day: string, plus: number): string | null {
  const [, year, month, date] = /^(\d{4})-(\d\d)-(\d\d)$/.exec(day) ?? [];
  if (year === undefined) return null;
  const at = new Date(Number(year), Number(month) - 1, Number(date) + plus);
  return Number.isNaN(at.getTime()) ? null : at.toISOString();
}
