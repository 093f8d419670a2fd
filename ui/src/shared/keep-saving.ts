// What was typed is saved when the person looks away, goes, or comes back to an unlocked window.
import { useEffect, useRef } from 'react';

import { sessionStore } from './session-store';

interface Keeping {
  flush: () => Promise<unknown>;
}

/** `unsaved` says whether closing the window now would lose something. */
export function useKeepSaving(keeper: Keeping, unsaved: () => boolean): void {
  const asked = useRef(unsaved);
  useEffect(() => {
    asked.current = unsaved;
  });
  useEffect(() => {
    const flush = () => void keeper.flush();
    const hidden = () => document.visibilityState === 'hidden' && flush();
    const ask = (event: BeforeUnloadEvent) => {
      if (!asked.current()) return;
      flush();
      event.preventDefault();
    };
    window.addEventListener('blur', flush);
    window.addEventListener('beforeunload', ask);
    document.addEventListener('visibilitychange', hidden);
    return () => {
      window.removeEventListener('blur', flush);
      window.removeEventListener('beforeunload', ask);
      document.removeEventListener('visibilitychange', hidden);
      flush();
    };
  }, [keeper]);
  // A locked window keeps nothing; what was typed goes as soon as it is open again.
  const locked = sessionStore(({ session }) => session?.locked ?? true);
  useEffect(() => {
    if (!locked) void keeper.flush();
  }, [keeper, locked]);
}
