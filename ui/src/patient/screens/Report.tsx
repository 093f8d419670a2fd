// A report that the doctor handed over: a locked PDF to keep. What opens it is told by the doctor and is never here.
import { Download, FileLock2, LoaderCircle, TriangleAlert } from 'lucide-react';
import { useState } from 'react';

import type { Guest } from '../session/guest';
import type { Talk } from '../session/talk';
import type { Enclosure } from '../wire/content';
import { useWords } from '../words/context';
import { download } from './download';
import { Button } from './parts';
import styles from './Report.module.css';

export function Report({ id, enclosure, talk, guest, framed = false }: { id: string; enclosure: Enclosure; talk: Talk; guest: Guest; framed?: boolean }) {
  const { tell } = useWords();
  const [kept, setKept] = useState(false);
  const state = talk.files[id] ?? 'fetching';
  const keep = async () => {
    download(enclosure.name, await guest.files.open(enclosure), enclosure.media_type);
    setKept(true);
  };
  return (
    <section className={styles.report} data-framed={framed} aria-label={tell('report.title')}>
      <div className={styles.head}>
        <FileLock2 size="2rem" strokeWidth={1.5} aria-hidden />
        <p><strong>{tell('report.title')}</strong><br /><span>{tell('report.kind', { size: Math.max(1, Math.round(enclosure.bytes / 1000)) })}</span></p>
      </div>
      {state === 'fetching' && <p className={styles.state} role="status"><LoaderCircle size="1.2em" aria-hidden />{tell('report.fetching')}</p>}
      {state === 'lost' && <p className={styles.lost} role="alert"><TriangleAlert size="1.2em" aria-hidden />{tell('report.lost')}</p>}
      {state === 'here' && (
        <>
          <p className={styles.state}>{tell('report.locked')}</p>
          <Button kind="primary" icon={Download} onClick={() => void keep()}>{tell('report.keep')}</Button>
          <p role="status" className={styles.state}>{kept ? tell('end.saved') : ''}</p>
        </>
      )}
    </section>
  );
}
