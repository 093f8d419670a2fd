import { useState, type FormEvent } from 'react';
import { useTranslation } from 'react-i18next';

import type { UserView } from '../../bindings/types';
import { useCommand } from '../../host/query';
import { Button, Dialog, Problem, TextInput, toast } from '../../shared/ui';
import { PASSWORD_LENGTH } from '../../shared/validate';

export function ResetPassword({ user, onClose }: { user: UserView; onClose: () => void }) {
  const { t } = useTranslation('clinic');
  const reset = useCommand('users.reset_password');
  const [password, setPassword] = useState('');
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
    <Dialog open onOpenChange={onClose} size="small" title={t('users.resetTitle', { name: user.name })} description={t('users.resetHint')} footer={<Button kind="primary" type="submit" form="reset-password" busy={reset.isPending} disabled={password.length < PASSWORD_LENGTH}>{t('users.resetGo')}</Button>}>
      <form id="reset-password" onSubmit={onSubmit}>
        <TextInput label={t('users.newPassword')} hint={t('common:form.passwordRule', { count: PASSWORD_LENGTH })} type="password" autoComplete="new-password" value={password} onChange={(event) => setPassword(event.target.value)} />
      </form>
      {reset.error && <Problem error={reset.error} small />}
    </Dialog>
  );
}
