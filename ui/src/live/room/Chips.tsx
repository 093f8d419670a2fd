import { BadgeCheck, BookOpen, CircleSlash, Hourglass, RotateCw } from 'lucide-react';
import { useTranslation } from 'react-i18next';

import type { Provenance, TranslationView } from '../../bindings/types';
import { languageName } from '../../shared/languages';
import { AiMark, Chip } from '../../shared/ui';
import styles from './Bubble.module.css';

/** Who stands behind a translation. Nothing is called checked that nobody checked. */
export function ProvenanceChip({ provenance }: { provenance: Provenance }) {
  const { t } = useTranslation('live');
  if (provenance === 'same_language') return null;
  if (provenance === 'verified_phrase') return <Chip tone="good" icon={BadgeCheck}>{t('provenance.verified_phrase')}</Chip>;
  if (provenance === 'unreviewed_phrase') return <Chip tone="outline" icon={BookOpen}>{t('provenance.unreviewed_phrase')}</Chip>;
  if (provenance === 'not_translated') return <Chip tone="outline" icon={CircleSlash}>{t('provenance.not_translated')}</Chip>;
  return <span className={styles.machine}><AiMark /> {t('provenance.machine')}</span>;
}

/** The chip of one translation of a message: under way, from somebody, or none with another try. */
export function TranslationChip({ translation, named, onRetry }: { translation: TranslationView; named: boolean; onRetry: (() => void) | undefined }) {
  const { t } = useTranslation('live');
  const language = languageName(translation.language);
  return (
    <span className={styles.about}>
      {named && <span className={styles.into}>{language}</span>}
      {translation.pending ? <Chip icon={Hourglass}>{t('provenance.pending')}</Chip> : <ProvenanceChip provenance={translation.provenance} />}
      {!translation.pending && translation.provenance === 'not_translated' && onRetry !== undefined && (
        <button type="button" className={styles.again} onClick={onRetry} aria-label={t('bubble.tryAgainInto', { language })}><RotateCw size={13} aria-hidden />{t('bubble.tryAgain')}</button>
      )}
    </span>
  );
}
