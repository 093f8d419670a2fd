import { useTranslation } from 'react-i18next';

import type { SearchRow } from '../bindings/types';
import { directionOf, languageName } from '../shared/languages';
import { AiMark } from '../shared/ui';
import styles from './search.module.css';

/** The words that answer, in their own direction; what was asked for is marked. A translation says whose it is. */
export function Excerpt({ row: { pieces, cut_before, cut_after, language, provenance } }: { row: SearchRow }) {
  const { t } = useTranslation('search');
  const own = language === null ? { dir: 'auto' } : { lang: language, dir: directionOf(language) };
  return (
    <span className={styles.excerpt}>
      <span className={styles.words} {...own}>
        {cut_before && '… '}
        {pieces.map(({ text, found }, index) => (found ? <mark key={index}>{text}</mark> : <span key={index}>{text}</span>))}
        {cut_after && ' …'}
      </span>
      {provenance !== null && language !== null && (
        <span className={styles.quiet}>{provenance === 'machine' && <AiMark />} {t(`translated.${provenance}`, { language: languageName(language) })}</span>
      )}
    </span>
  );
}
