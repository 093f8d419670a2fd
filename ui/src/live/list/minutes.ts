/** Whole minutes between two moments, at least one. */
export const minutesBetween = (from: string, to: string): number => Math.max(1, Math.round((Date.parse(to) - Date.parse(from)) / 60_000));
