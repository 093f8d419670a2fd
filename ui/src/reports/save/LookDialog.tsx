// Names burned into pixels are found by no program: somebody looks before a copy without identity leaves.
import { ShieldOff } from 'lucide-react';
import { useForm, useWatch } from 'react-hook-form';
import { useTranslation } from 'react-i18next';

import type { ReportView } from '../../bindings/types';
import { imageUrl } from '../../host';
import { useSession } from '../../shared/session-store';
import { Button, Checkbox, Dialog } from '../../shared/ui';
import styles from './save.module.css';

export function LookDialog({ report, onClose, onLooked }: { report: ReportView; onClose: () => void; onLooked: () => void }) {
  const { t } = useTranslation('reports');
  const grant = useSession((session) => session.grant);
  const { register, control, handleSubmit } = useForm({ defaultValues: { looked: false } });
  const looked = useWatch({ control, name: 'looked' });
  return (
    <Dialog
      open size="small" onOpenChange={onClose} title={t('look.title')} description={t('look.hint')}
      footer={<><Button onClick={onClose}>{t('cancel')}</Button><Button kind="primary" type="submit" form="look" icon={ShieldOff} disabled={!looked}>{t('look.go')}</Button></>}
    >
      <form id="look" className={styles.look} onSubmit={(event) => void handleSubmit(onLooked)(event)}>
        <img src={imageUrl(`thumb/${grant}/${report.scan_id}`)} alt={t('look.picture')} />
        <Checkbox label={t('look.tick')} {...register('looked')} />
      </form>
    </Dialog>
  );
}
