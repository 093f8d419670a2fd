// What a test of the way to a server found: each step it went, and at which one it stopped.
import { CircleCheck, CircleX } from 'lucide-react';
import { useTranslation } from 'react-i18next';

import type { DeliveryTestView } from '../../bindings/types';
import { sentenceOf } from '../../shared/sentences';
import styles from '../settings.module.css';

export function Steps({ result: { ok, step, problem, answer, ms } }: { result: DeliveryTestView }) {
  const { t } = useTranslation('settings');
  const said = problem === null ? null : sentenceOf(problem);
  return (
    <ul className={styles.checks} aria-live="polite">
      <li data-ok={ok}>
        {ok ? <CircleCheck size={16} aria-hidden /> : <CircleX size={16} aria-hidden />}
        <div>
          <span>{ok ? t('test.works', { ms }) : step === null ? t('test.fails') : t('delivery.failsAt', { step: t(`delivery.step.${step}`) })}</span>
          {said !== null && <p>{said.title} {said.advice}</p>}
          {answer !== null && answer !== '' && <p>{t('delivery.answer')} <q><bdi>{answer}</bdi></q></p>}
        </div>
      </li>
    </ul>
  );
}
