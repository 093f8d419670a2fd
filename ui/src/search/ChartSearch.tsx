import { Search } from 'lucide-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';

import type { PatientView } from '../bindings/types';
import { Button } from '../shared/ui';
import styles from './search.module.css';
import { useSearchFor } from './use-search-for';

/** The way from a chart into what was said and written about its patient. */
export function ChartSearch({ patient: { id, name } }: { patient: PatientView }) {
  const { t } = useTranslation('search');
  const [words, setWords] = useState('');
  const searchFor = useSearchFor();
  return (
    <form role="search" className={styles.inChart} onSubmit={(event) => (event.preventDefault(), searchFor(words, { id, name }))}>
      <input type="search" name="chart-search" className={styles.search} maxLength={400} dir="auto" aria-label={t('inChart')} placeholder={t('inChart')} value={words} autoComplete="off" spellCheck={false} onChange={(event) => setWords(event.target.value)} />
      <Button type="submit" icon={Search}>{t('go')}</Button>
    </form>
  );
}
