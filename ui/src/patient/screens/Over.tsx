// After the end: why, what can be saved, and that nothing stays.
import { CircleCheck, CircleSlash, DoorClosed, Download, type LucideIcon, ShieldAlert, Trash2 } from 'lucide-react';
import { useState } from 'react';

import type { Guest } from '../session/guest';
import type { Talk } from '../session/talk';
import { transcript } from '../session/transcript';
import { useWords } from '../words/context';
import { download } from './download';
import { Button, Hint, Screen } from './parts';
import styles from './parts.module.css';
import { Report } from './Report';

export function Over({ talk, guest, onCode }: { talk: Talk; guest: Guest; onCode: () => void }) {
  const { tell, language } = useWords();
  const [saved, setSaved] = useState(false);
  const [erased, setErased] = useState(false);
  const why = talk.over ?? 'ended';
  const spoken = why === 'wrongCode' || why === 'codeClosed';
  const save = () => {
    download(`medibridge-${new Date().toISOString().slice(0, 10)}.html`, transcript(talk, tell, language, Date.now()), 'text/html');
    setSaved(true);
  };
  if (erased) {
    return <Screen key="erased" title={tell('end.erased')} mark={<Mark icon={CircleCheck} />}><p>{tell('end.closePage')}</p></Screen>;
  }
  const hasWords = talk.messages.length > 0;
  return (
    <Screen
      mark={<Mark icon={why === 'notDoctor' ? ShieldAlert : why === 'ended' || why === 'left' ? DoorClosed : CircleSlash} />}
      title={tell(`over.${why}.title`)}
      act={hasWords || spoken ? (
        <>
          {spoken && <Button kind="primary" onClick={onCode}>{tell('end.startAgain')}</Button>}
          {hasWords && <Button kind="primary" icon={Download} onClick={save}>{tell('end.save')}</Button>}
          {hasWords && <Button icon={Trash2} onClick={() => void guest.erase().then(() => setErased(true))}>{tell('end.erase')}</Button>}
        </>
      ) : undefined}
    >
      <p>{tell(`over.${why}.text`)}</p>
      {talk.messages.map(({ id, enclosure }) => enclosure && talk.files[id] === 'here' && <Report key={id} framed id={id} enclosure={enclosure} talk={talk} guest={guest} />)}
      {talk.outbox.length > 0 && <p className={styles.wrong}>{tell('end.unsent', { count: talk.outbox.length })}</p>}
      {hasWords && <><Hint>{tell('end.saveHint')}</Hint><Hint>{tell('end.eraseHint')}</Hint></>}
      <p role="status">{saved ? tell('end.saved') : ''}</p>
    </Screen>
  );
}

function Mark({ icon: Icon }: { icon: LucideIcon }) {
  return <p className={styles.mark}><Icon size="2.5em" strokeWidth={1.5} aria-hidden /></p>;
}
