import { caps, chordsOf, keyRegistry } from '../keys';
import styles from './Kbd.module.css';

/** The key of an action as the person has it, or a chord given in full. Decoration: the accessible name is elsewhere. */
export function Kbd({ action, chord }: { action?: string; chord?: string }) {
  const { actions, remapped } = keyRegistry();
  const known = actions.find(({ id }) => id === action);
  const shown = chord ?? (known === undefined ? undefined : chordsOf(known, remapped)[0]);
  if (shown === undefined || shown === '') return null;
  return (
    <span className={styles.keys} dir="ltr" aria-hidden>
      {caps(shown).map((cap) => <kbd key={cap}>{cap}</kbd>)}
    </span>
  );
}
