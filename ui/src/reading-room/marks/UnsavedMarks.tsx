// Says plainly that a mark is on the picture and not in the record, and offers to try again.
import { useTranslation } from 'react-i18next';

import { sentenceOf } from '../../shared/sentences';
import { Button } from '../../shared/ui';
import { useBook, useInside } from '../room/context';
import styles from './UnsavedMarks.module.css';

export function UnsavedMarks() {
  const { t } = useTranslation('reading-room');
  const { book } = useInside();
  const marks = useBook((state) => state.marks);
  const failed = marks.filter((mark) => mark.state === 'failed');
  const problem = failed[0]?.problem;
  if (!problem) return null;
  const { title, advice } = sentenceOf(problem);
  return (
    <div className={styles.bar} role="alert">
      <p><b>{t('marks.notSaved', { count: failed.length })}</b> {title} {advice}</p>
      <Button onClick={() => failed.forEach(({ key }) => book.retry(key))}>{t('marks.retry')}</Button>
    </div>
  );
}
