// Who stands behind words: a translation, or what was written down of a voice note. Nobody is told that a text was checked
// when it was not.
import { BadgeCheck, BookOpen, Clock, Cpu, Hourglass, MessageCircleOff, MicOff } from 'lucide-react';
import { useId, useState } from 'react';

import type { Provenance as Standing, Writing } from '../wire/content';
import type { Key } from '../words';
import { useWords } from '../words/context';
import styles from './Bubble.module.css';

const KINDS = {
  verified_phrase: ['verified', BadgeCheck], unreviewed_phrase: ['phrase', BookOpen], machine: ['machine', Cpu], not_translated: ['none', MessageCircleOff],
} as const;

/** Nothing yet: it is being translated. */
export function Provenance({ provenance, held }: { provenance: Standing | undefined; held: boolean }) {
  const { tell } = useWords();
  if (held) return <Explained kind="held" Icon={Hourglass} text={tell('provenance.held')} meaning={tell('provenance.heldHint')} />;
  if (provenance === undefined) return <Pending text={tell('provenance.pending')} />;
  if (provenance === 'same_language') return null;
  const [kind, Icon] = KINDS[provenance];
  return <Explained kind={kind} Icon={Icon} text={tell(`provenance.${kind}`)} meaning={tell(`provenance.${kind}Hint` as Key)} />;
}

/** How a voice note came to its words. That nobody wrote it down needs no words. */
export function Written({ writing }: { writing: Writing | null | undefined }) {
  const { tell } = useWords();
  switch (writing) {
    case 'waiting': return <Pending text={tell('written.waiting')} />;
    case 'machine': return <Explained kind="machine" Icon={Cpu} text={tell('written.machine')} meaning={tell('written.machineHint')} />;
    case 'corrected': return <p className={styles.chip}><BadgeCheck size="1.15em" aria-hidden />{tell('written.corrected')}</p>;
    case 'no_speech': return <p className={styles.chip}><MicOff size="1.15em" aria-hidden />{tell('written.noSpeech')}</p>;
    default: return null;
  }
}

const Pending = ({ text }: { text: string }) => <p className={styles.chip} role="status"><Clock size="1.1em" aria-hidden />{text}</p>;

/** A chip in plain words; a tap says what they mean. */
function Explained({ kind, Icon, text, meaning }: { kind: string; Icon: typeof Cpu; text: string; meaning: string }) {
  const [open, setOpen] = useState(false);
  const id = useId();
  return (
    <>
      <button type="button" className={styles.chip} data-kind={kind} aria-expanded={open} aria-controls={id} onClick={() => setOpen(!open)}>
        <Icon size="1.15em" aria-hidden /><span>{text}</span>
      </button>
      <p id={id} className={styles.explained} hidden={!open}>{meaning}</p>
    </>
  );
}
