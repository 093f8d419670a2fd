import { MessagesSquare } from 'lucide-react';
import { useTranslation } from 'react-i18next';

import type { ConsultationView } from '../../bindings/types';
import { showClock } from '../../i18n/dates';
import { useGo } from '../../shared/go';
import { Button } from '../../shared/ui';
import { ConnectionState } from '../room/ConnectionState';
import styles from './list.module.css';

/** A consultation that lasts: with whom, how it stands, and the way back into it. */
export function RunningCard({ view }: { view: ConsultationView }) {
  const { t } = useTranslation('live');
  const go = useGo();
  return (
    <div className={styles.lasting}>
      <div>
        <p className={styles.name}><bdi>{view.patient.name}</bdi> <span className={[styles.quiet, 'numbers'].join(' ')}>{view.patient.number}</span></p>
        <p className={styles.quiet}>{t('list.since', { at: showClock(view.started) })} · <ConnectionState view={view} />{view.waiting.length > 0 && <strong> · {t('waiting.title', { count: view.waiting.length })}</strong>}</p>
      </div>
      <Button kind="primary" icon={MessagesSquare} onClick={() => go.to(`/consultations/${view.id}`)}>{t('list.back')}</Button>
    </div>
  );
}
