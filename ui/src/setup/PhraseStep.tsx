import { useState } from 'react';
import { useTranslation } from 'react-i18next';

import { Button, PhraseQuiz, PhraseWords } from '../shared/ui';
import { StepPage } from './Steps';

interface PhraseStepProps {
  /** Empty where the program was closed before the phrase was confirmed. */
  words: readonly string[];
  onNext: () => void;
  /** The paper is lost: an administrator signs in and makes a new phrase in the settings. */
  onLost: () => void;
}

export function PhraseStep({ words, onNext, onLost }: PhraseStepProps) {
  const { t } = useTranslation('setup');
  const known = words.length > 0;
  const [asking, setAsking] = useState(!known);
  if (!asking) {
    return (
      <StepPage step="phrase" title={t('phrase.title')} hint={t('phrase.hint')} buttons={<Button kind="primary" onClick={() => setAsking(true)}>{t('phrase.written')}</Button>}>
        <PhraseWords words={words} />
      </StepPage>
    );
  }
  return (
    <StepPage
      step="phrase" title={t('phrase.confirmTitle')} hint={t('phrase.confirmHint')}
      buttons={(
        <>
          {known ? <Button kind="quiet" onClick={() => setAsking(false)}>{t('phrase.showAgain')}</Button> : <Button kind="quiet" onClick={onLost}>{t('phrase.lost')}</Button>}
          <Button kind="primary" type="submit" form="phrase-step">{t('phrase.confirm')}</Button>
        </>
      )}
    >
      <PhraseQuiz id="phrase-step" words={words} onConfirmed={onNext} />
    </StepPage>
  );
}
