// Who got it, who waits for it, and what to do where it is not known.
import { Check, CircleCheck, CircleHelp, CircleSlash, CircleX, Clock, RotateCw, SendHorizontal, type LucideIcon, X } from 'lucide-react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';

import type { DeliveryState, DeliveryView, ReportView } from '../../bindings/types';
import { useCommand, usePages } from '../../host/query';
import { showClock, showMoment } from '../../i18n/dates';
import { languageName } from '../../shared/languages';
import { sentenceOf } from '../../shared/sentences';
import { Button, Panel, Problem, Skeleton } from '../../shared/ui';
import styles from './send.module.css';

const ICONS: Record<DeliveryState, LucideIcon> = { waiting: Clock, sending: SendHorizontal, delivered: CircleCheck, uncertain: CircleHelp, failed: CircleX, cancelled: CircleSlash };

export function Deliveries({ report }: { report: ReportView }) {
  const { t } = useTranslation('reports');
  const pages = usePages('delivery.page', { report_id: report.id, state: null, limit: 20 });
  const rows = pages.data?.pages.flatMap((page) => page.rows) ?? [];
  return (
    <Panel title={t('delivery.title')} flush={rows.length > 0}>
      {pages.error && <Problem error={pages.error} small retry={() => void pages.refetch()} />}
      {pages.isPending && <Skeleton rows={2} />}
      {pages.data !== undefined && rows.length === 0 && <p className={styles.quiet}>{t('delivery.none')}</p>}
      {rows.length > 0 && <ul className={styles.deliveries}>{rows.map((row) => <li key={row.id} data-state={row.state}><Delivery delivery={row} newest={row.revision === report.revision} /></li>)}</ul>}
      {pages.hasNextPage && <div className={styles.more}><Button kind="quiet" busy={pages.isFetchingNextPage} onClick={() => void pages.fetchNextPage()}>{t('list.older')}</Button></div>}
    </Panel>
  );
}

/** One delivery with its acts; `children` stand below them. */
export function Delivery({ delivery, newest, children }: { delivery: DeliveryView; newest: boolean; children?: ReactNode }) {
  const { t } = useTranslation('reports');
  const retry = useCommand('delivery.retry');
  const cancel = useCommand('delivery.cancel');
  const confirm = useCommand('delivery.confirm');
  const { state, problem, next_try } = delivery;
  const Icon = ICONS[state];
  // What uncertain means is explained in full below it.
  const said = problem === null || state === 'delivered' || state === 'uncertain' ? null : sentenceOf(problem);
  const error = retry.error ?? cancel.error ?? confirm.error;
  return (
    <>
      <Icon size={16} aria-hidden />
      <div>
        <p className={styles.to}><bdi dir="ltr">{delivery.address}</bdi></p>
        <p className={styles.small}>{[t(`channel.${delivery.channel}`), languageName(delivery.language), ...(newest ? [] : [t('delivery.earlier', { revision: delivery.revision })])].join(' · ')}</p>
        <p><strong>{t(`delivery.state.${state}`)}</strong> <span className={[styles.small, 'numbers'].join(' ')}>{showMoment(delivery.changed)}</span></p>
        {state === 'uncertain' && <p className={styles.small}>{t('delivery.uncertain')}</p>}
        {said !== null && <p className={styles.small}>{said.title} {said.advice}</p>}
        {state === 'waiting' && delivery.attempts > 0 && next_try !== null && <p className={styles.small}>{t('delivery.next', { count: delivery.attempts, at: showClock(next_try) })}</p>}
        {(state === 'waiting' || state === 'uncertain' || state === 'failed') && (
          <div className={styles.acts}>
            {state === 'uncertain' && <Button icon={Check} busy={confirm.isPending} onClick={() => confirm.mutate({ id: delivery.id })}>{t('delivery.arrived')}</Button>}
            {newest && <Button kind={state === 'uncertain' ? 'quiet' : 'plain'} icon={RotateCw} busy={retry.isPending} onClick={() => retry.mutate({ id: delivery.id })}>{t(state === 'uncertain' ? 'delivery.sendAgain' : 'delivery.retry')}</Button>}
            {state === 'waiting' && <Button kind="quiet" icon={X} busy={cancel.isPending} onClick={() => cancel.mutate({ id: delivery.id })}>{t('delivery.cancel')}</Button>}
          </div>
        )}
        {error && <Problem error={error} small />}
        {children}
      </div>
    </>
  );
}
