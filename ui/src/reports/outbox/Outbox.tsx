// Everything that was to leave the clinic: where it stands, what happened to it, and what one can do.
import { useState } from 'react';
import { useTranslation } from 'react-i18next';

import type { DeliveryState, DeliveryView, OutboxView } from '../../bindings/types';
import { usePages, useView } from '../../host/query';
import { showMoment } from '../../i18n/dates';
import { useGo } from '../../shared/go';
import { sentenceOf } from '../../shared/sentences';
import { Button, Dialog, Problem, Skeleton, Tabs } from '../../shared/ui';
import { Delivery } from '../send/Deliveries';
import sent from '../send/send.module.css';
import styles from './outbox.module.css';

type Shelf = 'waiting' | 'uncertain' | 'failed' | 'all';
const SHELVES: readonly Shelf[] = ['waiting', 'uncertain', 'failed', 'all'];

export function Outbox({ outbox, onClose }: { outbox: OutboxView; onClose: () => void }) {
  const { t } = useTranslation('reports');
  const [shelf, setShelf] = useState<Shelf>(outbox.failed > 0 ? 'failed' : outbox.uncertain > 0 ? 'uncertain' : outbox.waiting > 0 ? 'waiting' : 'all');
  const said = outbox.problem === null ? null : sentenceOf(outbox.problem);
  const counts: Record<Shelf, number | null> = { waiting: outbox.waiting, uncertain: outbox.uncertain, failed: outbox.failed, all: null };
  const label = (one: Shelf) => (counts[one] === null ? t(`outbox.shelf.${one}`) : `${t(`outbox.shelf.${one}`)} ${counts[one]}`);
  return (
    <Dialog open size="large" onOpenChange={onClose} title={t('outbox.title')} description={t('outbox.hint')} footer={<Button onClick={onClose}>{t('common:close')}</Button>}>
      <div className={styles.box}>
        {said !== null && outbox.waiting > 0 && <p className={styles.why} role="status"><strong>{said.title}</strong> {said.advice}</p>}
        <Tabs label={t('outbox.shelves')} value={shelf} onChange={(value) => setShelf(value as Shelf)} tabs={SHELVES.map((value) => ({ value, label: label(value), content: <List state={value === 'all' ? null : value} onLeave={onClose} /> }))} />
      </div>
    </Dialog>
  );
}

function List({ state, onLeave }: { state: DeliveryState | null; onLeave: () => void }) {
  const { t } = useTranslation('reports');
  const pages = usePages('delivery.page', { report_id: null, state, limit: 50 });
  const rows = pages.data?.pages.flatMap((page) => page.rows) ?? [];
  return (
    <>
      {pages.error && <Problem error={pages.error} small retry={() => void pages.refetch()} />}
      {pages.isPending && <Skeleton rows={4} />}
      {pages.data !== undefined && rows.length === 0 && <p className={styles.none}>{t(`outbox.none.${state ?? 'all'}`)}</p>}
      {rows.length > 0 && <ul className={sent.deliveries}>{rows.map((row) => <li key={row.id} data-state={row.state}><Row delivery={row} onLeave={onLeave} /></li>)}</ul>}
      {pages.hasNextPage && <Button kind="quiet" busy={pages.isFetchingNextPage} onClick={() => void pages.fetchNextPage()}>{t('list.older')}</Button>}
    </>
  );
}

function Row({ delivery, onLeave }: { delivery: DeliveryView; onLeave: () => void }) {
  const { t } = useTranslation('reports');
  const go = useGo();
  const [told, setTold] = useState(false);
  const open = () => {
    onLeave();
    go.to(`/reports/${delivery.report_id}`);
  };
  return (
    <Delivery delivery={delivery} newest>
      <div className={styles.more}>
        <Button kind="quiet" onClick={open}>{t('outbox.openReport', { number: delivery.number })}</Button>
        <Button kind="quiet" aria-expanded={told} onClick={() => setTold(!told)}>{t('outbox.happened')}</Button>
      </div>
      {told && <Happened id={delivery.id} />}
    </Delivery>
  );
}

/** Every step of a delivery, in words, with what the other side said. */
function Happened({ id }: { id: string }) {
  const { t } = useTranslation('reports');
  const history = useView('delivery.history', { id });
  if (history.error) return <Problem error={history.error} small />;
  if (history.data === undefined) return <Skeleton rows={2} />;
  return (
    <ol className={styles.happened}>
      {history.data.map(({ at, state, problem, answer, by_person }, index) => (
        <li key={index}>
          <span className="numbers">{showMoment(at)}</span>
          <span>
            {t(`delivery.state.${state}`)}{by_person ? ` · ${t('outbox.byPerson')}` : ''}
            {problem !== null && ` · ${sentenceOf(problem).title}`}
            {answer !== '' && <q><bdi>{answer}</bdi></q>}
          </span>
        </li>
      ))}
    </ol>
  );
}
