// Recording a voice note: it begins when one says so, shows that it hears, can pause, and is thrown away or sent.
import { Mic, Pause, SendHorizontal, Trash2 } from 'lucide-react';
import { useEffect, useRef, useState } from 'react';

import { LONGEST, type MicrophoneTrouble, NoMicrophone, type Progress, Recorder } from '../voice/recorder';
import { span } from '../words/clock';
import { useWords } from '../words/context';
import { Button, Hint, Sheet } from './parts';
import parts from './parts.module.css';
import styles from './VoiceSheet.module.css';

/** After this long without anything louder, one is told. */
const QUIET_AFTER = 4_000;
const QUIET = 0.2;

export function VoiceSheet({ onSend, onClose }: { onSend: (wav: Uint8Array<ArrayBuffer>, ms: number) => void; onClose: () => void }) {
  const { tell } = useWords();
  const recorder = useRef<Recorder>(undefined);
  const [progress, setProgress] = useState<Progress>();
  const [trouble, setTrouble] = useState<MicrophoneTrouble>();
  const [starting, setStarting] = useState(false);
  const [heardAt, setHeardAt] = useState(0);
  const closed = useRef(false);

  useEffect(() => {
    closed.current = false;
    return () => {
      closed.current = true;
      recorder.current?.discard();
    };
  }, []);

  const start = async () => {
    setStarting(true);
    setTrouble(undefined);
    try {
      const started = await Recorder.start((now) => {
        setProgress(now);
        if (now.level > QUIET) setHeardAt(now.ms);
      });
      if (closed.current) return started.discard();
      recorder.current = started;
      setProgress({ ms: 0, level: 0, state: 'recording' });
    } catch (error) {
      setTrouble(error instanceof NoMicrophone ? error.why : 'busy');
    }
    setStarting(false);
  };

  const send = () => {
    const recording = recorder.current;
    if (recording === undefined) return;
    recorder.current = undefined;
    const { wav, ms } = recording.finish();
    onSend(wav, ms);
  };

  if (progress === undefined) {
    return (
      <Sheet title={tell('voice.title')} onClose={onClose}>
        <div className={styles.voice}>
          <Hint>{tell('voice.note')}</Hint>
          {trouble !== undefined && <p className={parts.wrong} role="alert">{tell(`voice.${trouble}`)}</p>}
          <Button kind="primary" icon={Mic} disabled={starting} onClick={() => void start()}>{tell(trouble === undefined ? 'voice.start' : 'page.again')}</Button>
        </div>
      </Sheet>
    );
  }
  const { ms, level, state } = progress;
  const quiet = state === 'recording' && ms - heardAt > QUIET_AFTER;
  return (
    <Sheet title={tell('voice.title')} onClose={onClose}>
      <div className={styles.voice}>
        <div className={styles.time}>
          <strong role="timer">{span(ms)}</strong>
          <p className={styles.state} data-on={state === 'recording'} role="status"><i aria-hidden />{tell(state === 'recording' ? 'voice.recording' : 'voice.paused')}</p>
          <p className={styles.left}>{tell('voice.left', { time: span(Math.max(0, LONGEST - ms)) })}</p>
        </div>
        <div className={styles.level} role="meter" aria-label={tell('voice.level')} aria-valuemin={0} aria-valuemax={100} aria-valuenow={Math.round(level * 100)}>
          <i style={{ transform: `scaleX(${level})` }} />
        </div>
        <p className={styles.notice} aria-live="polite">{state === 'full' ? tell('voice.full') : quiet ? tell('voice.quiet') : ''}</p>
        <div className={styles.buttons}>
          <Button kind="danger" icon={Trash2} onClick={onClose}>{tell('voice.discard')}</Button>
          {state === 'paused'
            ? <Button icon={Mic} onClick={() => void recorder.current?.goOn()}>{tell('voice.goOn')}</Button>
            : <Button icon={Pause} disabled={state === 'full'} onClick={() => recorder.current?.pause()}>{tell('voice.pause')}</Button>}
          <Button kind="primary" icon={SendHorizontal} onClick={send}>{tell('voice.send')}</Button>
        </div>
      </div>
    </Sheet>
  );
}
