import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';

import { Alone } from '../shared/ui';
import styles from './setup.module.css';

export const STEPS = ['clinic', 'models', 'phrase', 'done'] as const;

/** One step of the wizard: where one is, what is due, and its buttons. */
export function StepPage({ step, title, hint, children, buttons }: { step: (typeof STEPS)[number]; title: string; hint: string; children: ReactNode; buttons: ReactNode }) {
  const { t } = useTranslation('setup');
  const now = STEPS.indexOf(step);
  return (
    <Alone wide title={title} hint={hint}>
      <ol className={styles.steps} aria-label={t('steps')}>
        {STEPS.map((name, index) => (
          <li key={name} aria-current={index === now ? 'step' : undefined} data-done={index < now || undefined}>
            <span className={styles.number} aria-hidden>{index + 1}</span>{t(`step.${name}`)}
          </li>
        ))}
      </ol>
      {children}
      <div className={styles.buttons}>{buttons}</div>
    </Alone>
  );
}
