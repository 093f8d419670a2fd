// Pairs of records that may be one person's: side by side, what differs marked, and a person decides. Nothing is merged by itself.
import { GitMerge, UsersRound } from 'lucide-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';

import type { PairView } from '../../bindings/types';
import { useCommand, usePages } from '../../host/query';
import { showCount } from '../../i18n/numbers';
import { Likeness } from '../../shared/likeness';
import { Button, Empty, Page, Problem, Skeleton, toast } from '../../shared/ui';
import { announce } from '../../shared/ui';
import styles from './identity.module.css';
import { MergeDialog } from './MergeDialog';
import { Side } from './Side';

export function Duplicates() {
  const { t } = useTranslation('identity');
  const pages = usePages('patients.duplicates', { limit: 50 });
  const pairs = pages.data?.pages.flatMap((page) => page.rows) ?? [];
  const waiting = pages.data?.pages.at(-1)?.waiting ?? 0;
  return (
    <Page title={t('title')} hint={t('hint')}>
      {pages.error && <Problem error={pages.error} retry={() => void pages.refetch()} />}
      {pages.isPending && <Skeleton rows={8} />}
      {pages.data !== undefined && pairs.length === 0 && <Empty icon={UsersRound} title={t('none')} hint={t('noneHint')} />}
      {pairs.length > 0 && <p className={styles.count} role="status">{t('waiting', { count: waiting, shown: showCount(waiting) })}</p>}
      <ul className={styles.pairs}>{pairs.map((pair) => <li key={`${pair.older.id} ${pair.newer.id}`}><Pair pair={pair} /></li>)}</ul>
      {pages.hasNextPage && <Button busy={pages.isFetchingNextPage} onClick={() => void pages.fetchNextPage()}>{t('more')}</Button>}
    </Page>
  );
}

function Pair({ pair }: { pair: PairView }) {
  const { t } = useTranslation('identity');
  const apart = useCommand('patients.tell_apart');
  const [merging, setMerging] = useState(false);
  const { older, newer, likeness } = pair;
  const onApart = () => apart.mutate({ one: older.id, one_version: older.version, other: newer.id, other_version: newer.version, reason: '' }, {
    onSuccess: () => {
      toast(t('apart.done'));
      announce(t('apart.done'));
    },
  });
  return (
    <article className={styles.pair} aria-label={t('pair', { one: older.name, other: newer.name })}>
      <header><p><Likeness likeness={likeness} /></p><span className={[styles.score, 'numbers'].join(' ')} title={t('scoreHint')}>{t('score', { score: likeness.score })}</span></header>
      <div className={styles.sides}><Side pair={pair} at={0} /><Side pair={pair} at={1} /></div>
      {apart.error && <Problem error={apart.error} small />}
      <footer>
        <Button busy={apart.isPending} onClick={onApart}>{t('apart.go')}</Button>
        <Button kind="primary" icon={GitMerge} onClick={() => setMerging(true)}>{t('merge.open')}</Button>
      </footer>
      {merging && <MergeDialog pair={pair} onClose={() => setMerging(false)} />}
    </article>
  );
}
