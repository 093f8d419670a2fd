// Who stands before the door. Nobody comes in unseen: the pictures are compared aloud first.
import { Smartphone, TriangleAlert, UserCheck, UserX } from 'lucide-react';
import { useTranslation } from 'react-i18next';

import type { ConsultationView, WaitingView } from '../../bindings/types';
import { showSince } from '../../i18n/dates';
import { useAction } from '../../shared/keys';
import { languageName, OWN_NAMES } from '../../shared/languages';
import { Button, Problem } from '../../shared/ui';
import { useAct } from '../use-consultation';
import styles from './side.module.css';

/** `large` where nothing else is due: before anybody is in. */
export function WaitingRoom({ view, large = false }: { view: ConsultationView; large?: boolean }) {
  const { t } = useTranslation('live');
  const admit = useAct('live.admit');
  const decline = useAct('live.decline');
  const first = view.waiting[0];
  useAction('live.admit', () => first !== undefined && admit.mutate({ consultation_id: view.id, participant_id: first.id }), first?.code != null && !first.second_device);
  if (view.waiting.length === 0) return null;
  return (
    <section className={styles.waiting} data-large={large || undefined} aria-labelledby="waiting-room">
      <h2 id="waiting-room">{t('waiting.title', { count: view.waiting.length })}</h2>
      {(admit.error ?? decline.error) && <Problem error={(admit.error ?? decline.error)!} small />}
      <ul>
        {view.waiting.map((guest) => (
          <li key={guest.id}>
            <Guest
              guest={guest} busy={(admit.isPending || decline.isPending)} first={guest === first}
              onAdmit={() => admit.mutate({ consultation_id: view.id, participant_id: guest.id })} onDecline={() => decline.mutate({ consultation_id: view.id, participant_id: guest.id })}
            />
          </li>
        ))}
      </ul>
    </section>
  );
}

function Guest({ guest, busy, first, onAdmit, onDecline }: { guest: WaitingView; busy: boolean; first: boolean; onAdmit: () => void; onDecline: () => void }) {
  const { t } = useTranslation('live');
  return (
    <div className={styles.guest}>
      <p className={styles.who}><bdi>{guest.name}</bdi></p>
      <p className={styles.quiet}>
        {t('waiting.reads', { language: languageName(guest.language) })} <bdi lang={guest.language}>{OWN_NAMES[guest.language] === languageName(guest.language) ? '' : `(${OWN_NAMES[guest.language]})`}</bdi> · {t('waiting.since', { since: showSince(guest.since) })}
        {!guest.here && <> · {t('waiting.away')}</>}
      </p>
      {guest.second_device && <p className={styles.second} role="note"><TriangleAlert size={16} aria-hidden /><span><strong>{t('waiting.secondTitle')}</strong> {t('waiting.second')}</span></p>}
      {guest.code === null
        ? <p className={styles.quiet} role="status"><Smartphone size={14} aria-hidden /> {t('waiting.noCode')}</p>
        : (
          <>
            <p className={styles.ask}>{t('waiting.compare')}</p>
            <ol className={styles.code} aria-label={t('waiting.code')}>
              {guest.code.map((emoji, index) => <li key={index}><span aria-hidden>{emoji}</span><span>{t(`emoji.${emoji}`, { defaultValue: emoji })}</span></li>)}
            </ol>
          </>
        )}
      <div className={styles.buttons}>
        <Button kind="primary" icon={UserCheck} busy={busy} disabled={guest.code === null} {...(first && !guest.second_device ? { action: 'live.admit' } : {})} onClick={onAdmit}>{t('waiting.admit')}</Button>
        <Button icon={UserX} busy={busy} onClick={onDecline}>{t('waiting.decline')}</Button>
      </div>
    </div>
  );
}
