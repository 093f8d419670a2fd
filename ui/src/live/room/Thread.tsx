// The thread: virtualised, held at its end while one reads there, older messages by cursor when one scrolls up.
import { useVirtualizer } from '@tanstack/react-virtual';
import { ArrowDown } from 'lucide-react';
import { useEffect, useLayoutEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';

import type { Language, MessageView, PersonView } from '../../bindings/types';
import { showDate } from '../../i18n/dates';
import { Button, Problem, Skeleton } from '../../shared/ui';
import { startsGroup, tickOf } from '../thread';
import type { Thread as ThreadState } from '../use-thread';
import { Bubble, UnkeptBubble } from './Bubble';
import styles from './Thread.module.css';
import { useSought } from './use-sought';

interface ThreadProps {
  thread: ThreadState;
  people: readonly PersonView[];
  /** Whose side is the inline end. */
  me: string;
  reader: Language;
  /** None: how far a message has come is not told. */
  unsent: number | null;
  onTranslate: ((message: MessageView, language: Language) => void) | undefined;
}

/** So near to the end counts as being there, pixels. */
const NEAR = 60;

export function Thread({ thread, people, me, reader, unsent, onTranslate }: ThreadProps) {
  const { t } = useTranslation('live');
  const { messages, unkept, more, loaded, error, older, loadingOlder } = thread;
  const scroller = useRef<HTMLDivElement>(null);
  const atEnd = useRef(true);
  const shapeBefore = useRef('');
  const [unread, setUnread] = useState(0);
  const count = messages.length + unkept.length;
  // eslint-disable-next-line react-hooks/incompatible-library -- this file is not memoised
  const virtual = useVirtualizer({
    count, getScrollElement: () => scroller.current, estimateSize: () => 84, overscan: 6, paddingStart: 12, paddingEnd: 12,
    getItemKey: (index) => messages[index]?.id ?? unkept[index - messages.length]?.id ?? index,
  });
  const total = virtual.getTotalSize();
  const sought = useSought(thread, virtual, atEnd);

  // Older ones are put before what one reads: it stays where it is.
  const first = messages[0]?.n;
  const firstBefore = useRef(first);
  useLayoutEffect(() => {
    if (firstBefore.current !== undefined && first !== undefined && first < firstBefore.current && scroller.current !== null) {
      const added = firstBefore.current - first;
      scroller.current.scrollTop += virtual.measurementsCache[added]?.start ?? 0;
    }
    firstBefore.current = first;
  }, [first, virtual]);

  useLayoutEffect(() => {
    if (atEnd.current && scroller.current !== null) scroller.current.scrollTop = scroller.current.scrollHeight;
  }, [total, count]);

  // A composer that grows takes room from the end.
  useEffect(() => {
    const box = scroller.current;
    if (box === null) return undefined;
    const watch = new ResizeObserver(() => {
      if (atEnd.current) box.scrollTop = box.scrollHeight;
    });
    watch.observe(box);
    return () => watch.disconnect();
  }, [loaded]);

  const newest = messages.at(-1);
  const newestBefore = useRef(newest?.n ?? 0);
  useEffect(() => {
    const came = (newest?.n ?? 0) - newestBefore.current;
    if (came > 0 && newestBefore.current > 0 && !atEnd.current && newest?.from !== me) setUnread((n) => n + came);
    newestBefore.current = newest?.n ?? 0;
  }, [newest, me]);
  // What one says oneself is looked at at once.
  useEffect(() => {
    if (unkept.length === 0 || scroller.current === null) return;
    atEnd.current = true;
    scroller.current.scrollTop = scroller.current.scrollHeight;
  }, [unkept.length]);

  const onScroll = () => {
    const box = scroller.current;
    if (box === null) return;
    // Only a person scrolls away: where the shape changed meanwhile, the end is kept.
    const shape = `${box.scrollHeight}/${box.clientHeight}`;
    if (box.scrollHeight - box.scrollTop - box.clientHeight < NEAR) atEnd.current = true;
    else if (shape === shapeBefore.current) atEnd.current = false;
    shapeBefore.current = shape;
    if (atEnd.current) setUnread(0);
    if (box.scrollTop < 200 && more && !loadingOlder) older();
  };
  const toEnd = () => {
    atEnd.current = true;
    setUnread(0);
    scroller.current?.scrollTo({ top: scroller.current.scrollHeight });
  };

  const others = people.filter(({ id, gone }) => id !== me && gone === null).map(({ language }) => language);
  const lastOwn = messages.findLast(({ from }) => from === me)?.id;
  if (!loaded) return <div className={styles.coming}>{error === null ? <Skeleton rows={6} /> : <Problem error={error} retry={thread.retry} />}</div>;
  return (
    <div className={styles.room}>
      <div ref={scroller} role="feed" aria-busy={loadingOlder} aria-label={t('thread.label')} data-pane-start className={styles.thread} onScroll={onScroll}
        // A region that scrolls must be reachable by the keyboard.
        // eslint-disable-next-line jsx-a11y/no-noninteractive-tabindex
        tabIndex={0}>
        {more && <p className={styles.more} role="status">{loadingOlder ? t('thread.loadingOlder') : t('thread.olderAbove')}</p>}
        {error !== null && <Problem error={error} small retry={thread.retry} />}
        {!more && count > 0 && <p className={styles.more}>{t('thread.beginning')}</p>}
        <div className={styles.all} style={{ blockSize: total }}>
          {virtual.getVirtualItems().map(({ index, key, start }) => {
            const message = messages[index];
            const said = unkept[index - messages.length];
            const before = messages[index - 1];
            const person = people.find(({ id }) => id === message?.from);
            return (
              <article key={key} ref={virtual.measureElement} data-index={index} aria-posinset={index + 1} aria-setsize={more ? -1 : count} className={styles.item} data-sought={(message !== undefined && message.id === sought) || undefined} style={{ transform: `translateY(${start}px)` }}>
                {message !== undefined && newDay(before, message) && <p className={styles.day}><span>{showDate(message.at)}</span></p>}
                {message !== undefined && (
                  <Bubble
                    message={message} own={message.from === me} name={message.from === me || !startsGroup(before, message) ? null : (person?.name ?? t('people.unknown'))} reader={reader} others={others}
                    tick={message.from === me && unsent !== null ? tickOf(message, people, newest?.n ?? 0, unsent) : null} newest={message.id === lastOwn}
                    onTranslate={onTranslate === undefined ? undefined : (language) => onTranslate(message, language)}
                  />
                )}
                {said !== undefined && <UnkeptBubble said={said} onAgain={() => thread.say(said)} onForget={() => thread.forget(said.id)} />}
              </article>
            );
          })}
        </div>
      </div>
      {unread > 0 && <div className={styles.unread}><Button kind="primary" icon={ArrowDown} onClick={toEnd}>{t('thread.unread', { count: unread })}</Button></div>}
    </div>
  );
}

function newDay(before: MessageView | undefined, message: MessageView): boolean {
  return before === undefined || new Date(before.at).toDateString() !== new Date(message.at).toDateString();
}
