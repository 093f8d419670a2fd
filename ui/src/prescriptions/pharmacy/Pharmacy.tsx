// The pharmacist's home: the queue on one side, on the other one prescription as paper, the warnings above it, and the counter.
import { CircleCheck } from 'lucide-react';
import { useEffect, useMemo, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';

import type { PrescriptionQueueRow, PrescriptionShelf } from '../../bindings/types';
import { usePages } from '../../host/query';
import { showBirth, showSince } from '../../i18n/dates';
import { showCount } from '../../i18n/numbers';
import { useSettled } from '../../shared/debounce';
import { useAction } from '../../shared/keys';
import { Button, Chip, Empty, Problem, Skeleton } from '../../shared/ui';
import styles from '../prescriptions.module.css';
import { State } from '../State';
import { Counter } from './Counter';

const SHELVES = ['waiting', 'asked', 'done'] as const satisfies readonly PrescriptionShelf[];
const PAGE = 50;

export function Pharmacy() {
  const { t } = useTranslation('prescriptions');
  const [shelf, setShelf] = useState<PrescriptionShelf>('waiting');
  const [query, setQuery] = useState('');
  const [chosen, setChosen] = useState<string | null>(null);
  const pages = usePages('prescriptions.queue', { shelf, query: useSettled(query.trim()), limit: PAGE });
  const rows = useMemo(() => pages.data?.pages.flatMap((page) => page.rows) ?? [], [pages.data]);
  const counts = pages.data?.pages.at(-1);
  // The first of the queue lies open; what was opened stays open when it has left the queue.
  const open = chosen ?? rows[0]?.id ?? null;
  const search = useRef<HTMLInputElement>(null);
  const walk = (by: number) => {
    const at = rows.findIndex(({ id }) => id === open);
    const next = rows[Math.max(0, Math.min(rows.length - 1, at + by))];
    if (next !== undefined) setChosen(next.id);
  };
  useAction('list.search', () => search.current?.focus());
  useAction('list.down', () => walk(1), rows.length > 0);
  useAction('list.up', () => walk(-1), rows.length > 0);
  return (
    <div className={styles.pharmacy}>
      <section className={styles.queue} aria-label={t('pharmacy.title')} data-pane>
        <h1>{t('pharmacy.title')}</h1>
        <input ref={search} type="search" name="search" className={styles.input} aria-label={t('pharmacy.search')} placeholder={t('pharmacy.search')} value={query} onChange={({ target }) => {
          setQuery(target.value);
          setChosen(null);
        }} />
        <div className={styles.shelves} role="group" aria-label={t('pharmacy.title')}>
          {SHELVES.map((one) => (
            <button key={one} type="button" aria-pressed={shelf === one} onClick={() => {
              setShelf(one);
              setChosen(null);
            }}>{t(`shelf.${one}`)}{one !== 'done' && counts !== undefined && <span className="numbers">{showCount(counts[one])}</span>}</button>
          ))}
        </div>
        {pages.error && <Problem error={pages.error} small retry={() => void pages.refetch()} />}
        {pages.isPending && <Skeleton rows={6} />}
        {pages.data !== undefined && rows.length === 0 && <Empty icon={CircleCheck} title={t('pharmacy.empty.title')} hint={t('pharmacy.empty.hint')} />}
        <ul>{rows.map((row) => <li key={row.id}><Row row={row} open={row.id === open} onOpen={() => setChosen(row.id)} /></li>)}</ul>
        {pages.hasNextPage && <Button kind="quiet" busy={pages.isFetchingNextPage} onClick={() => void pages.fetchNextPage()}>{t('pharmacy.more')}</Button>}
      </section>
      {open === null ? <p className={styles.choose}>{pages.data !== undefined && rows.length > 0 && t('pharmacy.choose')}</p> : <Counter key={open} prescriptionId={open} onStay={() => setChosen(open)} />}
    </div>
  );
}

function Row({ row, open, onOpen }: { row: PrescriptionQueueRow; open: boolean; onOpen: () => void }) {
  const { t } = useTranslation('prescriptions');
  const button = useRef<HTMLButtonElement>(null);
  useEffect(() => {
    if (open) button.current?.scrollIntoView({ block: 'nearest' });
  }, [open]);
  return (
    <button ref={button} type="button" aria-current={open || undefined} onClick={onOpen}>
      <span><strong><bdi>{row.patient}</bdi></strong> <span className="numbers">{row.birth_date !== null && showBirth(row.birth_date)}</span></span>
      <span><bdi className="numbers">{row.medicine} {row.strength}</bdi>, {t(`form.${row.form}`)}</span>
      <span className={styles.under}><span className="numbers">{showSince(row.at)}</span><span>{t('pharmacy.by', { name: row.author })}</span>{row.state !== 'ordered' && <State state={row.state} />}{row.overridden > 0 && <Chip tone="soon">{t('pharmacy.warnings', { count: row.overridden })}</Chip>}</span>
    </button>
  );
}
