// Which of the three sets of tokens the document wears.
import { useEffect, useSyncExternalStore } from 'react';
import { create } from 'zustand';

import type { Theme } from '../bindings/types';

type Worn = 'light' | 'dark' | 'reading';

/** The order in which one key walks through them. */
export const THEMES: readonly Theme[] = ['system', 'light', 'dark', 'reading_room'];

/** What the person chose, and whether a screen asks for the reading room meanwhile. */
export const themeStore = create<{ chosen: Theme; readingRoom: boolean }>(() => ({ chosen: remembered(), readingRoom: false }));

const dark = window.matchMedia?.('(prefers-color-scheme: dark)');

export function worn(chosen: Theme, systemDark: boolean): Worn {
  if (chosen === 'reading_room') return 'reading';
  if (chosen === 'system') return systemDark ? 'dark' : 'light';
  return chosen;
}

/** Chooses a theme; this machine remembers it for the sign-in screen. */
export function chooseTheme(chosen: Theme): void {
  window.localStorage.setItem('theme', chosen);
  themeStore.setState({ chosen });
}

/** Dresses the document. Mounted once. */
export function useTheme(): void {
  const { chosen, readingRoom } = themeStore();
  const systemDark = useSyncExternalStore(
    (changed) => {
      dark?.addEventListener('change', changed);
      return () => dark?.removeEventListener('change', changed);
    },
    () => dark?.matches ?? false,
  );
  useEffect(() => {
    document.documentElement.dataset['theme'] = readingRoom ? 'reading' : worn(chosen, systemDark);
  }, [chosen, readingRoom, systemDark]);
}

/** Near-black chrome while the screen is mounted. */
export function useReadingRoomTheme(): void {
  useEffect(() => {
    themeStore.setState({ readingRoom: true });
    return () => themeStore.setState({ readingRoom: false });
  }, []);
}

function remembered(): Theme {
  const kept = window.localStorage.getItem('theme');
  return THEMES.find((theme) => theme === kept) ?? 'system';
}
