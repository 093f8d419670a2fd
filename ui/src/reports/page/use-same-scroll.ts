import { useEffect, type RefObject } from 'react';

/** Two panes that say the same stand at the same place: the one that is scrolled takes the other along. */
export function useSameScroll(one: RefObject<HTMLElement | null>, other: RefObject<HTMLElement | null>): void {
  useEffect(() => {
    const a = one.current;
    const b = other.current;
    if (a === null || b === null) return undefined;
    let led: HTMLElement | null = null;
    const follow = (from: HTMLElement, to: HTMLElement) => () => {
      if (led === from) return void (led = null);
      const room = from.scrollHeight - from.clientHeight;
      if (room <= 0) return;
      const before = to.scrollTop;
      to.scrollTop = (from.scrollTop / room) * (to.scrollHeight - to.clientHeight);
      // What moves by this hand does not lead in turn.
      if (to.scrollTop !== before) led = to;
    };
    const down = follow(a, b);
    const up = follow(b, a);
    a.addEventListener('scroll', down, { passive: true });
    b.addEventListener('scroll', up, { passive: true });
    return () => {
      a.removeEventListener('scroll', down);
      b.removeEventListener('scroll', up);
    };
  }, [one, other]);
}
