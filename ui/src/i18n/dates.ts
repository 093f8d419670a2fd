// Dates that cannot be misread (NHS Common User Interface: 14-Jul-1945 (81y)), 24-hour time. The month is a word in each
// language; Japanese and Chinese write the year first with its sign, which cannot be misread either.
import { words } from '.';
import { isolate } from './isolate';
import { kept } from './locale';

const DAY = 86_400_000;

/** `Jul`, `июль`, `يوليو`: alone, as it stands between hyphens, without the dot of an abbreviation. */
const months = kept((locale) => {
  const name = new Intl.DateTimeFormat(locale, { month: 'short', timeZone: 'UTC' });
  return Array.from({ length: 12 }, (_, month) => name.format(Date.UTC(2026, month, 14)).replace(/[.॰]$/, ''));
});

/** `1945-07-14` → `14-Jul-1945`; anything that is no date is shown as it came. */
export function showDate(date: string): string {
  const [, year, month, day] = /^(\d{4})-(\d{2})-(\d{2})/.exec(date) ?? [];
  if (year === undefined || month === undefined || day === undefined) return date;
  if (Number(month) < 1 || Number(month) > 12) return date;
  return isolate(inOrder(day, Number(month), year));
}

/** Whole years, or months below two years, or days below one month, as a child's age is given. */
export function showAge(birthDate: string, today: Date = new Date()): string {
  const [, year, month, day] = (/^(\d{4})-(\d{2})-(\d{2})/.exec(birthDate) ?? []).map(Number);
  if (year === undefined || month === undefined || day === undefined) return '';
  const born = new Date(year, month - 1, day);
  if (born > today) return '';
  let months = (today.getFullYear() - year) * 12 + today.getMonth() - (month - 1);
  if (today.getDate() < day) months -= 1;
  if (months >= 24) return words.t('common:age.years', { count: Math.floor(months / 12) });
  if (months >= 1) return words.t('common:age.months', { count: months });
  return words.t('common:age.days', { count: Math.floor((today.getTime() - born.getTime()) / DAY) });
}

/** `14-Jul-1945 (81y)`. */
export function showBirth(birthDate: string, today?: Date): string {
  const age = showAge(birthDate, today);
  return age === '' ? showDate(birthDate) : isolate(`${showDate(birthDate)} (${age})`);
}

/** `21-Nov-2026 03:08`, in this machine's zone. */
export function showMoment(timestamp: string): string {
  const at = new Date(timestamp);
  if (Number.isNaN(at.getTime())) return timestamp;
  return isolate(`${inOrder(two(at.getDate()), at.getMonth() + 1, String(at.getFullYear()))} ${showClock(timestamp)}`);
}

/** `03:08`, in this machine's zone. */
export function showClock(timestamp: string): string {
  const at = new Date(timestamp);
  return `${two(at.getHours())}:${two(at.getMinutes())}`;
}

/** `4 min`, `3 h`, `12 d`: how long ago, for a column of ages. */
export function showSince(timestamp: string, now: Date = new Date()): string {
  const minutes = Math.max(0, Math.floor((now.getTime() - new Date(timestamp).getTime()) / 60_000));
  if (minutes < 60) return words.t('common:since.minutes', { n: minutes });
  if (minutes < 48 * 60) return words.t('common:since.hours', { n: Math.floor(minutes / 60) });
  return words.t('common:since.days', { n: Math.floor(minutes / 1440) });
}

/** The parts of a day in the order of the language. */
function inOrder(day: string, month: number, year: string): string {
  const name = months()[month - 1] ?? '';
  const language = (words.language ?? 'en').split('-')[0];
  return language === 'ja' || language === 'zh' ? `${year}年${name}${Number(day)}日` : `${day}-${name}-${year}`;
}

const two = (n: number) => String(n).padStart(2, '0');
