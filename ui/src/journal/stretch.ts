// A stretch of days as a person chooses it, and as moments of this machine's zone.
export interface Stretch {
  /** `2026-11-21`, or nothing. */
  from: string;
  /** The last day, itself included. */
  to: string;
}

/** From the first moment of the first day up to the end of the last one. */
export function momentsOf({ from, to }: Stretch): { from: string | null; to: string | null } {
  return { from: midnight(from, 0), to: midnight(to, 1) };
}

/** The day of a moment, for a field of dates. */
export function dayOf(moment: string | undefined): string {
  if (moment === undefined) return '';
  const at = new Date(moment);
  return Number.isNaN(at.getTime()) ? '' : `${at.getFullYear()}-${two(at.getMonth() + 1)}-${two(at.getDate())}`;
}

function midnight(day: string, after: number): string | null {
  const [year, month, date] = day.split('-').map(Number);
  if (year === undefined || month === undefined || date === undefined || Number.isNaN(date)) return null;
  return new Date(year, month - 1, date + after).toISOString();
}

const two = (n: number) => String(n).padStart(2, '0');
