import { useView } from '../host/query';
import { useMay } from '../shared/session-store';

/** Emergency accesses that an administrator has to review; nothing for anybody else. */
export function useReviews(): { waiting: number; overdue: number } | undefined {
  const may = useMay('break_glass.waiting');
  return useView('break_glass.waiting', null, { enabled: may, keep: true }).data;
}
