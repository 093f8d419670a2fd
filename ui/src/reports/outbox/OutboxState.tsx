// The outbox in the bar at the bottom: what waits, what is uncertain, what failed; quiet where there is nothing to say.
import { CircleHelp, CircleX, SendHorizontal } from 'lucide-react';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';

import { on } from '../../host';
import { refresh, useView } from '../../host/query';
import { useMay } from '../../shared/session-store';
import { Outbox } from './Outbox';
import styles from './outbox.module.css';

/** For the bottom bar. Mounted once: it also keeps every view of deliveries true. */
export function OutboxState() {
  const { t } = useTranslation('reports');
  const may = useMay('delivery.outbox');
  const { data } = useView('delivery.outbox', null, { enabled: may });
  const [open, setOpen] = useState(false);
  useEffect(() => (may ? on('delivery.changed', () => refresh(['outbox', 'reports'])) : undefined), [may]);
  // Where no way is set up, nothing can wait.
  if (data === undefined || data.channels.length + data.waiting + data.uncertain + data.failed === 0) return null;
  const { waiting, uncertain, failed } = data;
  return (
    <>
      <button type="button" className={styles.state} title={t('outbox.open')} onClick={() => setOpen(true)}>
        {failed > 0 && <strong data-kind="failed"><CircleX size={13} aria-hidden />{t('outbox.failed', { count: failed })}</strong>}
        {uncertain > 0 && <strong data-kind="uncertain"><CircleHelp size={13} aria-hidden />{t('outbox.uncertain', { count: uncertain })}</strong>}
        {(waiting > 0 || failed + uncertain === 0) && <span><SendHorizontal size={13} aria-hidden />{waiting > 0 ? t('outbox.waiting', { count: waiting }) : t('outbox.quiet')}</span>}
      </button>
      {open && <Outbox outbox={data} onClose={() => setOpen(false)} />}
    </>
  );
}
