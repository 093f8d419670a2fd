// How a voice note stands with its words, honestly, and what one can do: have it written down, try again, correct it.
import { CircleSlash, Hourglass, MicOff, PencilLine, RotateCw, UserPen } from 'lucide-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';

import type { EngineState, MessageView, WrittenView } from '../../bindings/types';
import { asFailure, call, type Failure } from '../../host';
import { languageName } from '../../shared/languages';
import { AiMark, announce, Chip, Problem } from '../../shared/ui';
import { Correct } from './Correct';
import { useNotes } from './notes';
import styles from './voice.module.css';
import { useWhy } from './why';

export function Written({ message }: { message: MessageView }) {
  const { t } = useTranslation('live');
  const notes = useNotes();
  const [correcting, setCorrecting] = useState(false);
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<Failure | null>(null);
  const written = message.sound?.written ?? null;
  const state = written?.state ?? null;

  const writeDown = async () => {
    if (notes === null) return;
    setBusy(true);
    setError(null);
    try {
      notes.take(await call('live.write_down', { consultation_id: notes.consultationId, message_id: message.id }));
      announce(t('written.asked'));
    } catch (thrown) {
      setError(asFailure(thrown));
    } finally {
      setBusy(false);
    }
  };

  if (correcting && notes !== null) {
    return <Correct message={message} notes={notes} onDone={() => setCorrecting(false)} />;
  }
  const writer: EngineState = notes?.writer ?? { state: 'none' };
  const again = notes !== null && writer.state !== 'none' && (state === null || state === 'failed');
  return (
    <>
      <span className={styles.writing}>
        <Standing written={written} writer={notes === null ? null : writer} />
        {again && <button type="button" className={styles.act} disabled={busy} onClick={() => void writeDown()}><RotateCw size={13} aria-hidden />{t(state === 'failed' ? 'written.tryAgain' : 'written.writeDown')}</button>}
        {notes !== null && <button type="button" className={styles.act} onClick={() => setCorrecting(true)}><PencilLine size={13} aria-hidden />{t(message.text === '' ? 'written.byHand' : 'written.correct')}</button>}
      </span>
      {error !== null && <Problem error={error} small />}
    </>
  );
}

/** Where `writer` is none, nobody here sets an engine: why there are no words is not told. */
function Standing({ written, writer }: { written: WrittenView | null; writer: EngineState | null }) {
  const { t } = useTranslation('live');
  const why = useWhy();
  switch (written?.state) {
    case undefined: return <Chip tone="outline" icon={CircleSlash}>{t(writer?.state === 'none' ? 'written.noEngine' : 'written.not')}</Chip>;
    case 'no_speech': return <Chip tone="outline" icon={MicOff}>{t('written.noSpeech')}</Chip>;
    case 'corrected': return <Chip tone="outline" icon={UserPen}>{written?.by == null ? t('written.corrected') : t('written.correctedBy', { name: written.by })}</Chip>;
    case 'written': return (
      <>
        <span className={styles.machine}><AiMark /> {t('written.machine')}</span>
        {written?.segments.some(({ doubtful }) => doubtful) && <span className={styles.doubts}>{t('written.doubts')}</span>}
        {written?.heard != null && <Chip tone="outline">{t('written.heard', { language: languageName(written.heard) })}</Chip>}
      </>
    );
    case 'failed': return <><Chip tone="outline" icon={CircleSlash}>{t('written.failed')}</Chip><span>{why(written?.problem ?? '', written?.engine ?? '').title}</span></>;
    case 'waiting': return <Chip icon={Hourglass}>{waiting()}</Chip>;
    default: return null;
  }
  function waiting(): string {
    // Why, the note above the thread says once for all.
    if (writer?.state === 'failing') return t('written.waits');
    return t(writer?.state === 'none' ? 'written.waitsForEngine' : 'written.underWay');
  }
}
