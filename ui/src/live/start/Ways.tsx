// How the patient takes part: by link or QR code, by a spoken code, or across the desk on this screen.
import { Armchair, MessageSquareText, QrCode, type LucideIcon } from 'lucide-react';
import { useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';

import type { ConsultationView, InvitationView } from '../../bindings/types';
import { useView } from '../../host/query';
import { Problem, Skeleton } from '../../shared/ui';
import { useAct } from '../use-consultation';
import { LinkWay } from './LinkWay';
import { NoRelay } from './NoRelay';
import { LanNote } from './LanNote';
import { Seat } from './Seat';
import { SpokenWay } from './SpokenWay';
import styles from './ways.module.css';

type Chosen = 'link' | 'spoken' | 'desk' | null;

/** `onSeated` is called when somebody sits across the desk. */
export function Ways({ view, onSeated }: { view: ConsultationView; onSeated: () => void }) {
  const { t } = useTranslation('live');
  const relay = useView('relay.view', null);
  const invite = useAct('live.invite');
  const standing = (kind: 'link' | 'spoken') => view.invitations.findLast(({ way, spent }) => way.kind === kind && !spent);
  const [chosen, setChosen] = useState<Chosen>(standing('link') !== undefined ? 'link' : standing('spoken') !== undefined ? 'spoken' : null);
  const seated = view.people.some(({ kind, gone }) => kind === 'across_the_desk' && gone === null);
  const without = relay.data?.mode === 'none';
  const choose = (way: Chosen) => {
    setChosen(way);
    if ((way === 'link' || way === 'spoken') && standing(way) === undefined) invite.mutate({ consultation_id: view.id, spoken: way === 'spoken' });
  };
  const anew = (spoken: boolean) => invite.mutate({ consultation_id: view.id, spoken });

  return (
    <div className={styles.ways}>
      {relay.error && <Problem error={relay.error} small retry={() => void relay.refetch()} />}
      {relay.isPending && <Skeleton rows={3} />}
      {without && <NoRelay />}
      <div className={styles.choices} role="group" aria-label={t('ways.label')}>
        <Choice icon={QrCode} title={t('ways.link')} hint={t('ways.linkHint')} pressed={chosen === 'link'} disabled={without || relay.data === undefined} onChoose={() => choose('link')} />
        <Choice icon={MessageSquareText} title={t('ways.spoken')} hint={t('ways.spokenHint')} pressed={chosen === 'spoken'} disabled={without || relay.data === undefined} onChoose={() => choose('spoken')} />
        <Choice icon={Armchair} title={t('ways.desk')} hint={t('ways.deskHint')} pressed={chosen === 'desk'} disabled={seated} onChoose={() => choose('desk')} />
      </div>
      {invite.error && <Problem error={invite.error} retry={() => chosen !== null && chosen !== 'desk' && anew(chosen === 'spoken')} />}
      {chosen === 'link' && <Standing invitation={standing('link')} busy={invite.isPending}>{(one) => <LinkWay view={view} invitation={one} onAnew={() => anew(false)} />}</Standing>}
      {chosen === 'spoken' && <Standing invitation={standing('spoken')} busy={invite.isPending}>{(one) => <SpokenWay view={view} invitation={one} onAnew={() => anew(true)} />}</Standing>}
      {chosen === 'desk' && !seated && <Seat view={view} onSeated={onSeated} />}
      {(chosen === 'link' || chosen === 'spoken') && relay.data?.mode === 'lan' && relay.data.lan !== null && <LanNote lan={relay.data.lan} />}
    </div>
  );
}

function Choice({ icon: Icon, title, hint, pressed, disabled, onChoose }: { icon: LucideIcon; title: string; hint: string; pressed: boolean; disabled: boolean; onChoose: () => void }) {
  return (
    <button type="button" className={styles.choice} aria-pressed={pressed} disabled={disabled} onClick={onChoose}>
      <Icon size={22} strokeWidth={1.5} aria-hidden />
      <span><strong>{title}</strong><span>{hint}</span></span>
    </button>
  );
}

function Standing({ invitation, busy, children }: { invitation: InvitationView | undefined; busy: boolean; children: (one: InvitationView) => ReactNode }) {
  if (invitation === undefined) return busy ? <Skeleton rows={4} /> : null;
  return children(invitation);
}
