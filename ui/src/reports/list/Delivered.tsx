import { CircleCheck, CircleHelp, CircleX, Clock } from 'lucide-react';
import { useTranslation } from 'react-i18next';

import type { DeliverySummary } from '../../bindings/types';
import { Chip } from '../../shared/ui';
import styles from './list.module.css';

/** To how many it went; what needs somebody's eye stands first. */
export function Delivered({ deliveries: { delivered, waiting, uncertain, failed } }: { deliveries: DeliverySummary }) {
  const { t } = useTranslation('reports');
  if (failed > 0) return <Chip tone="urgent" icon={CircleX}>{t('list.failed', { count: failed })}</Chip>;
  if (uncertain > 0) return <Chip tone="soon" icon={CircleHelp}>{t('list.uncertain', { count: uncertain })}</Chip>;
  if (waiting > 0) return <span className={styles.state}><Clock size={14} aria-hidden /><span>{t('list.waiting', { count: waiting })}</span></span>;
  if (delivered > 0) return <span className={styles.state}><CircleCheck size={14} aria-hidden /><span>{t('list.delivered', { count: delivered })}</span></span>;
  return <span className={styles.quiet}>{t('list.notSent')}</span>;
}
