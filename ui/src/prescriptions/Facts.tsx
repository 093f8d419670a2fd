// What was done with a prescription, oldest first.
import { useTranslation } from 'react-i18next';

import type { PrescriptionFactView } from '../bindings/types';
import { showMoment } from '../i18n/dates';
import { Panel } from '../shared/ui';
import styles from './prescriptions.module.css';
import { useOrderWords } from './words';

export function Facts({ facts }: { facts: readonly PrescriptionFactView[] }) {
  const { t } = useTranslation('prescriptions');
  const { counted } = useOrderWords();
  if (facts.length === 0) return null;
  return (
    <Panel title={t('view.history')} flush>
      <ol className={styles.facts}>
        {facts.map((fact) => (
          <li key={fact.id}>
            <span className="numbers">{showMoment(fact.at)}</span>
            <div>
              <p>{t(`event.${fact.kind}`, { name: fact.by, text: fact.text, quantity: fact.amount === null ? '' : counted(fact.amount) })}</p>
              {fact.batch !== null && <p className={styles.quiet}>{t('event.batch', { ...fact.batch })}</p>}
              {fact.product !== null && <p className={styles.quiet}>{t('event.product', { product: fact.product })}</p>}
              {(fact.kind === 'dispensed' || fact.kind === 'returned') && fact.text !== '' && <p className={styles.quiet}><bdi>{fact.text}</bdi></p>}
              {fact.overridden.map(({ key, reason }) => <p key={key} className={styles.quiet}>{t('event.overridden', { reason })}</p>)}
            </div>
          </li>
        ))}
      </ol>
    </Panel>
  );
}
