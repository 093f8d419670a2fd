import { KeyRound, MoreHorizontal, UserCheck, UserPlus, UserX } from 'lucide-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';

import type { UserView } from '../../bindings/types';
import { useCommand, useView } from '../../host/query';
import { showDate, showMoment } from '../../i18n/dates';
import { useSession } from '../../shared/session-store';
import { Button, Chip, IconButton, Menu, Page, Problem, Skeleton, toast } from '../../shared/ui';
import { CreateUser } from './CreateUser';
import { ResetPassword } from './ResetPassword';
import styles from './users.module.css';

/** Accounts. A person who left is switched off, never removed: the journal names them. */
export function Users() {
  const { t } = useTranslation('clinic');
  const users = useView('users.list', null);
  const [creating, setCreating] = useState(false);
  const [resetting, setResetting] = useState<UserView | null>(null);
  const enable = useCommand('users.set_enabled');
  const setEnabled = (user: UserView, enabled: boolean) => enable.mutate({ id: user.id, enabled }, { onSuccess: () => toast(t(enabled ? 'users.enabledDone' : 'users.disabledDone', { name: user.name })) });
  return (
    <Page title={t('users.title')} hint={t('users.hint')} actions={<Button kind="primary" icon={UserPlus} onClick={() => setCreating(true)}>{t('users.new')}</Button>}>
      {users.error && <Problem error={users.error} retry={() => void users.refetch()} />}
      {enable.error && <Problem error={enable.error} />}
      {users.isPending && <Skeleton rows={6} />}
      {users.data && (
        <div className={styles.scroll}>
          <table className={styles.table}>
            <thead>
              <tr>
                <th scope="col">{t('users.name')}</th><th scope="col">{t('users.login')}</th><th scope="col">{t('users.role')}</th><th scope="col">{t('users.state')}</th><th scope="col">{t('users.lastSignIn')}</th><th scope="col">{t('users.created')}</th><td />
              </tr>
            </thead>
            <tbody>{users.data.map((user) => <Row key={user.id} user={user} onEnable={(on) => setEnabled(user, on)} onReset={() => setResetting(user)} />)}</tbody>
          </table>
        </div>
      )}
      {creating && <CreateUser onClose={() => setCreating(false)} />}
      {resetting !== null && <ResetPassword user={resetting} onClose={() => setResetting(null)} />}
    </Page>
  );
}

function Row({ user, onEnable, onReset }: { user: UserView; onEnable: (on: boolean) => void; onReset: () => void }) {
  const { t } = useTranslation('clinic');
  const me = useSession((session) => session.user_id) === user.id;
  return (
    <tr data-off={!user.enabled || undefined}>
      <th scope="row"><bdi>{user.name}</bdi>{me && <span className={styles.quiet}> {t('users.you')}</span>}</th>
      <td><bdi>{user.login}</bdi></td>
      <td>{t(`common:role.${user.role}`)}</td>
      <td>{user.enabled ? t('users.on') : <Chip tone="outline">{t('users.off')}</Chip>}</td>
      <td className="numbers">{user.last_sign_in === null ? t('users.never') : showMoment(user.last_sign_in)}</td>
      <td className="numbers">{showDate(user.created)}</td>
      <td>
        <Menu
          trigger={<IconButton icon={MoreHorizontal} label={t('users.menuOf', { name: user.name })} />}
          items={[
            { label: t('users.reset'), icon: KeyRound, onSelect: () => window.setTimeout(onReset) },
            user.enabled ? { label: t('users.disable'), icon: UserX, disabled: me, onSelect: () => onEnable(false) } : { label: t('users.enable'), icon: UserCheck, onSelect: () => onEnable(true) },
          ]}
        />
      </td>
    </tr>
  );
}
