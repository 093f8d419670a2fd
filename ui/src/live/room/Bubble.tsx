// One message: the reader's language large, the other side of it small, and how far both have come.
import { Check, CheckCheck, Eye, FileLock2, TriangleAlert, Clock } from 'lucide-react';
import { useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';

import type { HandedOverView, Language, MessageView } from '../../bindings/types';
import { showClock } from '../../i18n/dates';
import { directionOf, languageName } from '../../shared/languages';
import { Button } from '../../shared/ui';
import { layOut, type Tick, type Unkept } from '../thread';
import { Heard } from '../voice/Heard';
import { VoiceNote, type Player } from '../voice/VoiceNote';
import { Written } from '../voice/Written';
import styles from './Bubble.module.css';
import { Check as Checked } from './Check';
import { TranslationChip } from './Chips';

interface BubbleProps {
  message: MessageView;
  own: boolean;
  /** Shown above the first of several. */
  name: string | null;
  reader: Language;
  others: readonly Language[];
  tick: Tick | null;
  /** Says in words what the tick means; the newest of one's own has them in sight. */
  newest: boolean;
  onTranslate: ((language: Language) => void) | undefined;
}

export function Bubble({ message, own, name, reader, others, tick, newest, onTranslate }: BubbleProps) {
  const { t } = useTranslation('live');
  const [swapped, setSwapped] = useState(false);
  const { large, small, about } = layOut(message, reader, others, swapped);
  const player = useRef<Player>(null);
  const written = message.sound?.written;
  const heard = written?.state === 'written' && written.segments.length > 0 ? written.segments : null;
  return (
    <div className={styles.side} data-own={own || undefined}>
      {name !== null && <p className={styles.name}><bdi>{name}</bdi></p>}
      <div className={styles.bubble}>
        {message.sound !== null && <VoiceNote ref={player} messageId={message.id} sound={message.sound} />}
        {message.handed_over !== null && <Given file={message.handed_over} />}
        {large !== null && (heard !== null && large.text === message.text
          ? <Heard segments={heard} language={message.language} className={styles.large} onPlay={(ms) => player.current?.playFrom(ms)} />
          : <p className={styles.large} lang={large.language} dir={directionOf(large.language)}>{large.text}</p>)}
        {small.map((one) => (
          <button key={one.language} type="button" className={styles.small} dir={directionOf(one.language)} aria-label={t('bubble.swap', { language: languageName(one.language), text: one.text })} title={t('bubble.swapHint')} onClick={() => setSwapped(!swapped)}>
            <span lang={one.language}>{one.text}</span>
          </button>
        ))}
        {about.map((translation) => <Checked key={translation.language} message={message} translation={translation} own={own} />)}
        <div className={styles.foot}>
          {message.sound !== null && <Written message={message} />}
          {about.map((translation) => <TranslationChip key={translation.language} translation={translation} named={about.length > 1} onRetry={onTranslate === undefined ? undefined : () => onTranslate(translation.language)} />)}
          <span className={styles.when}><time dateTime={message.at} className="numbers">{showClock(message.at)}</time>{tick !== null && <TickMark tick={tick} worded={newest} />}</span>
        </div>
      </div>
    </div>
  );
}

/** A report that was handed over, and whether a phone has it. */
function Given({ file: { number, held_by } }: { file: HandedOverView }) {
  const { t } = useTranslation('live');
  return (
    <div className={styles.given}>
      <FileLock2 size={20} aria-hidden />
      <p><strong>{t('handOver.given', { number })}</strong><br />{t(held_by.length > 0 ? 'handOver.held' : 'handOver.onTheWay', { count: held_by.length })}</p>
    </div>
  );
}

function TickMark({ tick, worded }: { tick: Tick; worded: boolean }) {
  const { t } = useTranslation('live');
  const words = tick.state === 'seen' ? (tick.of > 1 ? t('tick.seenBy', { count: tick.by, of: tick.of }) : t('tick.seen')) : t(`tick.${tick.state}`);
  const Icon = tick.state === 'seen' ? Eye : tick.state === 'there' ? CheckCheck : Check;
  return <span className={styles.tick} title={words}><Icon size={14} aria-hidden /><span className={worded ? undefined : 'unseen'}>{words}</span></span>;
}

/** Said here, not yet in the record. */
export function UnkeptBubble({ said, onAgain, onForget }: { said: Unkept; onAgain: () => void; onForget: () => void }) {
  const { t } = useTranslation('live');
  return (
    <div className={styles.side} data-own>
      <div className={styles.bubble} data-unkept>
        <p className={styles.large} lang={said.language} dir={directionOf(said.language)}>{said.text}</p>
        <p className={styles.foot} role={said.failed ? 'alert' : undefined}>
          {said.failed
            ? <span className={styles.failed}><TriangleAlert size={14} aria-hidden />{t('tick.failed')}</span>
            : <span className={styles.tick}><Clock size={14} aria-hidden />{t('tick.sending')}</span>}
        </p>
        {said.failed && <div className={styles.buttons}><Button onClick={onAgain}>{t('common:tryAgain')}</Button><Button kind="quiet" onClick={onForget}>{t('bubble.forget')}</Button></div>}
      </div>
    </div>
  );
}
