// Large type, high contrast, light or dark: worn by the document, kept with the tab.
import { useSyncExternalStore } from 'react';

export interface Look {
  large: boolean;
  contrast: boolean;
}

const NAME = 'medibridge.look';
const listeners = new Set<() => void>();
let look: Look = { large: false, contrast: window.matchMedia?.('(prefers-contrast: more)').matches ?? false };

export const useLook = (): Look => useSyncExternalStore((listener) => (listeners.add(listener), () => listeners.delete(listener)), () => look);

export function changeLook(change: Partial<Look>): void {
  look = { ...look, ...change };
  try {
    sessionStorage.setItem(NAME, JSON.stringify(look));
  } catch {
    // Worn now, forgotten with the next load.
  }
  wear();
}

/** At the start: as before the reload, and as the phone is. */
export function startLook(): void {
  try {
    look = { ...look, ...(JSON.parse(sessionStorage.getItem(NAME) ?? '{}') as Partial<Look>) };
  } catch {
    // As the phone is.
  }
  window.matchMedia?.('(prefers-color-scheme: dark)').addEventListener('change', wear);
  wear();
}

function wear(): void {
  const { dataset } = document.documentElement;
  dataset['theme'] = window.matchMedia?.('(prefers-color-scheme: dark)').matches ? 'dark' : 'light';
  dataset['type'] = look.large ? 'large' : 'usual';
  dataset['contrast'] = look.contrast ? 'high' : 'usual';
  for (const listener of listeners) listener();
}
