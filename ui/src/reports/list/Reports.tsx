// Every report: the doctor's own drafts first where they are looked for, then what became of the signed ones.
import { FilePen, FileSearch } from 'lucide-react';
import { useCallback, useMemo, useRef } from 'react';
import { useTranslation } from 'react-i18next';

import type { ReportShelf, ReportsPage } from '../../bindings/types';
import { usePages } from '../../host/query';
import { showCount } from '../../i18n/numbers';
import { useSettled } from '../../shared/debounce';
import { useGo } from '../../shared/go';
import { useAction } from '../../shared/keys';
import { Button, DataTable, Empty, Page, Problem, Skeleton } from '../../shared/ui';
import { useColumns } from './columns';
import styles from './list.module.css';
import { reportsView } from './view-store';

const PAGE = 200;
const SHELVES = ['drafts', 'to_sign', 'signed', 'all'] as const satisfies readonly ReportShelf[];

export function Reports() {
  const { t } = useTranslation('reports');
  const go = useGo();
  const { query, shelf, cursor } = reportsView();
  const settled = useSettled(query.trim());
  const pages = usePages('reports.page', { shelf, patient_id: null, query: settled, limit: PAGE });
  const rows = useMemo(() => pages.data?.pages.flatMap((page) => page.rows) ?? [], [pages.data]);
  const counts = pages.data?.pages.at(-1)?.counts;
  // How many were signed in all nobody counts: the scroll bar grows as they come.
  const total = pages.hasNextPage ? Math.max(rows.length + 40, countOf(counts, shelf) ?? 0) : rows.length;
  const columns = useColumns();
  const search = useRef<HTMLInputElement>(null);
  useAction('list.search', () => search.current?.focus());
  const { isFetchingNextPage, fetchNextPage } = pages;
  const more = useCallback(() => {
    if (!isFetchingNextPage) void fetchNextPage();
  }, [isFetchingNextPage, fetchNextPage]);
  const bare = pages.data !== undefined && rows.length === 0 && query === '' && shelf === 'all';
  return (
    <Page title={t('list.title')} width="wide">
      {!bare && (
        <div className={styles.tools}>
          <input
            ref={search} type="search" name="search" className={styles.search} aria-label={t('list.search')} placeholder={t('list.searchPlaceholder')} value={query}
            onChange={(event) => reportsView.setState({ query: event.target.value, cursor: 0 })}
            onKeyDown={(event) => event.key === 'Escape' && (event.currentTarget.blur(), document.querySelector<HTMLElement>('[data-pane-start]')?.focus())}
          />
          <Shelves counts={counts} shelf={shelf} />
        </div>
      )}
      {pages.error && <Problem error={pages.error} retry={() => void pages.refetch()} />}
      {pages.isPending && <div className={styles.card}><Skeleton rows={12} /></div>}
      {pages.data && rows.length === 0 && (
        <div className={styles.card}>
          {bare
            ? <Empty icon={FilePen} title={t('list.empty')} hint={t('list.emptyHint')}><Button kind="primary" onClick={go.worklist}>{t('list.toWorklist')}</Button></Empty>
            : <Empty icon={FileSearch} title={query === '' ? t(`list.none.${shelf}`) : t('list.noneFound')}><Button onClick={() => reportsView.setState({ query: '', shelf: 'all', cursor: 0 })}>{t('list.showAll')}</Button></Empty>}
        </div>
      )}
      {rows.length > 0 && (
        <DataTable
          label={t('list.title')} columns={columns} rows={rows} total={total} rowRem={3} cursor={Math.max(0, Math.min(cursor, rows.length - 1))} onCursor={(index) => reportsView.setState({ cursor: index })}
          rowKey={({ id }) => id} rowLabel={(row) => `${row.patient.name}, ${row.number ?? ''}, ${row.exam}, ${t(`state.${row.state}`)}`} onOpen={({ id }) => go.to(`/reports/${id}`)} onMore={more}
        />
      )}
      <p className={[styles.foot, 'numbers'].join(' ')}>{rows.length > 0 && !pages.hasNextPage && t('list.foot', { count: rows.length })}</p>
    </Page>
  );
}

/** What waits for this doctor is counted; what is done is not. */
function countOf(counts: ReportsPage['counts'] | undefined, shelf: ReportShelf): number | undefined {
  return shelf === 'drafts' || shelf === 'to_sign' ? counts?.[shelf] : undefined;
}

function Shelves({ counts, shelf }: { counts: ReportsPage['counts'] | undefined; shelf: ReportShelf }) {
  const { t } = useTranslation('reports');
  return (
    <div className={styles.chips} role="group" aria-label={t('list.shelves')}>
      {SHELVES.map((one) => (
        <button key={one} type="button" aria-pressed={shelf === one} className={styles.chip} onClick={() => reportsView.setState({ shelf: one, cursor: 0 })}>
          {t(`shelf.${one}`)}{countOf(counts, one) !== undefined && <span className="numbers">{showCount(countOf(counts, one) ?? 0)}</span>}
        </button>
      ))}
    </div>
  );
}
