import { RotateCw, Timer, X } from 'lucide-react';
import { useTranslation } from 'react-i18next';

import type { ConsultationView, InvitationView } from '../../bindings/types';
import { Button } from '../../shared/ui';
import { useAct } from '../use-consultation';
import { showTime } from '../voice/time';
import { useNow } from '../../shared/use-now';
import styles from './ways.module.css';

/** How long a spoken code lasts, milliseconds (docs/consultation.md). */
const LASTS = 5 * 60_000;

/** Ten digits to say on the telephone: five minutes, one try. */
export function SpokenWay({ view, invitation, onAnew }: { view: ConsultationView; invitation: InvitationView; onAnew: () => void }) {
  const { t } = useTranslation('live');
  const withdraw = useAct('live.withdraw');
  const left = Date.parse(invitation.until) - useNow(500);
  if (invitation.way.kind !== 'spoken') return null;
  const { page, code } = invitation.way;
  if (left <= 0) return <div className={styles.over}><p>{t('spoken.over')}</p><Button kind="primary" icon={RotateCw} onClick={onAnew}>{t('spoken.another')}</Button></div>;
  return (
    <div className={styles.spoken}>
      <ol className={styles.steps}>
        <li><span>{t('spoken.open')}</span><strong className={styles.page} dir="ltr">{page}</strong></li>
        <li><span>{t('spoken.say')}</span><strong className={styles.digits} dir="ltr" aria-label={t('spoken.digits', { code: code.replace(/\D/g, '').split('').join(' ') })}>{code}</strong></li>
      </ol>
      <div className={styles.clock}>
        <span role="timer" aria-label={t('spoken.left', { time: showTime(left) })}><Timer size={16} aria-hidden /><span className="numbers" aria-hidden>{showTime(left)}</span></span>
        <span className={styles.bar} aria-hidden><span style={{ inlineSize: `${Math.min(100, (left / LASTS) * 100)}%` }} /></span>
        <Button kind="quiet" icon={X} busy={withdraw.isPending} onClick={() => withdraw.mutate({ consultation_id: view.id, invitation_id: invitation.id })}>{t('link.withdraw')}</Button>
      </div>
      <p className={styles.quiet}>{t('spoken.once')}</p>
    </div>
  );
}
