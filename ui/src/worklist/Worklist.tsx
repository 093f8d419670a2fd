// Everything that waits for a clinician's eye: the clinician's priority first, then the AI's urgency, then age.
import { FileDown, FilePlus2, SearchX, X } from 'lucide-react';
import { useCallback, useEffect, useMemo, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';

import type { Status, WorklistRow } from '../bindings/types';
import { usePages } from '../host/query';
import { caseQueue } from '../shared/case-queue';
import { useSettled } from '../shared/debounce';
import { useGo } from '../shared/go';
import { runAction, useAction } from '../shared/keys';
import { useReportsOf, useWriteReport } from '../shared/write-report';
import { Button, DataTable, Empty, Page, Problem, Skeleton } from '../shared/ui';
import { useColumns } from './columns';
import { PriorityDialog } from './PriorityDialog';
import { StatusChips } from './StatusChips';
import styles from './Worklist.module.css';
import { worklistView } from './view-store';

const PAGE = 200;

export function Worklist() {
  const { t } = useTranslation('worklist');
  const go = useGo();
  const { query, status, modality, onlyAbove, cursor } = worklistView();
  const settled = useSettled(query.trim());
  const pages = usePages('reading.worklist', { status, modality, query: settled, patient_id: null, only_above: onlyAbove, limit: PAGE });
  const rows = useMemo(() => pages.data?.pages.flatMap((page) => page.rows) ?? [], [pages.data]);
  const counts = pages.data?.pages.at(-1)?.counts;
  const total = Math.max(rows.length, pages.hasNextPage && !onlyAbove ? totalOf(counts, status) : 0);
  const columns = useColumns();
  const at = Math.max(0, Math.min(cursor, rows.length - 1));
  const current = rows[at];
  const [prioritising, setPrioritising] = useState<WorklistRow | null>(null);
  const search = useRef<HTMLInputElement>(null);

  useEffect(() => caseQueue.setState({ scans: rows.map(({ scan_id }) => scan_id) }), [rows]);
  useAction('list.search', () => search.current?.focus());
  useAction('worklist.priority', () => current !== undefined && setPrioritising(current), current !== undefined);
  const write = useWriteReport();
  const reports = useReportsOf(current !== undefined && current.status !== 'imported' ? current.scan_id : undefined);
  useAction('worklist.report', () => {
    const known = reports?.find(({ state }) => state !== 'entered_in_error');
    if (known !== undefined) write.open(known.id);
    else if (current !== undefined && reports !== undefined) write.begin(current.scan_id, null);
  }, reports !== undefined && write.may);
  useAction('worklist.chart', () => current !== undefined && go.chart(current.patient.id), current !== undefined);
  const { isFetchingNextPage, fetchNextPage } = pages;
  const more = useCallback(() => {
    if (!isFetchingNextPage) void fetchNextPage();
  }, [isFetchingNextPage, fetchNextPage]);

  const filtered = query !== '' || status !== null || modality !== null || onlyAbove;
  // Nothing to search and nothing to filter: one thing to do.
  const bare = pages.data !== undefined && rows.length === 0 && !filtered;
  return (
    <Page title={t('title')} width="wide" actions={!bare && <Button kind="primary" icon={FilePlus2} action="frame.import" onClick={() => runAction('frame.import')}>{t('import')}</Button>}>
      {!bare && <div className={styles.tools}>
        <input
          ref={search} type="search" name="search" className={styles.search} aria-label={t('search')} placeholder={t('searchPlaceholder')} value={query}
          onChange={(event) => worklistView.setState({ query: event.target.value, cursor: 0 })}
          onKeyDown={(event) => event.key === 'Escape' && (event.currentTarget.blur(), document.querySelector<HTMLElement>('[data-pane-start]')?.focus())}
        />
        {!onlyAbove && <StatusChips counts={counts} status={status} onChange={(next) => worklistView.setState({ status: next, cursor: 0 })} />}
        {onlyAbove && <button type="button" aria-pressed className={styles.chip} onClick={() => worklistView.setState({ onlyAbove: false, cursor: 0 })}>{t('onlyAbove')}<X size={14} aria-hidden /></button>}
        <select aria-label={t('modality')} name="modality" className={styles.modality} value={modality ?? ''} onChange={(event) => worklistView.setState({ modality: event.target.value === '' ? null : event.target.value, cursor: 0 })}>
          <option value="">{t('anyModality')}</option>
          {['DX', 'CR', 'CT', 'MR', 'OT'].map((one) => <option key={one} value={one}>{t(`modalities.${one}`)}</option>)}
        </select>
      </div>}
      {pages.error && <Problem error={pages.error} retry={() => void pages.refetch()} />}
      {write.error && <Problem error={write.error} small />}
      {pages.isPending && <div className={styles.card}><Skeleton rows={12} /></div>}
      {pages.data && rows.length === 0 && (filtered
        ? <div className={styles.card}><Empty icon={SearchX} title={t('noneFound')}><Button onClick={() => worklistView.setState({ query: '', status: null, modality: null, onlyAbove: false })}>{t('showAll')}</Button></Empty></div>
        : (
          <div className={[styles.card, styles.drop].join(' ')}>
            <Empty icon={FileDown} title={t('empty.title')} hint={t('empty.hint')}><Button kind="primary" icon={FilePlus2} action="frame.import" onClick={() => runAction('frame.import')}>{t('empty.go')}</Button></Empty>
          </div>
        ))}
      {rows.length > 0 && (
        <DataTable
          label={t('title')} columns={columns} rows={rows} total={total} rowRem={3} cursor={at} onCursor={(index) => worklistView.setState({ cursor: index })}
          rowKey={(row) => row.scan_id} rowLabel={(row) => `${row.patient.name}, ${row.description ?? row.modality}, ${t(`status.${row.status}`)}`}
          onOpen={(row) => go.scan(row.scan_id)} onMore={more}
          edge={(row) => (row.priority === 'immediate' ? 'urgent' : row.priority === 'urgent' ? 'soon' : undefined)}
        />
      )}
      <p className={[styles.foot, 'numbers'].join(' ')}>{rows.length > 0 && t('foot', { count: onlyAbove ? rows.length : totalOf(counts, status) })}</p>
      {prioritising !== null && <PriorityDialog row={prioritising} onClose={() => setPrioritising(null)} />}
    </Page>
  );
}

function totalOf(counts: Record<Status, number> | undefined, status: Status | null): number {
  if (counts === undefined) return 0;
  return status === null ? Object.values(counts).reduce((sum, count) => sum + count, 0) : counts[status];
}
