// Everything that was said, noted and reported, by word or by meaning, as far as this person may read it.
import { FileSearch, History, TextSearch } from 'lucide-react';
import { useCallback, useEffect, useMemo, useRef } from 'react';
import { useTranslation } from 'react-i18next';

import type { FoundAt, SearchRow } from '../bindings/types';
import { usePages, useView } from '../host/query';
import { showMoment } from '../i18n/dates';
import { showList } from '../i18n/lists';
import { useSettled } from '../shared/debounce';
import { useGo } from '../shared/go';
import { useAction } from '../shared/keys';
import { lookAt } from '../shared/look-at';
import { usePatientOnScreen } from '../shared/patient';
import { useMay, useSession } from '../shared/session-store';
import { announce, Button, DataTable, Empty, Page, Problem, Skeleton } from '../shared/ui';
import { useColumns } from './columns';
import { Filters } from './Filters';
import { limitsOf } from './limits';
import { pathOf } from './path';
import styles from './search.module.css';
import { StateLine } from './StateLine';
import { ask, askFresh, searchView } from './view-store';

const PAGE = 50;

export function Search() {
  const { t } = useTranslation('search');
  const field = useRef<HTMLInputElement>(null);
  const words = searchView((view) => view.words);
  // A patient searches the own record: the banner says whose it is.
  const own = useMay('own.identity');
  usePatientOnScreen(useView('own.identity', null, { enabled: own }).data);
  useAction('list.search', () => field.current?.focus());
  useEffect(() => field.current?.focus(), []);
  return (
    <Page title={t('title')} width="wide">
      <div className={styles.tools}>
        <input
          ref={field} type="search" name="search" className={styles.search} maxLength={400} dir="auto" aria-label={t('words')} placeholder={t('placeholder')} value={words} autoComplete="off" spellCheck={false}
          onChange={(event) => ask({ words: event.target.value })}
          onKeyDown={(event) => {
            if (event.key !== 'Escape' && event.key !== 'Enter') return;
            event.preventDefault();
            document.querySelector<HTMLElement>('[data-pane-start]')?.focus();
          }}
        />
        <Filters />
      </div>
      <StateLine />
      <Found />
    </Page>
  );
}

function Found() {
  const { t } = useTranslation('search');
  const view = searchView();
  const found = useFound();
  const { rows, pending, error, settled, hasMore, fetching, more } = found;
  useEffect(() => {
    if (!pending && settled !== '') announce(hasMore ? t('foundMore', { count: rows.length }) : t('found', { count: rows.length }));
  }, [pending, settled, rows.length, hasMore, t]);

  if (view.words.trim() === '') return <div className={styles.card}><Empty icon={TextSearch} title={t('begin')} hint={t('beginHint')} /></div>;
  if (error) return <Problem error={error} retry={found.retry} />;
  if (pending) return <div className={styles.card}><Skeleton rows={8} /></div>;
  if (rows.length > 0) return <Rows {...found} />;
  if (hasMore) return <div className={styles.card}><Empty icon={History} title={t('notYet')} hint={t('notYetHint')}><Button kind="primary" busy={fetching} onClick={more}>{t('further')}</Button></Empty></div>;
  const limited = view.kind !== 'all' || view.patient !== null || view.from !== '' || view.to !== '';
  return (
    <div className={styles.card}>
      <Empty icon={FileSearch} title={t('none')} hint={t(view.by === 'words' ? 'noneHint' : 'noneMeaningHint')}>
        {limited && <Button onClick={() => askFresh({ words: view.words, by: view.by })}>{t('everywhere')}</Button>}
      </Empty>
    </div>
  );
}

function Rows({ rows, hasMore, fetching, more }: ReturnType<typeof useFound>) {
  const { t } = useTranslation('search');
  const go = useGo();
  const role = useSession((session) => session.role);
  const cursor = searchView((view) => view.cursor);
  const by = searchView((view) => view.by);
  const columns = useColumns();
  const open = (place: FoundAt) => {
    lookAt.setState({ sought: place.kind === 'message' ? { consultationId: place.consultation_id, messageId: place.message_id, n: place.n } : null });
    go.to(pathOf(place, role));
  };
  return (
    <>
      <DataTable
        label={t(by === 'words' ? 'title' : 'nearest')} columns={columns} rows={rows} total={hasMore ? rows.length + 20 : rows.length} rowRem={4.75} cursor={Math.max(0, Math.min(cursor, rows.length - 1))} onCursor={(index) => searchView.setState({ cursor: index })}
        rowKey={keyOf} rowLabel={(row) => showList([row.patient_name, t(`kind.${row.place.kind}`), showMoment(row.at), row.pieces.map(({ text }) => text).join('')])} onOpen={({ place }) => open(place)} onMore={more}
      />
      <p className={[styles.foot, 'numbers'].join(' ')}>
        {fetching ? t('fetching') : hasMore ? <Button kind="quiet" onClick={more}>{t('further')}</Button> : t(by === 'words' ? 'found' : 'foundNearest', { count: rows.length })}
      </p>
    </>
  );
}

/** What is found for what stands in the field, once nobody types. */
function useFound() {
  const view = searchView();
  const settled = useSettled(view.words.trim(), view.by === 'words' ? 180 : 600);
  const limits = useMemo(() => limitsOf({ kind: view.kind, patient: view.patient, from: view.from, to: view.to }), [view.kind, view.patient, view.from, view.to]);
  const byWords = settled !== '' && view.by === 'words';
  const pages = usePages('search.page', { words: byWords ? settled : '', limits, limit: PAGE });
  const meaning = useView('search.meaning', { words: settled, limits }, { enabled: settled !== '' && view.by === 'meaning' });
  const { isFetchingNextPage, fetchNextPage } = pages;
  const more = useCallback(() => {
    if (!isFetchingNextPage) void fetchNextPage();
  }, [isFetchingNextPage, fetchNextPage]);
  const rows = useMemo(() => (view.by === 'words' ? (pages.data?.pages.flatMap((page) => page.rows) ?? []) : (meaning.data ?? [])), [view.by, pages.data, meaning.data]);
  const asked = view.by === 'words' ? pages : meaning;
  return {
    rows, settled, more, error: asked.error, retry: () => void asked.refetch(),
    // Rows of the words before are no answer to these.
    pending: asked.isPending || asked.isPlaceholderData || settled !== view.words.trim(),
    hasMore: view.by === 'words' && pages.hasNextPage, fetching: view.by === 'words' && isFetchingNextPage,
  };
}

function keyOf({ place }: SearchRow): string {
  return place.kind === 'message' ? place.message_id : place.kind === 'report' ? place.report_id : `note-${place.consultation_id}`;
}
