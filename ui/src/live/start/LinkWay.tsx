import { Check, Copy, KeyRound, X } from 'lucide-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';

import type { ConsultationView, InvitationView } from '../../bindings/types';
import { showClock } from '../../i18n/dates';
import { announce, Button } from '../../shared/ui';
import { useAct } from '../use-consultation';
import { useNow } from '../../shared/use-now';
import styles from './ways.module.css';

/** The link, as a code to scan and as text to copy. Whoever has it may knock. */
export function LinkWay({ view, invitation, onAnew }: { view: ConsultationView; invitation: InvitationView; onAnew: () => void }) {
  const { t } = useTranslation('live');
  const withdraw = useAct('live.withdraw');
  const [copied, setCopied] = useState<'no' | 'yes' | 'failed'>('no');
  const now = useNow(10_000);
  if (invitation.way.kind !== 'link') return null;
  const { url, qr } = invitation.way;
  const copy = () => {
    navigator.clipboard.writeText(url).then(() => {
      setCopied('yes');
      announce(t('link.copied'));
    }, () => setCopied('failed'));
  };
  if (Date.parse(invitation.until) <= now) return <div className={styles.over}><p>{t('link.over')}</p><Button kind="primary" onClick={onAnew}>{t('link.another')}</Button></div>;
  return (
    <div className={styles.link}>
      <img className={styles.qr} src={`data:image/svg+xml;charset=utf-8,${encodeURIComponent(qr)}`} alt={t('link.qr')} />
      <div className={styles.how}>
        <p className={styles.lead}>{t('link.scan')}</p>
        <p>{t('link.or')}</p>
        <p className={styles.address} dir="ltr" data-testid="link">{url}</p>
        <div className={styles.buttons}>
          <Button kind="primary" icon={copied === 'yes' ? Check : Copy} onClick={copy}>{copied === 'yes' ? t('link.copied') : t('link.copy')}</Button>
          <Button kind="quiet" icon={X} busy={withdraw.isPending} onClick={() => withdraw.mutate({ consultation_id: view.id, invitation_id: invitation.id })}>{t('link.withdraw')}</Button>
        </div>
        {copied === 'failed' && <p role="alert">{t('link.copyFailed')}</p>}
        <p className={styles.warn}><KeyRound size={16} aria-hidden />{t('link.warning')}</p>
        <p className={styles.quiet}>{invitation.open ? t('link.until', { until: showClock(invitation.until) }) : t('link.opening')}</p>
      </div>
    </div>
  );
}
