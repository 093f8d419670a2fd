// When a window locks: pure, so that it can be tested without waiting.

export const WARNING_SECONDS = 30;

export type IdleState = { kind: 'awake' } | { kind: 'warning'; seconds: number } | { kind: 'lock' };

/** Where a window stands that was last used at `usedAt`; times in milliseconds. */
export function idleState(usedAt: number, now: number, minutes: number): IdleState {
  const left = minutes * 60 - (now - usedAt) / 1000;
  if (left <= 0) return { kind: 'lock' };
  if (left <= WARNING_SECONDS) return { kind: 'warning', seconds: Math.ceil(left) };
  return { kind: 'awake' };
}
