import { CloudOff, LoaderCircle, Monitor, Smartphone } from 'lucide-react';
import { useTranslation } from 'react-i18next';

import type { ConsultationView } from '../../bindings/types';
import { sentenceOf } from '../../shared/sentences';
import styles from './Consultation.module.css';

/** The way to the phones, said as it is. */
export function ConnectionState({ view }: { view: ConsultationView }) {
  // Why it waits is said once, in the consultation itself.
  const { t } = useTranslation('live');
  const { connection, unsent } = view;
  const Icon = { not_needed: Monitor, connecting: LoaderCircle, connected: Smartphone, waiting: CloudOff }[connection.state];
  return (
    <span className={styles.connection} data-state={connection.state} role="status">
      <Icon size={15} aria-hidden />
      <span>
        {t(`connection.${connection.state}`)}
        {unsent > 0 && <strong> {t('connection.unsent', { count: unsent })}</strong>}
      </span>
    </span>
  );
}

/** Why the network is waited for, and what to do. */
export function ConnectionTrouble({ connection }: Pick<ConsultationView, 'connection'>) {
  if (connection.state !== 'waiting') return null;
  const { title, advice } = sentenceOf({ code: 'busy', message_id: connection.message_id, args: {} });
  return <p className={styles.engine} role="status"><CloudOff size={14} aria-hidden /><span>{title} {advice}</span></p>;
}
