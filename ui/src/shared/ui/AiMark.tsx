import { Sparkle } from 'lucide-react';
import { useTranslation } from 'react-i18next';

import styles from './AiMark.module.css';

/** Stands beside everything that a model said, so that nobody takes it for a person's words. */
export function AiMark({ words = false }: { words?: boolean }) {
  const { t } = useTranslation();
  return (
    <span className={styles.mark} title={t('ai.notForDiagnosis')}>
      <Sparkle size={12} aria-hidden />
      <span>{t('ai.mark')}</span>
      {words ? <span className={styles.words}>{t('ai.notForDiagnosis')}</span> : <span className="unseen">{t('ai.notForDiagnosis')}</span>}
    </span>
  );
}
