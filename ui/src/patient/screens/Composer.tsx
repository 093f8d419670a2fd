// Three ways to say something: write, pick a phrase, speak.
import { Ellipsis, MessageSquareQuote, Mic, SendHorizontal } from 'lucide-react';
import { type FormEvent, type KeyboardEvent, useState } from 'react';

import { useWords } from '../words/context';
import styles from './Composer.module.css';
import { Round } from './parts';

/** Characters that the record takes (live::content::TEXT). */
const LONGEST = 4_000;
const WAYS = [['phrases', MessageSquareQuote], ['voice', Mic], ['more', Ellipsis]] as const;

export function Composer({ onSend, onOpen }: { onSend: (text: string) => void; onOpen: (way: 'phrases' | 'voice' | 'more') => void }) {
  const { tell } = useWords();
  const [text, setText] = useState('');
  const send = (event: FormEvent | KeyboardEvent) => {
    event.preventDefault();
    if (text.trim() === '') return;
    onSend(text.trim());
    setText('');
  };
  return (
    <form onSubmit={send}>
      <div className={styles.write}>
        <div className={styles.box} data-text={text}>
          <textarea
            aria-label={tell('talk.write')} placeholder={tell('talk.write')} rows={1} maxLength={LONGEST} dir="auto" value={text} onChange={({ target }) => setText(target.value)}
            onKeyDown={(event) => event.key === 'Enter' && (event.ctrlKey || event.metaKey) && send(event)}
          />
        </div>
        <Round type="submit" filled turns icon={SendHorizontal} label={tell('talk.send')} disabled={text.trim() === ''} />
      </div>
      <div className={styles.ways}>
        {WAYS.map(([way, Icon]) => (
          <button key={way} type="button" className={styles.way} aria-haspopup="dialog" onClick={() => onOpen(way)}><Icon size="1.4em" aria-hidden />{tell(`${way}.title`)}</button>
        ))}
      </div>
    </form>
  );
}
