import { useMemo, useState, type FormEvent } from 'react';
import { useTranslation } from 'react-i18next';

import { useCommand } from '../host/query';
import { Button, Problem, TextInput } from '../shared/ui';
import { pickPositions } from './positions';
import styles from './setup.module.css';
import { StepPage } from './Steps';

/** The recovery phrase: shown once, then three of its words are asked. Without `words` (the program was closed in between) only asked. */
export function PhraseStep({ words, onNext }: { words: readonly string[]; onNext: () => void }) {
  const { t } = useTranslation('setup');
  const [asking, setAsking] = useState(words.length === 0);
  const positions = useMemo(() => pickPositions(words.length === 0 ? 12 : words.length), [words.length]);
  const [answers, setAnswers] = useState<readonly string[]>(['', '', '']);
  const confirm = useCommand('setup.confirm_recovery');
  const onSubmit = (event: FormEvent) => {
    event.preventDefault();
    confirm.mutate({ words: positions.map((position, index) => ({ position, word: (answers[index] ?? '').trim().toLowerCase() })) }, { onSuccess: onNext });
  };

  if (!asking) {
    return (
      <StepPage step="phrase" title={t('phrase.title')} hint={t('phrase.hint')} buttons={<Button kind="primary" onClick={() => setAsking(true)}>{t('phrase.written')}</Button>}>
        <ol className={styles.words} aria-label={t('phrase.words')} dir="ltr" translate="no">
          {words.map((word, index) => <li key={index}>{word}</li>)}
        </ol>
        <p>{t('phrase.keep')}</p>
      </StepPage>
    );
  }
  return (
    <StepPage
      step="phrase" title={t('phrase.confirmTitle')} hint={t('phrase.confirmHint')}
      buttons={(
        <>
          {words.length > 0 && <Button kind="quiet" onClick={() => setAsking(false)}>{t('phrase.showAgain')}</Button>}
          <Button kind="primary" type="submit" form="phrase-step" busy={confirm.isPending} disabled={answers.some((answer) => answer.trim() === '')}>{t('phrase.confirm')}</Button>
        </>
      )}
    >
      <form id="phrase-step" className={styles.form} onSubmit={onSubmit}>
        <div className={styles.three}>
          {positions.map((position, index) => (
            <TextInput key={position} label={t('phrase.word', { position })} name={`word-${position}`} dir="ltr" autoCapitalize="none" value={answers[index] ?? ''} onChange={(event) => setAnswers(answers.with(index, event.target.value))} />
          ))}
        </div>
        {confirm.error && <Problem error={confirm.error} />}
      </form>
    </StepPage>
  );
}
