import { TriangleAlert } from 'lucide-react';
import { useTranslation } from 'react-i18next';

import type { ErrorView } from '../../bindings/types';
import { sentenceOf } from '../sentences';
import { Button } from './Button';
import styles from './Problem.module.css';

/** What happened, what is safe, what to do: the one way in which an error is shown. */
export function Problem({ error, retry, small = false }: { error: ErrorView; retry?: () => void; small?: boolean }) {
  const { t } = useTranslation();
  const { title, advice } = sentenceOf(error);
  return (
    <div role="alert" className={[styles.problem, small ? styles.small : ''].join(' ')}>
      <TriangleAlert size={18} aria-hidden />
      <div>
        <p className={styles.title}>{title}</p>
        {advice !== '' && <p className={styles.advice}>{advice}</p>}
        {retry !== undefined && <Button onClick={retry}>{t('tryAgain')}</Button>}
      </div>
    </div>
  );
}
