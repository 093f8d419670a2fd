// One thing that an engine does: its model, what it sends away, and a test that names what failed.
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';

import type { EnginePart } from '../../bindings/types';
import { useCommand } from '../../host/query';
import { Button, Problem } from '../../shared/ui';
import { Tested } from '../RelaySettings';
import styles from '../settings.module.css';

/** `on`: a model is named; `saved`: nothing was changed since, so that the test tries what is shown. */
export function Part({ part, on, saved, children }: { part: Exclude<EnginePart, 'speech'>; on: boolean; saved: boolean; children: ReactNode }) {
  const { t } = useTranslation('settings');
  const title = t(`engine.parts.${part}.title`);
  return (
    <section className={styles.part} aria-label={title}>
      <h3>{title}</h3>
      <p>{on || part === 'translation' ? t(`engine.parts.${part}.sends`) : t(`engine.parts.${part}.off`)}</p>
      <div className={styles.models}>{children}</div>
      {on && <PartTest part={part} title={title} saved={saved} />}
    </section>
  );
}

export function PartTest({ part, title, saved }: { part: EnginePart; title: string; saved: boolean }) {
  const { t } = useTranslation('settings');
  const test = useCommand('language.test_engine');
  return (
    <div className={styles.tried}>
      <Button aria-label={t('engine.testOf', { part: title })} busy={test.isPending} disabled={!saved} onClick={() => test.mutate({ part })}>{t('engine.test')}</Button>
      {!saved && <span className={styles.quiet}>{t('engine.saveFirst')}</span>}
      {saved && test.error && <Problem error={test.error} small />}
      {saved && test.data !== undefined && !test.isPending && <Tested result={test.data} />}
    </div>
  );
}
