import { useState } from 'react';

import type { Guest } from '../session/guest';
import type { Talk } from '../session/talk';
import { useWords } from '../words/context';
import { Button, Sheet } from './parts';
import styles from './parts.module.css';

/** Asks once more, and tells what would be lost. */
export function Leave({ talk, guest, onStay }: { talk: Talk; guest: Guest; onStay: () => void }) {
  const { tell } = useWords();
  const [going, setGoing] = useState(false);
  const leave = () => {
    setGoing(true);
    void guest.leave();
  };
  return (
    <Sheet title={tell('leave.title')} onClose={onStay}>
      <div className={styles.points}>
        <p>{tell('leave.text')}</p>
        {talk.outbox.length > 0 && <p className={styles.wrong}>{tell('leave.unsent')}</p>}
        <Button kind="primary" onClick={onStay}>{tell('leave.no')}</Button>
        <Button kind="danger" disabled={going} onClick={leave}>{tell('leave.yes')}</Button>
      </div>
    </Sheet>
  );
}
