import { LockKeyhole, SearchX, UserPlus, UserRoundSearch, UsersRound } from 'lucide-react';
import { useCallback, useMemo, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';

import type { PatientRow } from '../../bindings/types';
import { usePages, useView } from '../../host/query';
import { showAge, showDate } from '../../i18n/dates';
import { useSettled } from '../../shared/debounce';
import { useGo } from '../../shared/go';
import { runAction, useAction } from '../../shared/keys';
import { useMay } from '../../shared/session-store';
import { Button, DataTable, Empty, Page, Problem, Skeleton, type Column } from '../../shared/ui';
import { CreatePatient } from './CreatePatient';
import styles from './patients.module.css';

export function Patients() {
  const { t } = useTranslation('clinic');
  const go = useGo();
  const mayCreate = useMay('patients.create');
  const mayBreak = useMay('break_glass.find');
  const mayMerge = useMay('patients.duplicates');
  const doubled = useView('patients.duplicates', { cursor: null, limit: 0 }, { enabled: mayMerge }).data?.waiting ?? 0;
  const [query, setQuery] = useState('');
  const [cursor, setCursor] = useState(0);
  const [creating, setCreating] = useState(false);
  const settled = useSettled(query.trim());
  const pages = usePages('patients.page', { query: settled, limit: 200 });
  const rows = useMemo(() => pages.data?.pages.flatMap((page) => page.rows) ?? [], [pages.data]);
  const search = useRef<HTMLInputElement>(null);
  useAction('list.search', () => search.current?.focus());
  useAction('patients.new', () => setCreating(true), mayCreate);
  const { isFetchingNextPage, fetchNextPage } = pages;
  const more = useCallback(() => {
    if (!isFetchingNextPage) void fetchNextPage();
  }, [isFetchingNextPage, fetchNextPage]);
  const columns = useMemo((): readonly Column<PatientRow>[] => [
    { id: 'name', header: t('common:patient.name'), width: 'minmax(12rem, 3fr)', cell: ({ name, restricted }) => <span className={styles.name}><bdi>{name}</bdi>{restricted && <LockKeyhole size={13} aria-label={t('common:banner.restricted')} />}</span> },
    { id: 'born', header: t('common:patient.born'), width: 'max(7.5rem, var(--day))', cell: ({ birth_date }) => <span className="numbers">{birth_date === null ? t('common:notKnown') : showDate(birth_date)}</span> },
    { id: 'age', header: t('common:patient.age'), width: '4rem', optional: true, numeric: true, cell: ({ birth_date }) => (birth_date === null ? '' : showAge(birth_date)) },
    { id: 'sex', header: t('common:patient.sex'), width: '6rem', optional: true, cell: ({ sex }) => t(`common:sex.${sex}`) },
    { id: 'number', header: t('common:patient.number'), width: '7rem', cell: ({ number }) => <span className="numbers">{number}</span> },
    { id: 'scans', header: t('patients.scans'), width: '4.5rem', optional: true, numeric: true, cell: ({ scans }) => scans },
  ], [t]);
  return (
    <Page title={t('patients.title')} width="wide" actions={<>{mayBreak && <Button kind="quiet" icon={LockKeyhole} onClick={() => runAction('break-glass.open')}>{t('patients.sealed')}</Button>}{doubled > 0 && <Button kind="quiet" icon={UsersRound} onClick={() => go.to('/duplicates')}>{t('patients.duplicates', { count: doubled })}</Button>}{mayCreate && <Button kind="primary" icon={UserPlus} action="patients.new" onClick={() => setCreating(true)}>{t('patients.new')}</Button>}</>}>
      <input
        ref={search} type="search" name="search" className={styles.search} aria-label={t('patients.search')} placeholder={t('patients.searchPlaceholder')} value={query}
        onChange={(event) => {
          setQuery(event.target.value);
          setCursor(0);
        }}
      />
      {pages.error && <Problem error={pages.error} retry={() => void pages.refetch()} />}
      {pages.isPending && <div className={styles.card}><Skeleton rows={12} /></div>}
      {pages.data && rows.length === 0 && (
        <div className={styles.card}>
          {query === ''
            ? <Empty icon={UserRoundSearch} title={t('patients.empty')} hint={t('patients.emptyHint')}>{mayCreate && <Button kind="primary" icon={UserPlus} onClick={() => setCreating(true)}>{t('patients.new')}</Button>}</Empty>
            : <Empty icon={SearchX} title={t('common:patient.noneFound')}><Button onClick={() => setQuery('')}>{t('patients.showAll')}</Button></Empty>}
        </div>
      )}
      {rows.length > 0 && (
        <DataTable
          label={t('patients.title')} columns={columns} rows={rows} total={rows.length + (pages.hasNextPage ? 40 : 0)} cursor={Math.min(cursor, rows.length - 1)} onCursor={setCursor}
          rowKey={({ id }) => id} rowLabel={({ name, number }) => `${name}, ${number}`} onOpen={({ id }) => go.chart(id)} onMore={more}
        />
      )}
      <span className={styles.foot} />
      {creating && <CreatePatient name={rows.length === 0 ? query : ''} onClose={() => setCreating(false)} />}
    </Page>
  );
}
