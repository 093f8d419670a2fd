// A bilingual reviewer at work: English and the target side by side; approving pins exactly this text.
import { CheckCheck, SearchX } from 'lucide-react';
import { useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';

import type { Language, ReviewProgress, ReviewRow } from '../bindings/types';
import { useCommand, usePages } from '../host/query';
import { showCount } from '../i18n/numbers';
import { useSettled } from '../shared/debounce';
import { useAction } from '../shared/keys';
import { languageName, OWN_NAMES } from '../shared/languages';
import { announce, Button, Empty, Page, Problem, Skeleton, TextInput, Toggle } from '../shared/ui';
import styles from './phrases.module.css';
import { Row } from './Row';

export function PhraseReview() {
  const { t } = useTranslation('phrases');
  const [chosen, setChosen] = useState<Language | null>(null);
  const [onlyOpen, setOnlyOpen] = useState(true);
  const [query, setQuery] = useState('');
  const [at, setAt] = useState(0);
  const settled = useSettled(query.trim());
  // Until one is chosen, the first language that this person was named for.
  const asked: Language = chosen ?? 'es';
  const pages = usePages('phrases.review_page', { language: asked, only_open: onlyOpen, query: settled, limit: 50 });
  const progress = pages.data?.pages[0]?.progress ?? [];
  const language = chosen ?? (progress.some((one) => one.language === asked) ? asked : (progress[0]?.language ?? asked));
  useEffect(() => {
    // Their language may be another than the one asked first.
    // eslint-disable-next-line react-hooks/set-state-in-effect
    if (chosen === null && language !== asked) setChosen(language);
  }, [chosen, language, asked]);
  const rows = pages.data?.pages.flatMap((page) => page.rows) ?? [];
  const cursor = Math.min(at, Math.max(0, rows.length - 1));
  const approve = useCommand('phrases.approve');
  const withdraw = useCommand('phrases.withdraw');
  const list = useRef<HTMLOListElement>(null);
  const approveRow = (row: ReviewRow) => approve.mutate({ phrase: row.phrase, language, hash: row.hash }, { onSuccess: () => announce(t('approvedDone', { text: row.text })) });
  const move = (to: number) => {
    const next = Math.max(0, Math.min(rows.length - 1, to));
    setAt(next);
    list.current?.children[next]?.scrollIntoView({ block: 'nearest' });
  };
  const current = rows[cursor];
  const mayApprove = current !== undefined && (current.standing.state === 'unreviewed' || current.standing.state === 'changed');
  useAction('phrases.next', () => move(cursor + 1));
  useAction('phrases.previous', () => move(cursor - 1));
  useAction('phrases.approve', () => current !== undefined && approveRow(current), mayApprove && !approve.isPending);
  return (
    <Page title={t('title')} hint={t('hint')}>
      <div className={styles.progress} role="group" aria-label={t('languages')}>
        {progress.map((one) => (
          <Progress key={one.language} one={one} chosen={one.language === language} onChoose={() => {
            setChosen(one.language);
            setAt(0);
          }} />
        ))}
      </div>
      <div className={styles.tools}>
        <TextInput label={t('search')} type="search" value={query} onChange={(event) => setQuery(event.target.value)} />
        <Toggle label={t('onlyOpen')} checked={onlyOpen} onChange={(on) => {
          setOnlyOpen(on);
          setAt(0);
        }} />
      </div>
      {pages.error && <Problem error={pages.error} retry={() => void pages.refetch()} />}
      {(approve.error ?? withdraw.error) && <Problem error={(approve.error ?? withdraw.error)!} small retry={() => void pages.refetch()} />}
      {pages.isPending && <div className={styles.list}><Skeleton rows={8} /></div>}
      {pages.data !== undefined && rows.length === 0 && <div className={styles.list}>{settled === '' && onlyOpen ? <Empty icon={CheckCheck} title={t('allDone')} hint={t('allDoneHint')} /> : <Empty icon={SearchX} title={t('none')} />}</div>}
      {rows.length > 0 && (
        // The list takes the keys for the row that it marks.
        // eslint-disable-next-line jsx-a11y/no-noninteractive-tabindex
        <div className={styles.list} tabIndex={0} data-pane-start role="group" aria-label={t('title')}>
          <ol ref={list}>
            {rows.map((row, index) => (
              <Row
                key={row.phrase} row={row} language={language} current={index === cursor} busy={approve.isPending || withdraw.isPending}
                onFocus={() => setAt(index)} onApprove={() => approveRow(row)} onWithdraw={() => withdraw.mutate({ phrase: row.phrase, language })}
              />
            ))}
          </ol>
          {pages.hasNextPage && <Button kind="quiet" busy={pages.isFetchingNextPage} onClick={() => void pages.fetchNextPage()}>{t('more')}</Button>}
        </div>
      )}
      <p className={styles.foot}>{t('pinned')}</p>
    </Page>
  );
}

function Progress({ one, chosen, onChoose }: { one: ReviewProgress; chosen: boolean; onChoose: () => void }) {
  const { t } = useTranslation('phrases');
  const done = one.professional + one.approved;
  const share = one.phrases === 0 ? 0 : (done / one.phrases) * 100;
  return (
    <button type="button" className={styles.language} aria-pressed={chosen} onClick={onChoose}>
      <span><strong>{languageName(one.language)}</strong> <bdi lang={one.language}>{OWN_NAMES[one.language]}</bdi></span>
      <span className={styles.bar} aria-hidden><span style={{ inlineSize: `${share}%` }} /></span>
      <span className={[styles.quiet, 'numbers'].join(' ')}>{t('progress', { done: showCount(done), of: showCount(one.phrases), professional: showCount(one.professional), approved: showCount(one.approved) })}</span>
    </button>
  );
}
