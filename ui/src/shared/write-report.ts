// From a scan to its report: the one that is there, or a draft filled from the reading that the clinician judged.
import type { ReportRow } from '../bindings/types';
import { useCommand, useView } from '../host/query';
import { screenLanguage } from '../i18n';
import { useGo } from './go';
import { useMay } from './session-store';

/** Reports of a scan, newest first; none while it is not known. */
export function useReportsOf(scanId: string | undefined): readonly ReportRow[] | undefined {
  const may = useMay('reports.for_scan');
  return useView('reports.for_scan', { id: scanId ?? '' }, { enabled: may && scanId !== undefined }).data;
}

/** Opens the report of a scan that still counts, or begins one. */
export function useWriteReport() {
  const go = useGo();
  const start = useCommand('reports.start');
  const may = useMay('reports.start');
  return {
    may,
    busy: start.isPending,
    error: start.error,
    open: (reportId: string) => go.to(`/reports/${reportId}`),
    begin: (scanId: string, readingId: string | null) => {
      if (!start.isPending) start.mutate({ scan_id: scanId, reading_id: readingId, template: null, language: screenLanguage() }, { onSuccess: ({ id }) => go.to(`/reports/${id}`) });
    },
  };
}
