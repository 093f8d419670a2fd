import { useTranslation } from 'react-i18next';

import type { UserView } from '../bindings/types';
import { useCommand } from '../host/query';
import { Button, Dialog, Problem, toast } from '../shared/ui';
import { Duties } from './Duties';
import styles from './users.module.css';

export function RemoveUser({ user, onClose }: { user: UserView; onClose: () => void }) {
  const { t } = useTranslation('users');
  const remove = useCommand('users.remove');
  const go = () => remove.mutate({ id: user.id }, {
    onSuccess: () => {
      toast(t('removedDone', { name: user.name }));
      onClose();
    },
  });
  return (
    <Dialog open onOpenChange={onClose} size="small" title={t('removeTitle', { name: user.name })} description={t('removeHint')} footer={<><Button onClick={onClose}>{t('common:cancel')}</Button><Button kind="danger" busy={remove.isPending} onClick={go}>{t('removeGo')}</Button></>}>
      <div className={styles.form}>
        <Duties id={user.id} />
        <p>{t('removeKeeps')}</p>
        {remove.error && <Problem error={remove.error} small />}
      </div>
    </Dialog>
  );
}
