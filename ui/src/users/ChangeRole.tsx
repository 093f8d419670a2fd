import { useState, type FormEvent } from 'react';
import { useTranslation } from 'react-i18next';

import type { Role, UserView } from '../bindings/types';
import { useCommand } from '../host/query';
import { Button, Dialog, Problem, Select, toast } from '../shared/ui';
import { Duties } from './Duties';
import styles from './users.module.css';

const ROLES: readonly Role[] = ['doctor', 'pharmacist', 'administrator'];

export function ChangeRole({ user, onClose }: { user: UserView; onClose: () => void }) {
  const { t } = useTranslation('users');
  const change = useCommand('users.set_role');
  const [role, setRole] = useState(user.role);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    change.mutate({ id: user.id, role }, {
      onSuccess: () => {
        toast(t('roleDone', { name: user.name, role: t(`common:role.${role}`) }));
        onClose();
      },
    });
  };
  return (
    <Dialog open onOpenChange={onClose} size="small" title={t('roleTitle', { name: user.name })} description={t('roleHint')} footer={<Button kind="primary" type="submit" form="change-role" busy={change.isPending} disabled={role === user.role}>{t('roleGo')}</Button>}>
      <form id="change-role" className={styles.form} onSubmit={submit}>
        <Select label={t('clinic:users.role')} value={role} onChange={(event) => setRole(ROLES.find((one) => one === event.target.value) ?? user.role)} options={ROLES.map((one) => ({ value: one, label: t(`common:role.${one}`) }))} />
        {role !== user.role && <Duties id={user.id} />}
        {change.error && <Problem error={change.error} small />}
      </form>
    </Dialog>
  );
}
