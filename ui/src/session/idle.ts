// When a window locks: pure, so that it can be tested without waiting.

export const WARNING_SECONDS = 30;

export type IdleState = { kind: 'awake' } | { kind: 'warning'; seconds: number } | { kind: 'lock' };

/** A moment by two clocks: the machine's, which runs on while it sleeps but may be set, and one that never goes back. */
export interface Moment {
  wall: number;
  steady: number;
}

export const thisMoment = (): Moment => ({ wall: Date.now(), steady: performance.now() });

/** A clock that steps back this far was set by somebody: the window locks. */
const STEP_BACK = 120_000;

/** Where a window stands that was last used at `usedAt`; times in milliseconds. A clock set back stretches nothing. */
export function idleState(usedAt: Moment, now: Moment, minutes: number): IdleState {
  if (now.wall < usedAt.wall - STEP_BACK) return { kind: 'lock' };
  const away = Math.max(now.wall - usedAt.wall, now.steady - usedAt.steady);
  const left = minutes * 60 - away / 1000;
  if (left <= 0) return { kind: 'lock' };
  if (left <= WARNING_SECONDS) return { kind: 'warning', seconds: Math.ceil(left) };
  return { kind: 'awake' };
}
