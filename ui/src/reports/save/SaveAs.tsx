// Files for other programs: each kind says what it is and who may read it.
import { FileBadge, FileCode2, FileHeart, FileImage, FileLock2, FileScan, ShieldOff, type LucideIcon } from 'lucide-react';
import { useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';

import type { ReportFileKind, ReportView } from '../../bindings/types';
import { asFailure, call, pickSave, type Failure } from '../../host';
import { useCommand } from '../../host/query';
import { Dialog, Menu, Problem, toast } from '../../shared/ui';
import { isFinal } from '../sections';
import { LookDialog } from './LookDialog';

const ICONS: Record<ReportFileKind, LucideIcon> = { pdf: FileLock2, draft_pdf: FileBadge, film: FileScan, dicom_sc: FileImage, dicom_sr: FileCode2, fhir: FileHeart, deidentified: ShieldOff };
const SIGNED = ['pdf', 'film', 'dicom_sc', 'dicom_sr', 'fhir', 'deidentified'] as const satisfies readonly ReportFileKind[];
const DRAFT = ['draft_pdf'] as const satisfies readonly ReportFileKind[];

export function SaveAs({ report, trigger }: { report: ReportView; trigger: ReactNode }) {
  const { t } = useTranslation('reports');
  const save = useCommand('reports.save_file');
  const [failed, setFailed] = useState<Failure | null>(null);
  const [looking, setLooking] = useState(false);
  const sealed = report.files.some(({ revision, purpose }) => revision === report.revision && purpose !== 'own');
  const kinds: readonly ReportFileKind[] = isFinal(report.state) && report.draft === null ? SIGNED : DRAFT;
  const keep = async (kind: ReportFileKind, pixels_looked_at = false) => {
    setFailed(null);
    setLooking(false);
    try {
      const { file_name } = await call('reports.file_name', { report_id: report.id, kind });
      const path = await pickSave(file_name);
      if (path !== null) save.mutate({ report_id: report.id, kind, path, pixels_looked_at }, { onSuccess: () => toast(t('save.done', { name: path.split(/[\\/]/).at(-1) ?? file_name })), onError: setFailed });
    } catch (thrown) {
      setFailed(asFailure(thrown));
    }
  };
  return (
    <>
      <Menu trigger={trigger} items={kinds.map((kind) => ({
        label: t(kind === 'pdf' && !sealed ? 'save.pdfUnsealed' : `save.kind.${kind}`), icon: ICONS[kind], disabled: save.isPending || (kind === 'pdf' && !sealed),
        onSelect: () => (kind === 'deidentified' ? setLooking(true) : void keep(kind)),
      }))} />
      {looking && <LookDialog report={report} onClose={() => setLooking(false)} onLooked={() => void keep('deidentified', true)} />}
      {failed !== null && <Dialog open size="small" onOpenChange={() => setFailed(null)} title={t('save.failed')}><Problem error={failed} small /></Dialog>}
    </>
  );
}
