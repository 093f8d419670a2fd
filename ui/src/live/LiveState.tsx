// The quiet word elsewhere in the program: a consultation lasts, somebody waits. It takes no focus.
import { DoorOpen } from 'lucide-react';
import { useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';

import { useGo } from '../shared/go';
import { useAction } from '../shared/keys';
import { announce } from '../shared/ui';
import { ConnectionState } from './room/ConnectionState';
import { useRunning, waitingIn } from './running';
import styles from './LiveState.module.css';
import { useConsultationChanges } from './use-consultation';

/** For the bottom bar. Mounted once: it also keeps every view of consultations true. */
export function LiveState() {
  const { t } = useTranslation('live');
  const go = useGo();
  useConsultationChanges();
  const running = useRunning() ?? [];
  const waiting = waitingIn(running);
  const first = running.find((view) => view.waiting.length > 0) ?? running[0];
  const open = () => first !== undefined && go.to(`/consultations/${first.id}`);
  useAction('live.waiting', open, first !== undefined);
  const before = useRef(0);
  useEffect(() => {
    if (waiting > before.current) announce(t('waiting.title', { count: waiting }));
    before.current = waiting;
  }, [waiting, t]);
  if (first === undefined) return null;
  return (
    <button type="button" className={styles.live} onClick={open} title={t('state.label')}>
      {waiting > 0 ? <strong><DoorOpen size={13} aria-hidden />{t('waiting.title', { count: waiting })}</strong> : null}
      <span>{t('title')}</span>
      <ConnectionState view={first} />
    </button>
  );
}
