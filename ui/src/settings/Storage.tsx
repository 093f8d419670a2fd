import { CircleCheck, CircleX } from 'lucide-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';

import { useView } from '../host/query';
import { showBytes } from '../i18n/numbers';
import { sentenceOf } from '../shared/sentences';
import { Button, Panel, Problem, Skeleton } from '../shared/ui';
import styles from './settings.module.css';

/** Where the record lies, how big it is, who guards the key; and a test that says what failed. */
export function Storage() {
  const { t } = useTranslation('settings');
  const settings = useView('settings.read', null);
  const [asked, setAsked] = useState(false);
  const checks = useView('settings.check_storage', null, { enabled: asked });
  const run = () => (asked ? void checks.refetch() : setAsked(true));
  return (
    <Panel title={t('storage.title')} aside={<Button busy={checks.isFetching} onClick={run}>{t('storage.check')}</Button>}>
      {settings.isPending && <Skeleton rows={4} />}
      {settings.data && (
        <dl className={styles.facts}>
          <dt>{t('storage.folder')}</dt><dd><bdi dir="ltr">{settings.data.folder}</bdi></dd>
          <dt>{t('storage.key')}</dt><dd>{t(`storage.keys.${settings.data.key_store}`)}</dd>
          <dt>{t('storage.database')}</dt><dd>{showBytes(settings.data.database_bytes)}</dd>
          <dt>{t('storage.vault')}</dt><dd>{showBytes(settings.data.vault_bytes)}</dd>
          <dt>{t('storage.free')}</dt><dd>{showBytes(settings.data.free_bytes)}</dd>
        </dl>
      )}
      {checks.error && <Problem error={checks.error} small />}
      {checks.data && (
        <ul className={styles.checks} aria-label={t('storage.results')}>
          {checks.data.map(({ name, ok, problem }) => (
            <li key={name} data-ok={ok}>
              {ok ? <CircleCheck size={16} aria-hidden /> : <CircleX size={16} aria-hidden />}
              <div>
                <span>{t(`check.${name}`, { defaultValue: name })}: {ok ? t('storage.works') : t('storage.fails')}</span>
                {problem !== null && <p>{sentenceOf(problem).title} {sentenceOf(problem).advice}</p>}
              </div>
            </li>
          ))}
        </ul>
      )}
    </Panel>
  );
}
