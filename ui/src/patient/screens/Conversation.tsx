// The conversation: who is there above, what was said, and everything that one does below, where the thumb is.
import { ArrowDown, Wifi, WifiOff } from 'lucide-react';
import { useEffect, useLayoutEffect, useRef, useState } from 'react';

import type { Guest } from '../session/guest';
import type { Talk } from '../session/talk';
import type { Key } from '../words';
import { useWords } from '../words/context';
import { Bubble, OwnBubble } from './Bubble';
import { Composer } from './Composer';
import styles from './Conversation.module.css';
import { Leave } from './Leave';
import { More } from './More';
import { Phrases } from './Phrases';
import { VoiceSheet } from './VoiceSheet';

/** Within this many pixels of the end one still reads the newest. */
const NEAR = 120;

/** The state of the line in a word, and what it means where that is not plain. */
function lineWords({ line, hostHere, full }: Talk): [Key, Key?] {
  if (line === 'offline') return ['line.offline', 'line.offlineHint'];
  if (line === 'connecting') return ['line.connecting'];
  if (full) return ['line.open', 'line.full'];
  return hostHere === false ? ['line.away', 'line.awayHint'] : ['line.open'];
}

export function Conversation({ talk, guest, onLanguage }: { talk: Talk; guest: Guest; onLanguage: () => void }) {
  const { tell } = useWords();
  const [sheet, setSheet] = useState<'phrases' | 'voice' | 'more' | 'leave'>();
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => heading.current?.focus(), []);
  const { scroller, below, toNewest } = useNewest(talk, guest);
  const [state, hint] = lineWords(talk);
  const close = () => setSheet(undefined);
  const Sign = talk.line === 'open' ? Wifi : WifiOff;
  const notices = ([hint, talk.clockOff && 'line.clock', talk.forgetful && 'line.forgetful'] as const).filter(Boolean) as Key[];
  return (
    <main className={styles.talk}>
      <header className={styles.head}>
        <h1 ref={heading} tabIndex={-1}><span className="unseen">{tell('talk.title')} </span><bdi>{talk.doctor}</bdi></h1>
        <p className={styles.line} role="status" data-open={talk.line === 'open'}><Sign size="1.1em" aria-hidden />{tell(state)}</p>
      </header>
      {notices.map((notice) => <p key={notice} className={styles.notice}>{tell(notice)}</p>)}
      <div ref={scroller} className={styles.scroll} role="log" aria-label={tell('talk.messages')}>
        <ol className={styles.list}>
          {talk.messages.length + talk.outbox.length === 0 && <li className={styles.empty}>{tell(talk.caughtUp ? 'talk.empty' : 'talk.loading')}</li>}
          {talk.messages.map((message) => <Bubble key={message.id} message={message} talk={talk} guest={guest} />)}
          {talk.outbox.map((outgoing) => <OwnBubble key={outgoing.id} outgoing={outgoing} talk={talk} guest={guest} />)}
        </ol>
      </div>
      <footer className={styles.foot}>
        {below && <button type="button" className={styles.newest} onClick={toNewest}><ArrowDown size="1.2em" aria-hidden />{tell('talk.newest')}</button>}
        <Composer onSend={(text) => guest.say(text)} onOpen={setSheet} />
      </footer>
      {sheet === 'phrases' && <Phrases talk={talk} onClose={close} onSend={(text, phrase) => (guest.say(text, phrase), close())} />}
      {sheet === 'voice' && <VoiceSheet onClose={close} onSend={(wav, ms) => (void guest.voice(wav, ms), close())} />}
      {sheet === 'more' && <More talk={talk} onClose={close} onLanguage={() => (close(), onLanguage())} onLeave={() => setSheet('leave')} />}
      {sheet === 'leave' && <Leave talk={talk} guest={guest} onStay={close} />}
    </main>
  );
}

/** Keeps the newest in sight for those who are there, and never pulls away those who read further up. */
function useNewest(talk: Talk, guest: Guest) {
  const scroller = useRef<HTMLDivElement>(null);
  const [away, setAway] = useState(false);
  const newest = talk.messages.at(-1)?.n ?? 0;
  /** What was the newest when one began to read further up. */
  const [leftAt, setLeftAt] = useState(0);
  const last = talk.outbox.at(-1)?.id ?? talk.messages.at(-1)?.id;
  // New browsers answer `scrollTo` with a promise, which no effect may return.
  const toNewest = () => void scroller.current?.scrollTo({ top: scroller.current.scrollHeight });
  useEffect(() => {
    const box = scroller.current;
    const look = () => {
      if (box === null) return;
      const isAway = box.scrollHeight - box.scrollTop - box.clientHeight > NEAR;
      setAway(isAway);
      if (!isAway) setLeftAt(newest);
    };
    box?.addEventListener('scroll', look, { passive: true });
    return () => box?.removeEventListener('scroll', look);
  }, [newest]);
  useLayoutEffect(() => {
    if (!away) toNewest();
    // The keyboard, a sheet and a late translation change the height too.
  }, [last, newest, talk.messages, talk.line, away]);
  // One's own words are always shown.
  useLayoutEffect(toNewest, [talk.outbox.length]);
  useEffect(() => {
    if (away || document.visibilityState === 'hidden' || talk.line !== 'open') return;
    guest.seen(newest);
  }, [away, newest, talk.line, guest]);
  return { scroller, below: away && newest > leftAt, toNewest };
}
