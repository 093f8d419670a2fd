import { Trash2 } from 'lucide-react';
import { useTranslation } from 'react-i18next';

import type { DraftView, ReportView } from '../../bindings/types';
import { useCommand } from '../../host/query';
import { useGo } from '../../shared/go';
import { Button, Dialog, Problem, toast } from '../../shared/ui';
import { letGo } from './use-keeper';

/** A draft may go; a signed text never does. */
export function DiscardDialog({ report, draft, onClose }: { report: ReportView; draft: DraftView; onClose: () => void }) {
  const { t } = useTranslation('reports');
  const go = useGo();
  const discard = useCommand('reports.discard');
  const first = draft.of === null;
  return (
    <Dialog
      open size="small" onOpenChange={onClose} title={t(first ? 'discard.title' : 'discard.titleCorrection')} description={t(first ? 'discard.hint' : 'discard.hintCorrection', { name: report.patient.name })}
      footer={<><Button onClick={onClose}>{t('discard.keep')}</Button><Button kind="danger" icon={Trash2} busy={discard.isPending} onClick={() => discard.mutate({ report_id: report.id }, { onSuccess: () => {
        letGo(report.id);
        toast(t('discard.done'));
        onClose();
        if (first) go.to('/reports');
      } })}>{t('discard.go')}</Button></>}
    >
      {discard.error && <Problem error={discard.error} small />}
    </Dialog>
  );
}
