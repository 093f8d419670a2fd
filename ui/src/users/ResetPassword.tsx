import { useState, type FormEvent } from 'react';
import { useTranslation } from 'react-i18next';

import type { UserView } from '../bindings/types';
import { useCommand } from '../host/query';
import { Button, Dialog, NewPassword, Problem, toast } from '../shared/ui';

export function ResetPassword({ user, onClose }: { user: UserView; onClose: () => void }) {
  const { t } = useTranslation('clinic');
  const reset = useCommand('users.reset_password');
  const [password, setPassword] = useState('');
  const [allowed, setAllowed] = useState(false);
  const onSubmit = (event: FormEvent) => {
    event.preventDefault();
    reset.mutate({ id: user.id, password }, {
      onSuccess: () => {
        toast(t('users.resetDone', { name: user.name }));
        onClose();
      },
    });
  };
  return (
    <Dialog open onOpenChange={onClose} size="small" title={t('users.resetTitle', { name: user.name })} description={t('users.resetHint')} footer={<Button kind="primary" type="submit" form="reset-password" busy={reset.isPending} disabled={!allowed}>{t('users.resetGo')}</Button>}>
      <form id="reset-password" onSubmit={onSubmit}>
        <NewPassword label={t('users.newPassword')} about={[user.name, user.login]} value={password} onChange={setPassword} onJudged={setAllowed} />
      </form>
      {reset.error && <Problem error={reset.error} small />}
    </Dialog>
  );
}
