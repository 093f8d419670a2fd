// The phrasebook beside the conversation: by situation, searchable, filled in place, previewed in both languages.
import { BookOpen, SearchX, X } from 'lucide-react';
import { useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';

import type { Language, PhraseUse } from '../../bindings/types';
import { usePages } from '../../host/query';
import { useSettled } from '../../shared/debounce';
import { OWN_NAMES } from '../../shared/languages';
import { Button, Empty, IconButton, Problem, Skeleton } from '../../shared/ui';
import styles from './phrases.module.css';
import { Phrase } from './Phrase';

interface DrawerProps {
  language: Language;
  reading: Language;
  onSay: (text: string, phrase: PhraseUse) => void;
  onClose: () => void;
}

export function PhraseDrawer({ language, reading, onSay, onClose }: DrawerProps) {
  const { t } = useTranslation('live');
  const [situation, setSituation] = useState<string | null>(null);
  const [query, setQuery] = useState('');
  const [open, setOpen] = useState<string | null>(null);
  const search = useRef<HTMLInputElement>(null);
  const settled = useSettled(query.trim());
  const pages = usePages('phrases.page', { situation, for_patient: false, query: settled, language, reading_language: reading, limit: 60 });
  const rows = pages.data?.pages.flatMap((page) => page.rows) ?? [];
  const situations = pages.data?.pages[0]?.situations ?? [];
  useEffect(() => search.current?.focus(), []);
  return (
    <section className={styles.drawer} aria-label={t('phrases.title')} data-pane>
      <header>
        <h2><BookOpen size={16} aria-hidden />{t('phrases.title')}</h2>
        <span className={styles.pair}><bdi>{OWN_NAMES[language]}</bdi> <span aria-hidden>→</span> <bdi>{OWN_NAMES[reading]}</bdi></span>
        <IconButton icon={X} label={t('phrases.close')} action="live.phrases" onClick={onClose} />
      </header>
      <input
        ref={search} type="search" name="phrase-search" className={styles.search} aria-label={t('phrases.search')} placeholder={t('phrases.search')} value={query}
        onChange={(event) => setQuery(event.target.value)} onKeyDown={(event) => event.key === 'Escape' && onClose()}
      />
      <div className={styles.situations} role="group" aria-label={t('phrases.situations')}>
        <button type="button" aria-pressed={situation === null} onClick={() => setSituation(null)}>{t('phrases.all')}</button>
        {situations.map(({ key, title, phrases }) => (
          <button key={key} type="button" aria-pressed={situation === key} onClick={() => setSituation(situation === key ? null : key)}><bdi>{title}</bdi> <span className="numbers">{phrases}</span></button>
        ))}
      </div>
      {/* A list that scrolls must be reachable by the keyboard. */}
      {/* eslint-disable-next-line jsx-a11y/no-noninteractive-tabindex */}
      <div className={styles.list} tabIndex={0} role="group" aria-label={t('phrases.list')}>
        {pages.error && <Problem error={pages.error} small retry={() => void pages.refetch()} />}
        {pages.isPending && <Skeleton rows={6} />}
        {pages.data !== undefined && rows.length === 0 && <Empty icon={SearchX} title={t('phrases.none')} hint={t('phrases.noneHint')} />}
        <ul>
          {rows.map((phrase) => (
            <li key={phrase.key}>
              <Phrase phrase={phrase} language={language} reading={reading} open={open === phrase.key} onOpen={() => setOpen(open === phrase.key ? null : phrase.key)} onSay={(text, use) => {
                setOpen(null);
                onSay(text, use);
              }} />
            </li>
          ))}
        </ul>
        {pages.hasNextPage && <Button kind="quiet" busy={pages.isFetchingNextPage} onClick={() => void pages.fetchNextPage()}>{t('phrases.more')}</Button>}
      </div>
    </section>
  );
}
