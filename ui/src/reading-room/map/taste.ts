// The palette and opacity of the map are the person's: what is chosen here is there next time, on any scan.
import { useEffect, useState } from 'react';

import { table } from '../../bindings/commands';
import type { Preferences, SessionView } from '../../bindings/types';
import { call } from '../../host';
import { refresh } from '../../host/query';
import { asFailure, type Failure } from '../../host/types';
import { sessionStore, useSession } from '../../shared/session-store';
import type { Room, RoomState } from '../room/state';

type Taste = Pick<Preferences, 'palette' | 'map_opacity'>;

/** Milliseconds for which a choice must stand still before it is kept. */
const SETTLED = 500;

/** Chosen and not kept yet, so that the next scan shows it already. */
let pending: { readonly user: string; readonly taste: Taste } | null = null;

/** The person's preferences with what they chose a moment ago. */
export function preferencesNow({ user_id, preferences }: SessionView): Preferences {
  return pending?.user === user_id ? { ...preferences, ...pending.taste } : preferences;
}

/** Keeps what is chosen while the room is open; the failure where the last choice could not be kept. */
export function useKeptTaste(room: Room): Failure | null {
  const user = useSession((session) => session.user_id);
  const [problem, setProblem] = useState<Failure | null>(null);
  useEffect(() => {
    let timer: number | undefined;
    const save = () => {
      window.clearTimeout(timer);
      timer = undefined;
      keep().then(() => setProblem(null), (thrown: unknown) => setProblem(asFailure(thrown)));
    };
    const stop = room.subscribe(({ map }, { map: before }) => {
      if (map.palette === before.palette && map.opacity === before.opacity) return;
      pending = { user, taste: tasteOf(map) };
      window.clearTimeout(timer);
      timer = window.setTimeout(save, SETTLED);
    });
    return () => {
      stop();
      if (timer !== undefined) save();
    };
  }, [room, user]);
  return problem;
}

function tasteOf({ palette, opacity }: RoomState['map']): Taste {
  return { palette, map_opacity: Math.round(opacity * 100) };
}

/** Changes nothing but the taste: the rest is what the record holds at this moment, whichever screen changed it last. */
async function keep(): Promise<void> {
  const chosen = pending;
  const session = await call('session.current', null);
  // Locked or signed out meanwhile: nothing may be written.
  if (chosen === null || session === null || session.locked || session.user_id !== chosen.user) return;
  const preferences = { ...session.preferences, ...chosen.taste };
  await call('session.save_preferences', preferences);
  sessionStore.setState(({ session: shown }) => ({ session: shown === null ? null : { ...shown, preferences } }));
  if (pending === chosen) pending = null;
  refresh(table['session.save_preferences'].stales);
}
