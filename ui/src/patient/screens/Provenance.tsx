// Who stands behind a translation; nobody is told that a text was checked when it was not.
import { BadgeCheck, BookOpen, Clock, Cpu, MessageCircleOff } from 'lucide-react';
import { useId, useState } from 'react';

import type { Provenance as Standing } from '../wire/content';
import type { Key } from '../words';
import { useWords } from '../words/context';
import styles from './Bubble.module.css';

const KINDS = {
  verified_phrase: ['verified', BadgeCheck], unreviewed_phrase: ['phrase', BookOpen], machine: ['machine', Cpu], not_translated: ['none', MessageCircleOff],
} as const;

/** A chip in plain words; a tap says what they mean. Nothing yet: it is being translated. */
export function Provenance({ provenance }: { provenance: Standing | undefined }) {
  const { tell } = useWords();
  const [open, setOpen] = useState(false);
  const meaning = useId();
  if (provenance === undefined) return <p className={styles.chip} role="status"><Clock size="1.1em" aria-hidden />{tell('provenance.pending')}</p>;
  if (provenance === 'same_language') return null;
  const [kind, Icon] = KINDS[provenance];
  return (
    <>
      <button type="button" className={styles.chip} data-kind={kind} aria-expanded={open} aria-controls={meaning} onClick={() => setOpen(!open)}>
        <Icon size="1.15em" aria-hidden /><span>{tell(`provenance.${kind}`)}</span>
      </button>
      <p id={meaning} className={styles.explained} hidden={!open}>{tell(`provenance.${kind}Hint` as Key)}</p>
    </>
  );
}
