// One phrase before it is sent: its blanks filled in, and what the doctor will read.
import { SendHorizontal } from 'lucide-react';
import { useId, useState } from 'react';

import { fill, isFilled, type Phrase, type Slice } from '../phrases/slice';
import type { Talk } from '../session/talk';
import type { Language, PhraseUse } from '../wire/content';
import { directionOf } from '../words';
import { useWords } from '../words/context';
import { asDigits } from './Begin';
import { Button } from './parts';
import parts from './parts.module.css';
import styles from './Phrases.module.css';

interface OneProps {
  phrase: Phrase;
  talk: Talk;
  slice: Slice;
  /** The same phrases in the doctor's language, once they are here. */
  theirs: Slice | undefined;
  onSend: (text: string, phrase: PhraseUse) => void;
}

export function OnePhrase({ phrase, talk, slice, theirs, onSend }: OneProps) {
  const { tell } = useWords();
  const [filled, setFilled] = useState<PhraseUse['slots']>({});
  const doctor: Language = talk.people.find((person) => person.doctor)?.language ?? talk.language;
  const same = theirs?.situations.flatMap(({ phrases }) => phrases).find(({ key }) => key === phrase.key);
  const text = fill(phrase, filled, slice);
  return (
    <div className={styles.one}>
      <p className={styles.text} lang={talk.language} dir={directionOf(talk.language)}>{text}</p>
      {Object.entries(phrase.slots ?? {}).map(([name, kind]) => (
        <Slot key={name} values={kind === 'number' ? undefined : slice.slots[kind]} value={filled[name] ?? ''} onChange={(value) => setFilled({ ...filled, [name]: value })} />
      ))}
      {same !== undefined && theirs !== undefined && doctor !== talk.language && (
        <p className={styles.seen}><small>{tell('phrases.seen')}</small><span lang={doctor} dir={directionOf(doctor)}>{fill(same, filled, theirs)}</span></p>
      )}
      <div className={styles.go}>
        <Button kind="primary" icon={SendHorizontal} disabled={!isFilled(phrase, filled)} onClick={() => onSend(text, { phrase: phrase.key, slots: filled })}>{tell('phrases.send')}</Button>
      </div>
    </div>
  );
}

/** Values to tap, or a number to type. */
function Slot({ values, value, onChange }: { values: Record<string, string> | undefined; value: string; onChange: (value: string) => void }) {
  const { tell } = useWords();
  const field = useId();
  if (values === undefined) {
    return (
      <div className={parts.field}>
        <label htmlFor={field}>{tell('phrases.number')}</label>
        <input id={field} className={`${parts.input} ${styles.number}`} inputMode="numeric" dir="ltr" value={value} onChange={({ target }) => onChange(asDigits(target.value).slice(0, 4))} />
      </div>
    );
  }
  return (
    <fieldset className={styles.slot}>
      <legend>{tell('phrases.choose')}</legend>
      <div className={styles.values}>
        {Object.entries(values).map(([key, text]) => <button key={key} type="button" className={styles.value} aria-pressed={key === value} onClick={() => onChange(key)}>{text}</button>)}
      </div>
    </fieldset>
  );
}
