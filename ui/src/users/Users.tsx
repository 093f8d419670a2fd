// Everybody who may sign in, who is signed in, and who has gone. A person who was removed keeps their name on all that
// they did.
import { UserPlus } from 'lucide-react';
import { useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';

import type { UserView } from '../bindings/types';
import { useCommand, useView } from '../host/query';
import { Button, Page, Problem, Skeleton, Tabs, toast } from '../shared/ui';
import { ChangeRole } from './ChangeRole';
import { CreateUser } from './CreateUser';
import { RemoveUser } from './RemoveUser';
import { ResetPassword } from './ResetPassword';
import { SignedIn } from './SignedIn';
import { UserRow, type Asked } from './UserRow';
import styles from './users.module.css';

/** `invitations` is a place for those who were invited and have not come yet. */
export function Users({ actions, invitations }: { actions?: ReactNode; invitations?: ReactNode }) {
  const { t } = useTranslation('clinic');
  const users = useView('users.list', null);
  const signedIn = useView('users.signed_in', null);
  const [creating, setCreating] = useState(false);
  const [asked, setAsked] = useState<{ what: Exclude<Asked, 'enable' | 'disable' | 'end'>; user: UserView } | null>(null);
  const [tab, setTab] = useState('people');
  const enable = useCommand('users.set_enabled');
  const end = useCommand('users.end_sessions');
  const ask = (what: Asked, user: UserView) => {
    if (what === 'end') end.mutate({ id: user.id }, { onSuccess: () => toast(t('users:endedDone', { name: user.name })) });
    else if (what === 'enable' || what === 'disable') enable.mutate({ id: user.id, enabled: what === 'enable' }, { onSuccess: () => toast(t(what === 'enable' ? 'users.enabledDone' : 'users.disabledDone', { name: user.name })) });
    else window.setTimeout(() => setAsked({ what, user }));
  };
  const here = new Set(signedIn.data?.map(({ user_id }) => user_id));
  const gone = users.data?.filter(({ removed }) => removed !== null) ?? [];
  const present = users.data?.filter(({ removed }) => removed === null) ?? [];
  const close = () => setAsked(null);
  return (
    <Page title={t('users.title')} hint={t('users.hint')} actions={<>{actions}<Button kind="primary" icon={UserPlus} onClick={() => setCreating(true)}>{t('users.new')}</Button></>}>
      {users.error && <Problem error={users.error} retry={() => void users.refetch()} />}
      {enable.error && <Problem error={enable.error} />}
      {end.error && <Problem error={end.error} />}
      {users.isPending && <Skeleton rows={6} />}
      {invitations}
      {users.data && (
        <Tabs
          label={t('users.title')} value={tab} onChange={setTab}
          tabs={[
            { value: 'people', label: t('users:people', { count: present.length }), content: <List users={present} here={here} onAsk={ask} /> },
            { value: 'here', label: t('users:here', { count: signedIn.data?.length ?? 0 }), content: <SignedIn /> },
            ...(gone.length === 0 ? [] : [{ value: 'gone', label: t('users:gone', { count: gone.length }), content: <><p className={styles.note}>{t('users:goneHint')}</p><List users={gone} here={here} onAsk={ask} /></> }]),
          ]}
        />
      )}
      {creating && <CreateUser onClose={() => setCreating(false)} />}
      {asked?.what === 'reset' && <ResetPassword user={asked.user} onClose={close} />}
      {asked?.what === 'role' && <ChangeRole user={asked.user} onClose={close} />}
      {asked?.what === 'remove' && <RemoveUser user={asked.user} onClose={close} />}
    </Page>
  );
}

function List({ users, here, onAsk }: { users: readonly UserView[]; here: ReadonlySet<string>; onAsk: (what: Asked, user: UserView) => void }) {
  const { t } = useTranslation('clinic');
  return (
    <div className={styles.scroll}>
      <table className={styles.table}>
        <thead>
          <tr>
            <th scope="col">{t('users.name')}</th><th scope="col">{t('users.login')}</th><th scope="col">{t('users.role')}</th><th scope="col">{t('users.state')}</th><th scope="col">{t('users.lastSignIn')}</th><th scope="col">{t('users.created')}</th><td />
          </tr>
        </thead>
        <tbody>{users.map((user) => <UserRow key={user.id} user={user} here={here.has(user.id)} onAsk={onAsk} />)}</tbody>
      </table>
    </div>
  );
}
