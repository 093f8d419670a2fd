// Who is signed in at this window. The frame fills it; screens inside the frame may count on it.
import { create } from 'zustand';

import type { CommandName } from '../host';
import type { SessionView } from '../bindings/types';

export const sessionStore = create<{ session: SessionView | null }>(() => ({ session: null }));

/** A part of the session; only inside the signed-in frame. */
export function useSession<T>(select: (session: SessionView) => T): T {
  return sessionStore(({ session }) => {
    if (session === null) throw new Error('no session: this screen belongs inside the frame');
    return select(session);
  });
}

/** Whether the signed-in role may call a command. */
export function useMay(command: CommandName): boolean {
  return sessionStore(({ session }) => session?.commands.includes(command) ?? false);
}
