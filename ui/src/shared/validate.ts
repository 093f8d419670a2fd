// The rules that forms check before they ask the record, which checks them again.

/** A real day, not after today, not before 1880. */
export function isPastDate(date: string, today: Date = new Date()): boolean {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(date)) return false;
  const day = new Date(`${date}T00:00:00Z`);
  return !Number.isNaN(day.getTime()) && day.toISOString().startsWith(date) && day <= today && day.getUTCFullYear() >= 1880;
}

/** Sign-in names: 2–64 characters without white space. */
export const isLogin = (login: string) => /^\S{2,64}$/.test(login);

/** Passwords: at least 10 characters. */
export const PASSWORD_LENGTH = 10;
