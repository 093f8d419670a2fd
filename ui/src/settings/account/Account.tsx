// One's own access: password, second factor, recovery codes, PIN, and where one is signed in.
import { KeyRound, Mail, MonitorSmartphone, Smartphone, TriangleAlert } from 'lucide-react';
import { useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';

import type { OwnAccountView } from '../../bindings/types';
import { useCommand, useView } from '../../host/query';
import { showDate, showMoment } from '../../i18n/dates';
import { openDialog } from '../../shared/dialogs';
import { Button, Chip, Panel, Problem, Skeleton, toast } from '../../shared/ui';
import { AppDialog } from './AppDialog';
import { CodesDialog } from './CodesDialog';
import { EmailDialog } from './EmailDialog';
import { PinDialog } from './PinDialog';
import { RemoveFactorDialog } from './RemoveFactorDialog';
import styles from './account.module.css';

type Open = 'app' | 'email' | 'codes' | 'remove' | 'pin' | null;

export function Account() {
  const { t } = useTranslation('account');
  const account = useView('session.account', null);
  const [open, setOpen] = useState<Open>(null);
  const close = () => setOpen(null);
  return (
    <Panel title={t('title')}>
      {account.error && <Problem error={account.error} retry={() => void account.refetch()} />}
      {account.isPending && <Skeleton rows={5} />}
      {account.data && (
        <ul className={styles.rows}>
          <Row icon={<KeyRound size={18} aria-hidden />} title={t('password.title')} text={t('password.text')}>
            <Button onClick={() => openDialog({ kind: 'password' })}>{t('password.change')}</Button>
          </Row>
          <Factor account={account.data} onOpen={setOpen} />
          {account.data.second_factor !== null && <Codes left={account.data.codes_left} onRenew={() => setOpen('codes')} />}
          <Pin since={account.data.pin_since} onSet={() => setOpen('pin')} />
          <Windows account={account.data} />
        </ul>
      )}
      {open === 'app' && <AppDialog onClose={close} />}
      {open === 'email' && <EmailDialog onClose={close} />}
      {open === 'codes' && <CodesDialog onClose={close} />}
      {open === 'remove' && <RemoveFactorDialog onClose={close} />}
      {open === 'pin' && <PinDialog onClose={close} />}
    </Panel>
  );
}

function Row({ icon, title, text, mark, children }: { icon: ReactNode; title: string; text: ReactNode; mark?: ReactNode; children?: ReactNode }) {
  return (
    <li className={styles.row}>
      <span className={styles.icon}>{icon}</span>
      <div className={styles.words}>
        <h3>{title}{mark}</h3>
        <div className={styles.text}>{text}</div>
      </div>
      <div className={styles.acts}>{children}</div>
    </li>
  );
}

function Factor({ account, onOpen }: { account: OwnAccountView; onOpen: (open: Open) => void }) {
  const { t } = useTranslation('account');
  const on = account.second_factor;
  const text = on === null ? t('factor.off') : on === 'authenticator' ? t('factor.app') : t('factor.email', { email: account.email ?? '' });
  return (
    <Row icon={<Smartphone size={18} aria-hidden />} title={t('factor.title')} mark={on === null ? undefined : <Chip tone="outline">{t('factor.on')}</Chip>} text={<p>{text}</p>}>
      {on !== 'authenticator' && <Button onClick={() => onOpen('app')}>{t('factor.useApp')}</Button>}
      {on !== 'email' && account.mail && <Button icon={Mail} onClick={() => onOpen('email')}>{t('factor.useEmail')}</Button>}
      {on !== null && <Button kind="quiet" onClick={() => onOpen('remove')}>{t('factor.remove')}</Button>}
    </Row>
  );
}

function Codes({ left, onRenew }: { left: number; onRenew: () => void }) {
  const { t } = useTranslation('account');
  const few = left <= 3;
  return (
    <Row icon={few ? <TriangleAlert size={18} aria-hidden /> : <KeyRound size={18} aria-hidden />} title={t('codes.title')} text={<p>{t('codes.left', { count: left })} {few ? t('codes.few') : t('codes.text')}</p>}>
      <Button onClick={onRenew}>{t('codes.renew')}</Button>
    </Row>
  );
}

function Pin({ since, onSet }: { since: string | null; onSet: () => void }) {
  const { t } = useTranslation('account');
  const remove = useCommand('session.remove_pin');
  return (
    <Row icon={<KeyRound size={18} aria-hidden />} title={t('pin.title')} text={<><p>{since === null ? t('pin.off') : t('pin.on', { date: showDate(since) })}</p>{remove.error && <Problem error={remove.error} small />}</>}>
      <Button onClick={onSet}>{since === null ? t('pin.set') : t('pin.change')}</Button>
      {since !== null && <Button kind="quiet" busy={remove.isPending} onClick={() => remove.mutate(null, { onSuccess: () => toast(t('pin.removed')) })}>{t('pin.remove')}</Button>}
    </Row>
  );
}

function Windows({ account }: { account: OwnAccountView }) {
  const { t } = useTranslation('account');
  const end = useCommand('session.end_window');
  return (
    <Row icon={<MonitorSmartphone size={18} aria-hidden />} title={t('windows.title')} text={(
      <>
        <ul className={styles.windows}>
          {account.windows.map((window) => (
            <li key={window.session_id}>
              <span>{window.here ? t('windows.here') : t('windows.other')}</span>
              <span className="numbers">{t('windows.since', { moment: showMoment(window.started) })}</span>
              <span>{window.locked ? t('windows.locked') : ''}</span>
              {!window.here && <Button kind="quiet" busy={end.isPending} onClick={() => end.mutate({ session_id: window.session_id }, { onSuccess: () => toast(t('windows.ended')) })}>{t('windows.end')}</Button>}
            </li>
          ))}
        </ul>
        {end.error && <Problem error={end.error} small />}
      </>
    )} />
  );
}
