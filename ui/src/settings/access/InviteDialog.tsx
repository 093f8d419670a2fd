// An invitation by a one-time code: shown here once, and sent where the clinic has a mail server.
import { Copy, MailCheck } from 'lucide-react';
import { useState, type FormEvent } from 'react';
import { useTranslation } from 'react-i18next';

import type { Role, StaffInvitationView } from '../../bindings/types';
import { useCommand, useView } from '../../host/query';
import { showMoment } from '../../i18n/dates';
import { Button, Checkbox, Dialog, Problem, Select, TextInput, toast } from '../../shared/ui';
import { isLogin } from '../../shared/validate';
import styles from '../account/account.module.css';

/** Patients' accounts are made from their chart. */
const ROLES = ['doctor', 'pharmacist', 'administrator'] as const satisfies readonly Role[];

export function InviteDialog({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation('account');
  const invite = useCommand('accounts.invite');
  const account = useView('session.account', null);
  const mail = account.data?.mail ?? false;
  const [name, setName] = useState('');
  const [login, setLogin] = useState('');
  const [role, setRole] = useState<Role>('doctor');
  const [email, setEmail] = useState('');
  const [send, setSend] = useState(true);
  if (invite.data !== undefined) return <InvitationShown invitation={invite.data} onClose={onClose} />;
  const onSubmit = (event: FormEvent) => {
    event.preventDefault();
    invite.mutate({ name: name.trim(), login: login.trim(), role, email: email.trim() === '' ? null : email.trim(), send: mail && send && email.trim() !== '' });
  };
  return (
    <Dialog
      open onOpenChange={onClose} size="small" title={t('invite.title')} description={t('invite.hint')}
      footer={<Button kind="primary" type="submit" form="invite" busy={invite.isPending} disabled={name.trim() === '' || !isLogin(login.trim())}>{t('invite.go')}</Button>}
    >
      <form id="invite" className={styles.form} onSubmit={onSubmit}>
        <TextInput label={t('invite.name')} value={name} onChange={(event) => setName(event.target.value)} />
        <TextInput label={t('invite.login')} hint={t('common:form.loginRule')} autoCapitalize="none" dir="ltr" value={login} onChange={(event) => setLogin(event.target.value)} />
        <Select label={t('invite.role')} options={ROLES.map((one) => ({ value: one, label: t(`common:role.${one}`) }))} value={role} onChange={(event) => setRole(event.target.value as Role)} />
        <TextInput label={t('invite.email')} hint={mail ? t('invite.emailHint') : t('invite.noMail')} type="email" dir="ltr" value={email} onChange={(event) => setEmail(event.target.value)} />
        {mail && <Checkbox label={t('invite.send')} checked={send} onChange={(event) => setSend(event.target.checked)} />}
        {invite.error && <Problem error={invite.error} small />}
      </form>
    </Dialog>
  );
}

/** The code, once. */
export function InvitationShown({ invitation, onClose }: { invitation: StaffInvitationView; onClose: () => void }) {
  const { t } = useTranslation('account');
  const copy = () => navigator.clipboard.writeText(invitation.code).then(() => toast(t('invite.copied')), () => undefined);
  return (
    <Dialog open onOpenChange={onClose} size="small" title={t('invite.shownTitle')} description={t('invite.shownHint')} footer={<><Button icon={Copy} onClick={() => void copy()}>{t('invite.copy')}</Button><Button kind="primary" onClick={onClose}>{t('common:close')}</Button></>}>
      <div className={styles.invitation}>
        <output dir="ltr" aria-label={t('invite.code')}>{invitation.code}</output>
        <dl className={styles.facts}>
          <dt>{t('invite.login')}</dt><dd><bdi>{invitation.login}</bdi></dd>
          <dt>{t('invite.until')}</dt><dd className="numbers">{showMoment(invitation.expires)}</dd>
        </dl>
        {invitation.sent_to !== null && <p><MailCheck size={16} aria-hidden /> {t('invite.sentTo', { email: invitation.sent_to })}</p>}
        {invitation.problem !== null && <><p>{t('invite.notSent')}</p><Problem error={invitation.problem} small /></>}
        <p className={styles.quiet}>{t('invite.how')}</p>
      </div>
    </Dialog>
  );
}
