import { useTranslation } from 'react-i18next';

import { useCommand } from '../../host/query';
import { toast } from '../../shared/ui';
import { ByPassword } from './ByPassword';

export function RemoveFactorDialog({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation('account');
  const remove = useCommand('session.remove_factor');
  const onSubmit = (password: string) => remove.mutate({ password }, {
    onSuccess: () => {
      toast(t('factor.removed'));
      onClose();
    },
  });
  return <ByPassword title={t('factor.removeTitle')} hint={t('factor.removeHint')} go={t('factor.remove')} danger busy={remove.isPending} error={remove.error} onClose={onClose} onSubmit={onSubmit} />;
}
