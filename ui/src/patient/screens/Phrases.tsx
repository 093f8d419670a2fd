// Prepared sentences for what patients say most: by topic or by a word in them.
import { Search } from 'lucide-react';
import { useEffect, useState } from 'react';

import { loadSlice } from '../phrases/load';
import { findPhrases, type Phrase, raiseFirst, type Slice } from '../phrases/slice';
import type { Talk } from '../session/talk';
import type { Language, PhraseUse } from '../wire/content';
import { useWords } from '../words/context';
import { Button, Hint, Sheet } from './parts';
import { OnePhrase } from './OnePhrase';
import styles from './Phrases.module.css';

interface PhrasesProps {
  talk: Talk;
  onSend: (text: string, phrase: PhraseUse) => void;
  onClose: () => void;
}

export function Phrases({ talk, onSend, onClose }: PhrasesProps) {
  const { tell } = useWords();
  const { slice, failed, again } = useSlice(talk.language);
  // Who reads along: without the doctor's words one still may send.
  const { slice: theirs } = useSlice(talk.people.find(({ doctor }) => doctor)?.language ?? talk.language);
  const [topic, setTopic] = useState<string>();
  const [query, setQuery] = useState('');
  const [phrase, setPhrase] = useState<Phrase>();
  const situation = slice?.situations.find(({ key }) => key === topic);

  if (slice !== undefined && phrase !== undefined) {
    return (
      <Sheet title={situation?.title ?? tell('phrases.title')} onClose={onClose} onBack={() => setPhrase(undefined)}>
        <OnePhrase phrase={phrase} talk={talk} slice={slice} theirs={theirs} onSend={onSend} />
      </Sheet>
    );
  }
  const found = slice === undefined || query.trim() === '' ? undefined : findPhrases(slice, query);
  return (
    <Sheet title={situation?.title ?? tell('phrases.title')} onClose={onClose} {...(situation === undefined ? {} : { onBack: () => setTopic(undefined) })}>
      {slice === undefined && (failed ? <div className={styles.one}><p role="alert">{tell('phrases.failed')}</p><Button onClick={again}>{tell('page.again')}</Button></div> : <div aria-busy="true" />)}
      {slice !== undefined && situation === undefined && (
        <>
          <div className={styles.search}>
            <label className={styles.box}><Search size="1.25em" aria-hidden /><span className="unseen">{tell('phrases.search')}</span><input type="search" value={query} placeholder={tell('phrases.search')} enterKeyHint="search" dir="auto" onChange={({ target }) => setQuery(target.value)} /></label>
          </div>
          {found === undefined
            ? <ul className={styles.topics} aria-label={tell('phrases.topics')}>{slice.situations.map(({ key, title }) => <li key={key}><button type="button" className={styles.topic} onClick={() => setTopic(key)}>{title}</button></li>)}</ul>
            : found.length === 0 ? <div role="status"><Hint>{tell('phrases.none')}</Hint></div> : <List phrases={found} slice={slice} onPick={setPhrase} />}
        </>
      )}
      {slice !== undefined && situation !== undefined && <Kinds phrases={situation.phrases} slice={slice} onPick={setPhrase} />}
    </Sheet>
  );
}

interface ListProps {
  phrases: readonly Phrase[];
  slice: Slice;
  onPick: (phrase: Phrase) => void;
}

/** What one answers first, then what one asks. */
function Kinds({ phrases, ...rest }: ListProps) {
  const { tell } = useWords();
  const asks = phrases.filter(({ kind }) => kind === 'question');
  const says = phrases.filter(({ kind }) => kind !== 'question');
  if (asks.length === 0 || says.length === 0) return <List phrases={phrases} {...rest} />;
  return (
    <>
      <h3 className={styles.kind}>{tell('phrases.answers')}</h3>
      <List phrases={says} {...rest} />
      <h3 className={styles.kind}>{tell('phrases.asks')}</h3>
      <List phrases={asks} {...rest} />
    </>
  );
}

function List({ phrases, onPick }: ListProps) {
  return (
    <ul className={styles.list}>
      {phrases.map((phrase) => (
        <li key={phrase.key}><button type="button" className={styles.phrase} onClick={() => onPick(phrase)}>{raiseFirst(phrase.text.replace(/\{\w+\}/g, '___'))}</button></li>
      ))}
    </ul>
  );
}

function useSlice(language: Language) {
  const [loaded, setLoaded] = useState<{ language: Language; slice: Slice }>();
  const [failed, setFailed] = useState(false);
  const [tries, setTries] = useState(0);
  useEffect(() => {
    let gone = false;
    loadSlice(language).then((slice) => !gone && setLoaded({ language, slice }), () => !gone && setFailed(true));
    return () => {
      gone = true;
    };
  }, [language, tries]);
  const again = () => {
    setFailed(false);
    setTries(tries + 1);
  };
  return { slice: loaded?.language === language ? loaded.slice : undefined, failed, again };
}

