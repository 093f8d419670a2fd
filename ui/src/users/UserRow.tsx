import { KeyRound, LogOut, MoreHorizontal, UserCheck, UserCog, UserMinus, UserX } from 'lucide-react';
import { useTranslation } from 'react-i18next';

import type { UserView } from '../bindings/types';
import { showDate, showMoment } from '../i18n/dates';
import { useSession } from '../shared/session-store';
import { Chip, IconButton, Menu } from '../shared/ui';
import styles from './users.module.css';

/** What may be asked of a row. */
export type Asked = 'reset' | 'role' | 'remove' | 'enable' | 'disable' | 'end';

export function UserRow({ user, here, onAsk }: { user: UserView; here: boolean; onAsk: (what: Asked, user: UserView) => void }) {
  const { t } = useTranslation('clinic');
  const me = useSession((session) => session.user_id) === user.id;
  const removed = user.removed !== null;
  const ask = (what: Asked) => () => onAsk(what, user);
  return (
    <tr data-off={!user.enabled || undefined}>
      <th scope="row"><bdi>{user.name}</bdi>{me && <span className={styles.quiet}> {t('users.you')}</span>}</th>
      <td><bdi>{user.login}</bdi></td>
      <td>{t(`common:role.${user.role}`)}</td>
      <td>{removed ? <Chip tone="outline">{t('users:removedOn', { date: showDate(user.removed ?? '') })}</Chip> : !user.enabled ? <Chip tone="outline">{t('users.off')}</Chip> : here ? <Chip>{t('users:signedIn')}</Chip> : t('users.on')}</td>
      <td className="numbers">{user.last_sign_in === null ? t('users.never') : showMoment(user.last_sign_in)}</td>
      <td className="numbers">{showDate(user.created)}</td>
      <td>
        {!removed && (
          <Menu
            trigger={<IconButton icon={MoreHorizontal} label={t('users.menuOf', { name: user.name })} />}
            items={[
              { label: t('users.reset'), icon: KeyRound, disabled: !user.enabled, onSelect: ask('reset') },
              { label: t('users:role'), icon: UserCog, disabled: me || user.role === 'patient', onSelect: ask('role') },
              { label: t('users:end'), icon: LogOut, disabled: me || !here, onSelect: ask('end') },
              'line',
              user.enabled ? { label: t('users.disable'), icon: UserX, disabled: me, onSelect: ask('disable') } : { label: t('users.enable'), icon: UserCheck, onSelect: ask('enable') },
              { label: t('users:remove'), icon: UserMinus, disabled: me, onSelect: ask('remove') },
            ]}
          />
        )}
      </td>
    </tr>
  );
}
