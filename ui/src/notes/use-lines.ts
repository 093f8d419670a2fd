// One keeper a consultation for as long as its person is signed in: leaving the screen and coming back finds every word.
import { useEffect } from 'react';
import { useStore } from 'zustand';

import type { NoteDesk } from '../bindings/types';
import { call, Failure } from '../host';
import { queries, refresh } from '../host/query';
import { table } from '../bindings/commands';
import { useKeepSaving } from '../shared/keep-saving';
import { sessionStore } from '../shared/session-store';
import { createKeeper, isUnsaved, type Keeper, type LinesState } from './lines';

const keepers = new Map<string, Keeper>();

sessionStore.subscribe(({ session }, before) => {
  if (session?.user_id !== before.session?.user_id) keepers.clear();
});

/** The record answered: it is on screen at once. */
export function shown(desk: NoteDesk): NoteDesk {
  queries.setQueryData(['notes.of', { consultation_id: desk.consultation_id }], desk);
  return desk;
}

function keeperOf(desk: NoteDesk): Keeper {
  const known = keepers.get(desk.consultation_id);
  if (known !== undefined) return known;
  const made = createKeeper(desk, async (request) => {
    // Behind the lock screen nothing is asked of the record.
    if (sessionStore.getState().session?.locked ?? true) throw new Failure({ code: 'locked', message_id: 'window-locked', args: {} });
    const saved = shown(await call('notes.save', request));
    refresh(table['notes.save'].stales);
    return saved;
  });
  keepers.set(desk.consultation_id, made);
  return made;
}

export function useKeeper(desk: NoteDesk): Keeper {
  const keeper = keeperOf(desk);
  useEffect(() => keeper.renew(desk), [keeper, desk]);
  useKeepSaving(keeper, () => isUnsaved(keeper.store.getState()));
  return keeper;
}

export const useLines = <T>(keeper: Keeper, look: (state: LinesState) => T): T => useStore(keeper.store, look);
