import { create } from 'zustand';

import { sessionStore } from '../shared/session-store';

/** Whether the assistant stands beside the work, and with what. */
export const useAssistant = create<{ open: boolean; view: 'ask' | 'guide' }>(() => ({ open: false, view: 'ask' }));

export const openAssistant = (view: 'ask' | 'guide' = 'ask') => useAssistant.setState({ open: true, view });
export const closeAssistant = () => useAssistant.setState({ open: false });

/** The key opens it; inside it the same key closes it. */
export function toggleAssistant(): void {
  const { open } = useAssistant.getState();
  const inside = document.activeElement?.closest('[data-assistant]') != null;
  if (open && inside) closeAssistant();
  else if (open) document.querySelector<HTMLElement>('[data-assistant] textarea')?.focus();
  else openAssistant();
}

// Whoever signs in next begins without it.
sessionStore.subscribe(({ session }) => {
  if (session === null) useAssistant.setState({ open: false, view: 'ask' });
});
