import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';

import { call } from '../host';
import { useCommand } from '../host/query';
import { Button } from '../shared/ui';
import { idleState, thisMoment, type IdleState } from './idle';
import styles from './session.module.css';

const USES = ['pointermove', 'pointerdown', 'keydown', 'wheel'] as const;
/** How often the record is told that somebody is there. */
const TOUCH_MS = 60_000;

/** Locks the window after so many minutes without a key or pointer, with a countdown that any of them stops. */
export function IdleWatch({ minutes, active }: { minutes: number; active: boolean }) {
  const { t } = useTranslation('session');
  const { mutate: lock } = useCommand('session.lock');
  const [state, setState] = useState<IdleState>({ kind: 'awake' });

  useEffect(() => {
    if (!active) return undefined;
    let usedAt = thisMoment();
    let touchedAt = usedAt.steady;
    const used = () => {
      usedAt = thisMoment();
      setState((before) => (before.kind === 'awake' ? before : { kind: 'awake' }));
      if (usedAt.steady - touchedAt < TOUCH_MS) return;
      touchedAt = usedAt.steady;
      // A session that has ended says so by its event; the next act shows it.
      void call('session.touch', null).catch(() => undefined);
    };
    const tick = window.setInterval(() => {
      const next = idleState(usedAt, thisMoment(), minutes);
      setState((before) => (before.kind === 'awake' && next.kind === 'awake' ? before : next));
      if (next.kind === 'lock') {
        window.clearInterval(tick);
        lock(null);
      }
    }, 1000);
    for (const use of USES) window.addEventListener(use, used, { passive: true });
    return () => {
      window.clearInterval(tick);
      for (const use of USES) window.removeEventListener(use, used);
      setState({ kind: 'awake' });
    };
  }, [active, minutes, lock]);

  if (!active || state.kind !== 'warning') return null;
  return (
    <div className={styles.warning} role="alert">
      <span className={styles.seconds} aria-hidden>{state.seconds}</span>
      <span>{t('idle.warning')}</span>
      <Button kind="primary">{t('idle.stay')}</Button>
    </div>
  );
}
