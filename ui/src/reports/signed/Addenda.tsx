import { useTranslation } from 'react-i18next';

import type { ReportView } from '../../bindings/types';
import { showMoment } from '../../i18n/dates';
import { Panel } from '../../shared/ui';
import styles from './signed.module.css';

/** What was added after the report was final, newest first: it is read before the text that it adds to. */
export function Addenda({ report: { addenda } }: { report: ReportView }) {
  const { t } = useTranslation('reports');
  // Why a text was corrected or withdrawn stands in the banner and in the history.
  const added = addenda.filter(({ text }) => text !== '');
  if (added.length === 0) return null;
  return (
    <Panel title={t('signed.addenda', { count: added.length })}>
      <ul className={styles.added}>
        {added.map(({ kind, reason, text, by, at }) => (
          <li key={at}>
            <p className={styles.small}>{t(`signed.kind.${kind}`)} · {showMoment(at)} · <bdi>{by}</bdi></p>
            {reason !== '' && <p><span className={styles.small}>{t('signed.reason')}</span> <bdi>{reason}</bdi></p>}
            <p className={styles.text}><bdi>{text}</bdi></p>
          </li>
        ))}
      </ul>
    </Panel>
  );
}
