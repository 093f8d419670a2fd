// Something that was said: the reader's language large, the original small under it, a tap to swap; under it who stands
// behind the translation, and what one can do with it.
import { Check, CheckCheck, CircleStop, Clock, Languages, TriangleAlert, Volume2 } from 'lucide-react';
import { useState } from 'react';

import type { Guest } from '../session/guest';
import { delivery, type Delivery, type Outgoing, type Talk } from '../session/talk';
import { readAloud, stopReading, useReading, useVoiceFor } from '../voice/aloud';
import type { Language, Message } from '../wire/content';
import { directionOf, OWN_NAMES } from '../words';
import { inOrder } from '../words/bidi';
import { clock } from '../words/clock';
import { useWords } from '../words/context';
import styles from './Bubble.module.css';
import { Player } from './Player';
import { Provenance, Written } from './Provenance';
import { Report } from './Report';

interface Said {
  text: string;
  language: Language;
}

function Line({ said: { text, language }, kind }: { said: Said; kind: string | undefined }) {
  return <span lang={language} dir={directionOf(language)} className={kind}>{directionOf(language) === 'rtl' ? inOrder(text) : text}</span>;
}

export function Bubble({ message, talk, guest }: { message: Message; talk: Talk; guest: Guest }) {
  const { tell } = useWords();
  const [swapped, setSwapped] = useState(false);
  const own = message.from === talk.you;
  const { translation, sound, enclosure } = message;
  const original: Said = { text: message.text, language: message.language };
  const translated: Said | undefined = translation !== null && translation.text !== '' && translation.provenance !== 'same_language' ? translation : undefined;
  const first = translated !== undefined && !swapped ? translated : original;
  const second = translated === undefined ? undefined : swapped ? translated : original;
  return (
    <li className={own ? `${styles.row} ${styles.own}` : styles.row}>
      <p className={styles.who}><bdi>{own ? tell('talk.you') : nameOf(message.from, talk)}</bdi> · <bdi>{clock(message.at)}</bdi></p>
      <div className={styles.bubble}>
        {sound !== null && <Player sound={sound} guest={guest} />}
        {enclosure && <Report id={message.id} enclosure={enclosure} talk={talk} guest={guest} />}
        {original.text !== '' && (second === undefined ? <p className={styles.words}><Line said={first} kind={styles.first} /></p> : (
          <button type="button" className={styles.words} onClick={() => setSwapped(!swapped)}>
            <Line said={first} kind={styles.first} />
            <Line said={second} kind={styles.second} />
            <span className="unseen">{tell(swapped ? 'talk.showTranslation' : 'talk.showOriginal')}</span>
          </button>
        ))}
      </div>
      {own && <State state="delivered" />}
      {sound !== null && <div className={styles.under}><Written writing={message.writing} /></div>}
      {!own && original.text !== '' && <Under message={message} first={first} talk={talk} guest={guest} />}
    </li>
  );
}

/** One's own words, from the moment they are written. */
export function OwnBubble({ outgoing, talk, guest }: { outgoing: Outgoing; talk: Talk; guest: Guest }) {
  const { tell } = useWords();
  return (
    <li className={`${styles.row} ${styles.own}`}>
      <p className={styles.who}>{tell('talk.you')} · <bdi>{clock(outgoing.at)}</bdi></p>
      <div className={styles.bubble}>
        {outgoing.sound !== null && <Player sound={outgoing.sound} guest={guest} />}
        {outgoing.text !== '' && <p className={styles.words}><Line said={outgoing} kind={styles.first} /></p>}
      </div>
      <State state={delivery(talk, outgoing)} />
    </li>
  );
}

const SIGNS: Partial<Record<Delivery, typeof Check>> = { waiting: Clock, sending: Clock, held: Check, delivered: CheckCheck };

function State({ state }: { state: Delivery }) {
  const { tell } = useWords();
  const Sign = SIGNS[state] ?? TriangleAlert;
  return <p className={styles.state} data-bad={SIGNS[state] === undefined} data-good={state === 'delivered'}><Sign size="1.1em" aria-hidden />{tell(`state.${state}`)}</p>;
}

function Under({ message, first, talk, guest }: { message: Message; first: Said; talk: Talk; guest: Guest }) {
  const { tell } = useWords();
  const speaks = useVoiceFor(first.language);
  const reading = useReading() === message.id;
  const foreign = message.language !== talk.language;
  const other = foreign && message.translation !== null && message.translation.language !== talk.language;
  const asked = talk.asked.includes(message.id);
  return (
    <div className={styles.under}>
      {foreign && <Provenance provenance={message.translation?.provenance} held={message.translation?.held === true} />}
      {speaks && (
        <button type="button" className={styles.action} onClick={() => (reading ? stopReading() : readAloud(message.id, first.text, first.language))}>
          {reading ? <CircleStop size="1.2em" aria-hidden /> : <Volume2 size="1.2em" aria-hidden />}{tell(reading ? 'talk.stopListening' : 'talk.listen')}
        </button>
      )}
      {other && (
        <button type="button" className={styles.action} disabled={asked} onClick={() => guest.translate(message.id)}>
          <Languages size="1.2em" aria-hidden />{asked ? tell('talk.asked') : tell('talk.translate', { language: OWN_NAMES[talk.language] })}
        </button>
      )}
    </div>
  );
}

const nameOf = (id: string, { people, doctor }: Talk): string => people.find((person) => person.id === id)?.name ?? doctor;
