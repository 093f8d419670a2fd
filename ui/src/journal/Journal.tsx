// The audit trail: who did what, when, to which id, and how it ended. Ids only, never a person's data.
import { BookLock, SearchX } from 'lucide-react';
import { useCallback, useEffect, useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';

import type { JournalOutcome, JournalRowView } from '../bindings/types';
import { usePages, useView } from '../host/query';
import { showMoment } from '../i18n/dates';
import { showList } from '../i18n/lists';
import { showCount } from '../i18n/numbers';
import { useSettled } from '../shared/debounce';
import { journalFilter } from '../shared/journal-filter';
import { Button, Chip, DataTable, Empty, Page, Problem, Select, Skeleton, TextInput, type Column } from '../shared/ui';
import { Export } from './Export';
import styles from './Journal.module.css';
import { dayOf, momentsOf, type Stretch } from './stretch';
import { Verify } from './Verify';

/** How verbs begin; `report` stands for one report and for lists of them. */
const DOMAINS = ['session.', 'patients.', 'scan.', 'reading.', 'verdict.', 'worklist.', 'report', 'delivery.', 'note.', 'prescription.', 'search.', 'live.', 'own.', 'break_glass.', 'assist.', 'phrases.', 'feedback.', 'users.', 'accounts.', 'settings.', 'models.', 'language.', 'relay.', 'statistics.', 'journal.', 'setup.', 'backup.', 'export.'];
/** Refused or failed. */
const UNSUCCESSFUL = 'unsuccessful';
const OUTCOMES: readonly JournalOutcome[] = ['done', 'refused', 'failed'];

export function Journal() {
  const { t } = useTranslation('journal');
  const [begin] = useState(() => journalFilter.getState().next);
  useEffect(() => journalFilter.setState({ next: null }), []);
  const [userId, setUserId] = useState('');
  const [verb, setVerb] = useState('');
  const [outcome, setOutcome] = useState(begin?.unsuccessful === true ? UNSUCCESSFUL : '');
  const [subject, setSubject] = useState(begin?.subject ?? '');
  const [stretch, setStretch] = useState<Stretch>({ from: dayOf(begin?.from), to: dayOf(begin?.to) });
  const [cursor, setCursor] = useState(0);
  const users = useView('users.list', null);
  const settled = useSettled(subject.trim());
  const pages = usePages('journal.page', {
    user_id: userId === '' ? null : userId, verb: verb === '' ? null : verb, subject: settled === '' ? null : settled, outcome: OUTCOMES.find((one) => one === outcome) ?? null, unsuccessful: outcome === UNSUCCESSFUL, ...momentsOf(stretch), limit: 200,
  });
  const rows = useMemo(() => pages.data?.pages.flatMap((page) => page.rows) ?? [], [pages.data]);
  const columns = useColumns();
  const { isFetchingNextPage, fetchNextPage } = pages;
  const more = useCallback(() => {
    if (!isFetchingNextPage) void fetchNextPage();
  }, [isFetchingNextPage, fetchNextPage]);
  const clear = () => {
    setUserId('');
    setVerb('');
    setOutcome('');
    setSubject('');
    setStretch({ from: '', to: '' });
  };
  const filtered = [userId, verb, outcome, settled, stretch.from, stretch.to].some((one) => one !== '');
  return (
    <Page title={t('title')} hint={t('hint')} width="wide" actions={<Export stretch={stretch} />}>
      <Verify />
      <form className={styles.filters} aria-label={t('filters')} onSubmit={(event) => event.preventDefault()}>
        <Select label={t('who')} value={userId} onChange={(event) => setUserId(event.target.value)} options={[{ value: '', label: t('everybody') }, ...(users.data ?? []).map(({ id, name }) => ({ value: id, label: name }))]} />
        <Select label={t('what')} value={verb} onChange={(event) => setVerb(event.target.value)} options={[{ value: '', label: t('everything') }, ...DOMAINS.map((domain) => ({ value: domain, label: t(`domain.${domain.replace('.', '')}`) }))]} />
        <Select label={t('outcome')} value={outcome} onChange={(event) => setOutcome(event.target.value)} options={[{ value: '', label: t('anyOutcome') }, { value: UNSUCCESSFUL, label: t('unsuccessful') }, ...OUTCOMES.map((one) => ({ value: one, label: t(`outcomes.${one}`) }))]} />
        <TextInput label={t('from')} type="date" value={stretch.from} onChange={(event) => setStretch({ ...stretch, from: event.target.value })} />
        <TextInput label={t('to')} type="date" value={stretch.to} onChange={(event) => setStretch({ ...stretch, to: event.target.value })} />
        <TextInput label={t('subject')} placeholder={t('subjectPlaceholder')} dir="ltr" value={subject} onChange={(event) => setSubject(event.target.value)} />
        {filtered && <Button kind="quiet" onClick={clear}>{t('clear')}</Button>}
      </form>
      {pages.error && <Problem error={pages.error} retry={() => void pages.refetch()} />}
      {pages.isPending && <div className={styles.card}><Skeleton rows={12} /></div>}
      {pages.data && rows.length === 0 && (
        <div className={styles.card}>{filtered ? <Empty icon={SearchX} title={t('noneFound')}><Button onClick={clear}>{t('clear')}</Button></Empty> : <Empty icon={BookLock} title={t('empty')} />}</div>
      )}
      {rows.length > 0 && (
        <DataTable
          label={t('title')} columns={columns} rows={rows} total={pages.hasNextPage ? Math.max(rows[0]?.number ?? 0, rows.length + 40) : rows.length} cursor={Math.min(cursor, rows.length - 1)} onCursor={setCursor}
          rowKey={({ number }) => String(number)} rowLabel={(row) => `${row.number}, ${row.verb}, ${t(`outcomes.${row.outcome}`)}`} onMore={more}
        />
      )}
      <span className={styles.foot} />
    </Page>
  );
}

function useColumns(): readonly Column<JournalRowView>[] {
  const { t } = useTranslation('journal');
  return useMemo(() => [
    { id: 'number', header: t('column.number'), width: '4rem', numeric: true, cell: ({ number }) => showCount(number) },
    { id: 'at', header: t('column.at'), width: 'max(9.5rem, var(--moment))', cell: ({ at }) => <span className="numbers">{showMoment(at)}</span> },
    { id: 'who', header: t('column.who'), width: 'minmax(9rem, 1.5fr)', cell: ({ who, user_id }) => (who !== null ? <bdi title={who}>{who}</bdi> : user_id === null ? <span className={styles.quiet}>{t('nobody')}</span> : <code className={styles.id} title={user_id}>{user_id}</code>) },
    { id: 'verb', header: t('column.verb'), width: 'minmax(11rem, 2fr)', cell: ({ verb }) => <span title={`${t(`plain.${verb}`, { defaultValue: verb })} · ${verb}`}>{t(`plain.${verb}`, { defaultValue: verb })} <code className={styles.id} dir="ltr">{verb}</code></span> },
    { id: 'outcome', header: t('column.outcome'), width: 'minmax(13.5rem, 1.2fr)', cell: ({ outcome, code }) => (outcome === 'done' ? t('outcomes.done') : <Chip tone="outline">{t(`outcomes.${outcome}`)}{code === null ? '' : `: ${t(`code.${code}`, { defaultValue: code })}`}</Chip>) },
    { id: 'subject', header: t('column.subject'), width: 'minmax(10rem, 2fr)', optional: true, cell: ({ subjects }) => <code className={styles.id} title={subjects.length === 0 ? undefined : showList(subjects)}>{showList(subjects)}</code> },
  ], [t]);
}
