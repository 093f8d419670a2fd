// Four steps, each one screen, under two minutes; or the demo clinic in one click.
import { useState } from 'react';

import type { CreateClinicRequest, ModelChoice, SetupStatus } from '../bindings/types';
import { useCommand } from '../host/query';
import { ClinicStep } from './ClinicStep';
import { DoneStep } from './DoneStep';
import { ModelsStep } from './ModelsStep';
import { PhraseStep } from './PhraseStep';
import { WelcomeStep } from './WelcomeStep';

type Step = 'welcome' | 'clinic' | 'models' | 'phrase' | 'done';
export type ClinicDraft = Omit<CreateClinicRequest, 'models'>;

interface FirstStartProps {
  status: SetupStatus;
  /** From here on the wizard says itself when it is over. */
  onBegin: () => void;
  onDone: () => void;
  /** Signing in comes first; the phrase is made anew after it. */
  onLater: () => void;
  /** A clinic is brought back instead of a new one made. */
  onRestore: () => void;
}

export function FirstStart({ status, onBegin, onDone, onLater, onRestore }: FirstStartProps) {
  const [step, setStep] = useState<Step>(status.state === 'recovery_unconfirmed' ? 'phrase' : 'welcome');
  const [draft, setDraft] = useState<ClinicDraft | null>(null);
  const [words, setWords] = useState<readonly string[]>([]);
  const create = useCommand('setup.create');
  const demo = useCommand('setup.demo');

  const begin = (models: ModelChoice[]) => {
    if (draft === null) return;
    onBegin();
    create.mutate({ ...draft, models }, {
      onSuccess: (phrase) => {
        setWords(phrase.words);
        setStep('phrase');
      },
    });
  };

  if (step === 'welcome') {
    return <WelcomeStep onRestore={onRestore} error={demo.error} busy={demo.isPending} onClinic={() => setStep('clinic')} onDemo={() => demo.mutate(null, { onSuccess: onDone })} />;
  }
  if (step === 'clinic') {
    return <ClinicStep draft={draft} keyStore={status.key_store} onBack={() => setStep('welcome')} onNext={(next) => {
      setDraft(next);
      setStep('models');
    }} />;
  }
  if (step === 'models') return <ModelsStep error={create.error} busy={create.isPending} onBack={() => setStep('clinic')} onNext={begin} />;
  if (step === 'phrase') return <PhraseStep words={words} onNext={() => setStep('done')} onLost={onLater} />;
  return <DoneStep clinicName={draft?.clinic_name ?? status.clinic_name ?? ''} hasDoctor={draft === null || draft.doctor !== null} onDone={onDone} />;
}
