// Times as everybody reads them: 24 hours, digits that do not change with the language.
const two = (n: number) => String(n).padStart(2, '0');

/** `14:05`, in this phone's zone. */
export function clock(at: number): string {
  const date = new Date(at);
  return `${two(date.getHours())}:${two(date.getMinutes())}`;
}

/** `2026-11-21 14:05`, in this phone's zone. */
export function moment(at: number): string {
  const date = new Date(at);
  return `${date.getFullYear()}-${two(date.getMonth() + 1)}-${two(date.getDate())} ${clock(at)}`;
}

/** `1:05` of milliseconds. */
export function span(ms: number): string {
  const seconds = Math.round(ms / 1000);
  return `${Math.floor(seconds / 60)}:${two(seconds % 60)}`;
}
