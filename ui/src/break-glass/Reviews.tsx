// The review queue: each emergency access waits here until an administrator who did not make it has said what they
// found. There is no way to skip one.
import { ShieldCheck } from 'lucide-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';

import type { OpeningView } from '../bindings/types';
import { usePages } from '../host/query';
import { showMoment } from '../i18n/dates';
import { Button, Chip, Empty, Page, Panel, Problem, Skeleton, Tabs } from '../shared/ui';
import { Acts } from './Acts';
import styles from './break-glass.module.css';
import { ReviewForm } from './ReviewForm';

export function Reviews() {
  const { t } = useTranslation('break-glass');
  const [tab, setTab] = useState('waiting');
  return (
    <Page title={t('reviews.title')} hint={t('reviews.hint')}>
      <Tabs label={t('reviews.title')} value={tab} onChange={setTab} tabs={[{ value: 'waiting', label: t('reviews.waiting'), content: <List reviewed={false} /> }, { value: 'reviewed', label: t('reviews.reviewed'), content: <List reviewed /> }]} />
    </Page>
  );
}

function List({ reviewed }: { reviewed: boolean }) {
  const { t } = useTranslation('break-glass');
  const pages = usePages('break_glass.page', { reviewed, limit: 50 });
  const rows = pages.data?.pages.flatMap((page) => page.rows) ?? [];
  if (pages.error) return <Problem error={pages.error} retry={() => void pages.refetch()} />;
  if (pages.isPending) return <Skeleton rows={6} />;
  if (rows.length === 0) return <Empty icon={ShieldCheck} title={t(reviewed ? 'reviews.noneReviewed' : 'reviews.none')} hint={t('reviews.noneHint')} />;
  return (
    <div className={styles.list}>
      {rows.map((opening) => <One key={opening.id} opening={opening} />)}
      {pages.hasNextPage && <div><Button busy={pages.isFetchingNextPage} onClick={() => void pages.fetchNextPage()}>{t('reviews.more')}</Button></div>}
    </div>
  );
}

function One({ opening }: { opening: OpeningView }) {
  const { t } = useTranslation('break-glass');
  const [shown, setShown] = useState(false);
  const { review } = opening;
  return (
    <Panel title={t('reviews.one', { who: opening.user, number: opening.patient_number })} aside={<State opening={opening} />}>
      <div className={styles.form}>
        <dl className={styles.facts}>
          <dt>{t('reviews.reason')}</dt><dd>{t(`reason.${opening.reason}`)}: <bdi>{opening.words}</bdi></dd>
          <dt>{t('reviews.opened')}</dt><dd className="numbers">{showMoment(opening.opened)}</dd>
          <dt>{t('reviews.ended')}</dt><dd className="numbers">{opening.ended === null ? t('reviews.lasts') : `${showMoment(opening.ended)}, ${t(`end.${opening.end ?? 'time'}`)}`}</dd>
          {review === null && <><dt>{t('reviews.due')}</dt><dd className="numbers">{showMoment(opening.due)}</dd></>}
          {review !== null && <><dt>{t('reviews.found')}</dt><dd>{t(`outcome.${review.outcome}`)}: <bdi>{review.words}</bdi></dd><dt>{t('reviews.by')}</dt><dd><bdi>{review.by}</bdi>, <span className="numbers">{showMoment(review.at)}</span></dd></>}
        </dl>
        <div className={styles.acts}><Button kind="quiet" aria-expanded={shown} onClick={() => setShown(!shown)}>{t(shown ? 'reviews.hideActs' : 'reviews.acts', { count: opening.acts })}</Button></div>
        {shown && <Acts id={opening.id} />}
        {review === null && (opening.own ? <p className={styles.quiet}>{t('reviews.own')}</p> : opening.ended === null ? <p className={styles.quiet}>{t('reviews.wait')}</p> : <ReviewForm opening={opening} />)}
      </div>
    </Panel>
  );
}

function State({ opening }: { opening: OpeningView }) {
  const { t } = useTranslation('break-glass');
  if (opening.review !== null) return <Chip tone="outline">{t(`outcome.${opening.review.outcome}`)}</Chip>;
  if (opening.overdue) return <Chip tone="urgent">{t('reviews.overdue')}</Chip>;
  return <Chip tone="outline">{t(opening.ended === null ? 'reviews.lasts' : 'reviews.toReview')}</Chip>;
}
