import { FolderCheck } from 'lucide-react';
import { useTranslation } from 'react-i18next';

import type { ConsultationView } from '../../bindings/types';
import { Button, Dialog, Problem, toast } from '../../shared/ui';
import { useAct } from '../use-consultation';

/** Ending closes every door and files what was said; it cannot be opened again. */
export function EndDialog({ view, onClose }: { view: ConsultationView; onClose: () => void }) {
  const { t } = useTranslation('live');
  const end = useAct('live.end');
  const finish = () => end.mutate({ consultation_id: view.id }, {
    onSuccess: () => {
      toast(t('end.done'));
      onClose();
    },
  });
  return (
    <Dialog
      open size="small" onOpenChange={onClose} title={t('end.title')} description={t('end.hint', { name: view.patient.name })}
      footer={<><Button onClick={onClose}>{t('end.goOn')}</Button><Button kind="primary" icon={FolderCheck} busy={end.isPending} onClick={finish}>{t('end.go')}</Button></>}
    >
      {view.unsent > 0 && <p>{t('end.unsent', { count: view.unsent })}</p>}
      {view.waiting.length > 0 && <p>{t('end.waiting', { count: view.waiting.length })}</p>}
      {end.error && <Problem error={end.error} small />}
    </Dialog>
  );
}
