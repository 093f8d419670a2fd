// Arrows, Home, End and Space belong to a slider, a choice or a switch while it has the focus; without this the app's keys
// would turn the picture's pages instead.
import { useEffect, useRef } from 'react';

const KEYS = ['ArrowUp', 'ArrowDown', 'ArrowLeft', 'ArrowRight', 'Home', 'End', 'PageUp', 'PageDown', ' '];
const CONTROLS = 'input[type="range"], input[type="radio"], input[type="checkbox"], [role="switch"], summary, select';

export function useOwnKeys() {
  const root = useRef<HTMLDivElement>(null);
  useEffect(() => {
    const element = root.current;
    const keep = (event: KeyboardEvent) => {
      const target = event.target instanceof Element ? event.target : null;
      const plain = !event.ctrlKey && !event.altKey && !event.metaKey;
      if (plain && KEYS.includes(event.key) && target?.closest(CONTROLS)) event.stopPropagation();
    };
    element?.addEventListener('keydown', keep);
    return () => element?.removeEventListener('keydown', keep);
  }, []);
  return root;
}
