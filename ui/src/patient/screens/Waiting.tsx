// Before the doctor's door, and what tells the patient that it is the right one.
import { Globe } from 'lucide-react';
import { useState } from 'react';

import { EMOJI, EMOJI_NAMES } from '../../seal';
import type { Guest } from '../session/guest';
import type { Talk } from '../session/talk';
import type { Key } from '../words';
import { useWords } from '../words/context';
import { Leave } from './Leave';
import { Button, Hint, Round, Screen } from './parts';
import styles from './Waiting.module.css';

/** The one sentence that is true now. */
function sentence({ line, busy, phase, hostHere }: Talk): Key {
  if (busy) return 'waiting.busy';
  if (line === 'offline') return 'line.offline';
  if (hostHere === false) return 'waiting.away';
  return phase === 'waiting' ? 'waiting.stay' : 'waiting.connecting';
}

export function Waiting({ talk, guest, onLanguage }: { talk: Talk; guest: Guest; onLanguage: () => void }) {
  const { tell } = useWords();
  const [leaving, setLeaving] = useState(false);
  return (
    <>
      <Screen
        title={tell('waiting.title')}
        act={<><Round icon={Globe} label={tell('language.title')} onClick={onLanguage} /><Button kind="quiet" onClick={() => setLeaving(true)}>{tell('waiting.leave')}</Button></>}
      >
        <div className={styles.state} role="status">
          <span className={styles.dots} aria-hidden><i /><i /><i /></span>
          <p>{tell(sentence(talk))}</p>
        </div>
        {talk.doctor !== '' && (
          <p className={styles.who}><span>{tell('waiting.with')}</span><strong><bdi>{talk.doctor}</bdi></strong><span><bdi>{talk.clinic}</bdi></span></p>
        )}
        {talk.pictures.length > 0 && <Compare pictures={talk.pictures} />}
        {talk.forgetful && <Hint>{tell('line.forgetful')}</Hint>}
      </Screen>
      {leaving && <Leave talk={talk} guest={guest} onStay={() => setLeaving(false)} />}
    </>
  );
}

/** Four pictures to hold against the doctor's: the same, or somebody stands in between. */
export function Compare({ pictures }: { pictures: readonly string[] }) {
  const { tell } = useWords();
  return (
    <section className={styles.compare}>
      <h2>{tell('waiting.compareTitle')}</h2>
      <ol className={styles.pictures} aria-label={tell('waiting.pictures')}>
        {pictures.map((name, place) => (
          <li key={place}><span className={styles.picture} aria-hidden>{EMOJI[EMOJI_NAMES.indexOf(name)]}</span>{tell(`picture.${name}` as Key)}</li>
        ))}
      </ol>
      <p>{tell('waiting.compare')}</p>
    </section>
  );
}
