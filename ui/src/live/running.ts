// What goes on anywhere: for the rail, the bottom bar and the quiet word that somebody waits.
import { useQueries } from '@tanstack/react-query';

import type { ConsultationView } from '../bindings/types';
import { call, type Failure } from '../host';
import { useView } from '../host/query';
import { useMay } from '../shared/session-store';

const AT_MOST = 20;

/** The consultations that last, as they stand; undefined until it is known. */
export function useRunning(): readonly ConsultationView[] | undefined {
  const may = useMay('live.page');
  const page = useView('live.page', { patient_id: null, running: true, cursor: null, limit: AT_MOST }, { enabled: may });
  const views = useQueries({
    queries: (page.data?.rows ?? []).map(({ id }) => ({
      queryKey: ['live.view', { consultation_id: id }],
      queryFn: (): Promise<ConsultationView> => call('live.view', { consultation_id: id }),
      throwOnError: false as const,
    })),
    combine: (results: { data?: ConsultationView | undefined; error?: Failure | Error | null }[]) => results.flatMap(({ data }) => (data === undefined || data.ended !== null ? [] : [data])),
  });
  return page.data === undefined ? undefined : views;
}

export const waitingIn = (views: readonly ConsultationView[]): number => views.reduce((sum, { waiting }) => sum + waiting.length, 0);
