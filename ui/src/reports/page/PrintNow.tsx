import { useCommand } from '../../host/query';
import type { ReportView } from '../../bindings/types';
import { isFinal } from '../sections';
import { Print } from './Print';
import { usePagesOf } from './use-pages';

/** Prints what is on the screen. Paper that was handed out is noted, so that a correction finds who has it. */
export function PrintNow({ report, onClose }: { report: ReportView; onClose: () => void }) {
  const { urls } = usePagesOf(report.id, null, 'print');
  const printed = useCommand('reports.printed');
  if (urls.length === 0) return null;
  return <Print urls={urls} onDone={(done) => {
    if (done && isFinal(report.state) && report.draft === null) printed.mutate({ report_id: report.id });
    onClose();
  }} />;
}
