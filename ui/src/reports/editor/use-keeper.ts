// One keeper a report for as long as its person is signed in: leaving the screen, locking the window and coming back find every word.
import { useEffect } from 'react';
import { useStore } from 'zustand';

import { table } from '../../bindings/commands';
import type { DraftView, ReportView } from '../../bindings/types';
import { call, Failure } from '../../host';
import { refresh } from '../../host/query';
import { useKeepSaving } from '../../shared/keep-saving';
import { sessionStore } from '../../shared/session-store';
import { createKeeper, isUnsaved, type Keeper, type KeptState } from './keeper';

/** Each with the draft that it stands for. */
const keepers = new Map<string, { keeper: Keeper; draft: DraftView }>();

sessionStore.subscribe(({ session }, before) => {
  if (session?.user_id === before.session?.user_id) return;
  for (const { keeper } of keepers.values()) keeper.stop();
  keepers.clear();
});

function keeperOf(reportId: string, draft: DraftView): Keeper {
  const known = keepers.get(reportId);
  // What was signed or thrown away stays so until another draft of the report is opened.
  if (known !== undefined && (!known.keeper.stopped() || known.draft === draft)) {
    known.draft = draft;
    return known.keeper;
  }
  const made = createKeeper(reportId, draft, {
    save: async (request) => {
      // Behind the lock screen nothing is asked of the record.
      if (sessionStore.getState().session?.locked ?? true) throw new Failure({ code: 'locked', message_id: 'window-locked', args: {} });
      const saved = await call('reports.save', request);
      refresh(table['reports.save'].stales);
      return saved;
    },
    view: (report_id) => call('reports.view', { report_id }),
  });
  keepers.set(reportId, { keeper: made, draft });
  return made;
}

/** Signed or thrown away. */
export function letGo(reportId: string): void {
  keepers.get(reportId)?.keeper.stop();
}

export function useKeeper({ id }: ReportView, draft: DraftView): Keeper {
  const keeper = keeperOf(id, draft);
  useEffect(() => keeper.renew(draft), [keeper, draft]);
  useKeepSaving(keeper, () => isUnsaved(keeper.store.getState()));
  return keeper;
}

export const useKept = <T>(keeper: Keeper, select: (state: KeptState) => T): T => useStore(keeper.store, select);
