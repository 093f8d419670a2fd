// Who waits to join, who is locked out, who shows more than a password; for administrators.
import { UserPlus } from 'lucide-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';

import type { AccountStateView, StaffInvitationView, UserView } from '../../bindings/types';
import { useCommand, useView } from '../../host/query';
import { showMoment } from '../../i18n/dates';
import { openDialog } from '../../shared/dialogs';
import { Button, Chip, Panel, Problem, Skeleton, toast } from '../../shared/ui';
import styles from '../account/account.module.css';
import { InvitationShown } from './InviteDialog';

/** On the screen of the accounts, beside what makes one. */
export function InviteButton() {
  const { t } = useTranslation('account');
  return <Button icon={UserPlus} onClick={() => openDialog({ kind: 'invite' })}>{t('access.invite')}</Button>;
}

export function Access({ inside = false }: { inside?: boolean }) {
  const { t } = useTranslation('account');
  const states = useView('accounts.states', null);
  const users = useView('users.list', null);
  const [shown, setShown] = useState<StaffInvitationView | null>(null);
  const people = (states.data ?? []).filter(({ invited_until, locked_out, second_factor }) => invited_until !== null || locked_out || second_factor !== null);
  const error = states.error ?? users.error;
  // Beside the accounts it takes no room while there is nothing to say.
  if (!inside && error === null && people.length === 0) return null;
  return (
    <Panel title={t('access.title')} aside={inside ? <InviteButton /> : undefined}>
      {error && <Problem error={error} retry={() => void Promise.all([states.refetch(), users.refetch()])} />}
      {(states.isPending || users.isPending) && <Skeleton rows={3} />}
      {states.data && users.data && people.length === 0 && <p className={styles.quiet}>{t('access.none')}</p>}
      {users.data && (
        <ul className={styles.people}>
          {people.map((state) => <Person key={state.user_id} state={state} user={users.data.find(({ id }) => id === state.user_id)} onShown={setShown} />)}
        </ul>
      )}
      {shown !== null && <InvitationShown invitation={shown} onClose={() => setShown(null)} />}
    </Panel>
  );
}

function Person({ state, user, onShown }: { state: AccountStateView; user: UserView | undefined; onShown: (invitation: StaffInvitationView) => void }) {
  const { t } = useTranslation('account');
  const renew = useCommand('accounts.renew_invitation');
  const withdraw = useCommand('accounts.withdraw_invitation');
  const unlock = useCommand('accounts.unlock');
  const remove = useCommand('accounts.remove_second_factor');
  const id = state.user_id;
  const said = (words: string) => ({ onSuccess: () => toast(t(words, { name: user?.name ?? '' })) });
  const error = renew.error ?? withdraw.error ?? unlock.error ?? remove.error;
  const over = state.invited_until !== null && new Date(state.invited_until) < new Date();
  return (
    <li>
      <div>
        <bdi>{user?.name}</bdi> <span className={styles.quiet}><bdi>{user?.login}</bdi></span>
        {error !== null && <Problem error={error} small />}
      </div>
      <div>
        {state.invited_until !== null && <Chip tone="outline">{over ? t('access.over') : t('access.invited', { moment: showMoment(state.invited_until) })}</Chip>}
        {state.locked_out && <Chip tone="outline">{t('access.lockedOut')}</Chip>}
        {state.second_factor !== null && <Chip tone="outline">{t(`access.factor.${state.second_factor}`)}</Chip>}
      </div>
      <div className={styles.acts}>
        {state.invited_until !== null && <Button busy={renew.isPending} onClick={() => renew.mutate({ id, send: state.invited_email !== null }, { onSuccess: onShown })}>{t('access.renew')}</Button>}
        {state.invited_until !== null && <Button kind="quiet" busy={withdraw.isPending} onClick={() => withdraw.mutate({ id }, said('access.withdrawn'))}>{t('access.withdraw')}</Button>}
        {state.locked_out && <Button kind="primary" busy={unlock.isPending} onClick={() => unlock.mutate({ id }, said('access.unlocked'))}>{t('access.unlock')}</Button>}
        {state.second_factor !== null && <Button kind="quiet" busy={remove.isPending} onClick={() => remove.mutate({ id }, said('access.factorRemoved'))}>{t('access.removeFactor')}</Button>}
      </div>
    </li>
  );
}
