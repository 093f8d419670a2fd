import { useState, type FormEvent } from 'react';
import { useTranslation } from 'react-i18next';

import type { OpeningView, ReviewOutcome } from '../bindings/types';
import { useCommand } from '../host/query';
import { Button, Problem, TextArea, toast } from '../shared/ui';
import styles from './break-glass.module.css';

const OUTCOMES: readonly ReviewOutcome[] = ['justified', 'not_justified'];

/** An outcome and words, once and for good. */
export function ReviewForm({ opening }: { opening: OpeningView }) {
  const { t } = useTranslation('break-glass');
  const review = useCommand('break_glass.review');
  const [outcome, setOutcome] = useState<ReviewOutcome | null>(null);
  const [words, setWords] = useState('');
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (outcome !== null) review.mutate({ id: opening.id, outcome, words }, { onSuccess: () => toast(t('review.done')) });
  };
  return (
    <form className={styles.review} onSubmit={submit}>
      <fieldset>
        <legend>{t('review.outcome')}</legend>
        {OUTCOMES.map((one) => (
          <label key={one}><input type="radio" name={`outcome-${opening.id}`} checked={outcome === one} onChange={() => setOutcome(one)} /> {t(`outcome.${one}`)}</label>
        ))}
      </fieldset>
      <TextArea label={t('review.words')} hint={t('review.wordsHint')} value={words} onChange={(event) => setWords(event.target.value)} />
      {review.error && <Problem error={review.error} small />}
      <div><Button kind="primary" type="submit" disabled={outcome === null || words.trim() === ''} busy={review.isPending}>{t('review.go')}</Button></div>
    </form>
  );
}
