import type { ReportsPage } from '../../bindings/types';
import { useView } from '../../host/query';
import { useMay } from '../../shared/session-store';

/** What waits for this doctor: texts to sign, and deliveries that nobody has looked after. None while it is not known. */
export function useToDo(): number | undefined {
  const { data } = useView('reports.page', { shelf: 'all', patient_id: null, query: '', cursor: null, limit: 1 }, { enabled: useMay('reports.page'), keep: true });
  return data === undefined ? undefined : toDo(data.counts);
}

export const toDo = ({ drafts, to_sign, trouble }: ReportsPage['counts']): number => drafts + to_sign + trouble;
