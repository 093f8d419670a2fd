import { TriangleAlert } from 'lucide-react';
import { useTranslation } from 'react-i18next';

import type { EngineState } from '../../bindings/types';
import { sentenceOf } from '../../shared/sentences';
import { AiMark } from '../../shared/ui';
import styles from './Consultation.module.css';

/** What translates, what it cannot, and that a machine's words need a person's eye. */
export function EngineNote({ engine, machine }: { engine: EngineState; machine: boolean }) {
  const { t } = useTranslation('live');
  if (engine.state === 'failing') {
    const { title, advice } = sentenceOf({ code: 'busy', message_id: engine.message_id, args: {} });
    return <p className={styles.engine} role="status"><TriangleAlert size={14} aria-hidden /><span>{t('engine.failing', { name: engine.name })} {title} {advice}</span></p>;
  }
  if (engine.state === 'none') return <p className={styles.engine} role="note"><span>{t('engine.none')}</span></p>;
  return machine ? <p className={styles.engine} role="note"><AiMark /><span>{t('engine.machine')}</span></p> : null;
}
