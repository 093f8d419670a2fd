// E-mail: the server that takes the reports, tested step by step, and what is done where its answer was lost.
import { ShieldAlert } from 'lucide-react';
import { useState, type FormEvent } from 'react';
import { useTranslation } from 'react-i18next';

import type { SetSmtpRequest, SmtpSecurity, SmtpView } from '../../bindings/types';
import { useCommand, useView } from '../../host/query';
import { Button, Checkbox, Panel, Problem, Skeleton, TextInput, toast } from '../../shared/ui';
import styles from '../settings.module.css';
import { Steps } from './Steps';

type Preset = 'none' | 'microsoft' | 'google' | 'own';

const SERVERS = { microsoft: 'smtp.office365.com', google: 'smtp.gmail.com' } as const;
const PRESETS: readonly Preset[] = ['none', 'microsoft', 'google', 'own'];
const PORTS: Record<SmtpSecurity, number> = { start_tls: 587, tls: 465, none: 25 };
const SECURITIES: readonly SmtpSecurity[] = ['start_tls', 'tls', 'none'];

const OFF: SetSmtpRequest = { host: '', port: 0, security: 'start_tls', user: null, password: null, from: '', reply_to: null, resend_uncertain: false };

export function EmailSettings() {
  const { t } = useTranslation('settings');
  const settings = useView('delivery.settings', null);
  const test = useCommand('delivery.test_smtp');
  const [sendTo, setSendTo] = useState('');
  const smtp = settings.data?.smtp ?? null;
  const mail = isMail(sendTo.trim());
  return (
    <Panel title={t('email.title')} aside={smtp !== null && <Button busy={test.isPending} disabled={sendTo.trim() !== '' && !mail} onClick={() => test.mutate({ send_to: mail ? sendTo.trim() : null })}>{t('email.test')}</Button>}>
      <p>{t('email.hint')}</p>
      {settings.error && <Problem error={settings.error} retry={() => void settings.refetch()} />}
      {settings.isPending && <Skeleton rows={5} />}
      {smtp !== null && <TextInput label={t('email.testTo')} optional={t('common:optional')} hint={t('email.testToHint')} type="email" dir="ltr" value={sendTo} error={sendTo.trim() === '' || mail ? undefined : t('email.addressRule')} onChange={(event) => setSendTo(event.target.value)} />}
      {test.error && <Problem error={test.error} small />}
      {test.data !== undefined && !test.isPending && <Steps result={test.data} />}
      {settings.data !== undefined && <Form key={JSON.stringify(smtp)} smtp={smtp} onSaved={test.reset} />}
    </Panel>
  );
}

const isMail = (text: string) => /^[^\s@]+@[^\s@]+$/.test(text);
const isLoopback = (host: string) => /^(localhost|127(\.\d+){3}|::1)$/.test(host);

function presetOf(smtp: SmtpView | null): Preset {
  if (smtp === null) return 'none';
  return PRESETS.find((one) => SERVERS[one as keyof typeof SERVERS] === smtp.host) ?? 'own';
}

function Form({ smtp, onSaved }: { smtp: SmtpView | null; onSaved: () => void }) {
  const { t } = useTranslation('settings');
  const save = useCommand('delivery.set_smtp');
  const [preset, setPreset] = useState(presetOf(smtp));
  const [host, setHost] = useState(smtp?.host ?? '');
  const [security, setSecurity] = useState<SmtpSecurity>(smtp?.security ?? 'start_tls');
  const [port, setPort] = useState(String(smtp?.port ?? PORTS.start_tls));
  const [user, setUser] = useState(smtp?.user ?? '');
  const [password, setPassword] = useState('');
  const [from, setFrom] = useState(smtp?.from ?? '');
  const [replyTo, setReplyTo] = useState(smtp?.reply_to ?? '');
  const [resend, setResend] = useState(smtp?.resend_uncertain ?? false);
  const on = preset !== 'none';
  const fixed = preset === 'microsoft' || preset === 'google';
  const wholePort = /^\d+$/.test(port) && Number(port) >= 1 && Number(port) <= 65_535;
  const plainElsewhere = security === 'none' && host.trim() !== '' && !isLoopback(host.trim());
  const mailRule = (text: string) => (text.trim() === '' || isMail(text.trim()) ? undefined : t('email.addressRule'));
  const valid = on ? host.trim() !== '' && wholePort && !plainElsewhere && isMail(from.trim()) && mailRule(replyTo) === undefined : smtp !== null;
  const choose = (next: Preset) => {
    setPreset(next);
    if (next === 'microsoft' || next === 'google') {
      setHost(SERVERS[next]);
      secure('start_tls');
    } else if (next === 'own' && fixed) setHost('');
  };
  const secure = (next: SmtpSecurity) => {
    setSecurity(next);
    setPort(String(PORTS[next]));
  };
  const onSubmit = (event: FormEvent) => {
    event.preventDefault();
    const text = (value: string) => (value.trim() === '' ? null : value.trim());
    const request = on ? { host: host.trim(), port: Number(port), security, user: text(user), password: password === '' ? null : password, from: from.trim(), reply_to: text(replyTo), resend_uncertain: resend } : OFF;
    save.mutate(request, {
      onSuccess: () => {
        toast(t(on ? 'email.saved' : 'email.off'));
        onSaved();
      },
    });
  };
  return (
    <form className={styles.form} onSubmit={onSubmit}>
      <fieldset className={styles.choice}>
        <legend>{t('email.preset')}</legend>
        <p>{t('email.presetHint')}</p>
        <div>
          {PRESETS.map((one) => (
            <label key={one} data-checked={preset === one || undefined}><input type="radio" name="smtp" checked={preset === one} onChange={() => choose(one)} />{t(`email.presets.${one}`)}</label>
          ))}
        </div>
      </fieldset>
      {on && (
        <>
          <div className={styles.leaves} role="note"><ShieldAlert size={18} aria-hidden /><div><strong>{t('email.leavesTitle')}</strong><p>{t('email.leaves')}</p></div></div>
          <fieldset className={styles.choice}>
            <legend>{t('email.security')}</legend>
            <p>{t('email.securityHint')}</p>
            <div>
              {SECURITIES.map((one) => (
                <label key={one} data-checked={security === one || undefined}><input type="radio" name="security" disabled={fixed} checked={security === one} onChange={() => secure(one)} />{t(`email.securities.${one}`)}</label>
              ))}
            </div>
          </fieldset>
          <div className={styles.two}>
            <TextInput label={t('email.host')} hint={t('email.hostHint')} dir="ltr" disabled={fixed} value={host} error={plainElsewhere ? t('email.plainRule') : undefined} onChange={(event) => setHost(event.target.value)} />
            <TextInput label={t('email.port')} hint={t('email.portHint')} inputMode="numeric" dir="ltr" disabled={fixed} value={port} error={wholePort ? undefined : t('email.portRule')} onChange={(event) => setPort(event.target.value)} />
            <TextInput label={t('email.user')} hint={t('email.userHint')} dir="ltr" value={user} onChange={(event) => setUser(event.target.value)} />
            <TextInput label={t('email.password')} hint={t(smtp?.has_password === true ? 'email.passwordKept' : 'email.passwordHint')} type="password" autoComplete="new-password" dir="ltr" placeholder={smtp?.has_password === true ? t('engine.keyUnchanged') : ''} value={password} onChange={(event) => setPassword(event.target.value)} />
            <TextInput label={t('email.from')} hint={t('email.fromHint')} type="email" dir="ltr" value={from} error={mailRule(from)} onChange={(event) => setFrom(event.target.value)} />
            <TextInput label={t('email.replyTo')} optional={t('common:optional')} hint={t('email.replyToHint')} type="email" dir="ltr" value={replyTo} error={mailRule(replyTo)} onChange={(event) => setReplyTo(event.target.value)} />
          </div>
          <Checkbox label={t('email.resend')} hint={t('email.resendHint')} checked={resend} onChange={(event) => setResend(event.target.checked)} />
        </>
      )}
      {!on && <p className={styles.quiet}>{t('email.noneHint')}</p>}
      {save.error && <Problem error={save.error} small />}
      <div><Button kind="primary" type="submit" busy={save.isPending} disabled={!valid}>{t('email.save')}</Button></div>
    </form>
  );
}
