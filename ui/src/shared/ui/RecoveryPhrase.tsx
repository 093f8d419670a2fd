// The recovery phrase: shown once, then three of its words are asked. The wizard and the settings use both.
import { useMemo, useState, type FormEvent } from 'react';
import { useTranslation } from 'react-i18next';

import { useCommand } from '../../host/query';
import { pickPositions } from '../positions';
import { TextInput } from './Field';
import { Problem } from './Problem';
import styles from './RecoveryPhrase.module.css';

/** How many words the record's phrase has, where they are not at hand. */
const LENGTH = 12;

export function PhraseWords({ words }: { words: readonly string[] }) {
  const { t } = useTranslation('setup');
  return (
    <>
      <ol className={styles.words} aria-label={t('phrase.words')} dir="ltr" translate="no">
        {words.map((word, index) => <li key={index}>{word}</li>)}
      </ol>
      <p>{t('phrase.keep')}</p>
    </>
  );
}

/** Asks three words; `id` ties a submit button outside the form to it. */
export function PhraseQuiz({ id, words, onConfirmed }: { id: string; words: readonly string[]; onConfirmed: () => void }) {
  const { t } = useTranslation('setup');
  const length = words.length === 0 ? LENGTH : words.length;
  const positions = useMemo(() => pickPositions(length), [length]);
  const [answers, setAnswers] = useState<readonly string[]>(['', '', '']);
  const confirm = useCommand('setup.confirm_recovery');
  const onSubmit = (event: FormEvent) => {
    event.preventDefault();
    confirm.mutate({ words: positions.map((position, index) => ({ position, word: (answers[index] ?? '').trim().toLowerCase() })) }, { onSuccess: onConfirmed });
  };
  return (
    <form id={id} className={styles.form} onSubmit={onSubmit}>
      <div className={styles.three}>
        {positions.map((position, index) => (
          <TextInput key={position} label={t('phrase.word', { position })} name={`word-${position}`} dir="ltr" autoCapitalize="none" required value={answers[index] ?? ''} onChange={(event) => setAnswers(answers.with(index, event.target.value))} />
        ))}
      </div>
      {confirm.error && <Problem error={confirm.error} />}
    </form>
  );
}
