import { isolate } from '../../i18n/isolate';

/** `1:07` of milliseconds. */
export function showTime(ms: number): string {
  const seconds = Math.max(0, Math.round(ms / 1000));
  return isolate(`${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, '0')}`);
}
