// Recording a voice note: how loud, how long, a pause, and away with it or off it goes.
import { Mic, Pause, Send, Trash2 } from 'lucide-react';
import { useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';

import type { MessageView } from '../../bindings/types';
import { asFailure, on, type Failure } from '../../host';
import { useView } from '../../host/query';
import { useAction } from '../../shared/keys';
import { announce, Button, Problem, Select } from '../../shared/ui';
import { finishRecording, pauseRecording, record } from './microphone';
import { showTime } from './time';
import styles from './voice.module.css';

/** Longest voice note, milliseconds. */
const LONGEST = 8 * 60_000;
/** From here on the end is near. */
const NEAR = LONGEST - 30_000;

/** The microphone that was chosen last, as long as the window is open. */
let chosen: string | null = null;

interface RecorderProps {
  consultationId: string;
  speaker: string;
  onDone: (message: MessageView | null) => void;
}

export function Recorder({ consultationId, speaker, onDone }: RecorderProps) {
  const { t } = useTranslation('live');
  const microphones = useView('live.microphones', null);
  const [device, setDevice] = useState<string | null>(chosen);
  const [paused, setPaused] = useState(false);
  const [level, setLevel] = useState(0);
  const [ms, setMs] = useState(0);
  const [error, setError] = useState<Failure | null>(null);
  const [busy, setBusy] = useState(false);
  const finished = useRef(false);
  const full = ms >= LONGEST;

  useEffect(() => {
    let gone = false;
    const stop = on('live.level', (heard) => {
      if (heard.consultation_id !== consultationId) return;
      setLevel(heard.level);
      setMs(Math.min(heard.ms, LONGEST));
    });
    record(consultationId, speaker, device)
      .then(() => !gone && announce(t('voice.recording')))
      .catch((thrown: unknown) => !gone && setError(asFailure(thrown)));
    return () => {
      gone = true;
      stop();
      // Whoever leaves the screen leaves no open microphone behind.
      if (!finished.current) void finishRecording(consultationId, true).catch(() => null);
    };
  }, [consultationId, speaker, device, t]);

  const finish = async (discard: boolean) => {
    setBusy(true);
    try {
      finished.current = true;
      onDone(await finishRecording(consultationId, discard));
    } catch (thrown) {
      setBusy(false);
      if (discard) onDone(null);
      else setError(asFailure(thrown));
    }
  };
  const pause = async () => {
    try {
      await pauseRecording(consultationId, !paused);
      setPaused(!paused);
      setLevel(0);
      announce(t(paused ? 'voice.recording' : 'voice.paused'));
    } catch (thrown) {
      setError(asFailure(thrown));
    }
  };
  const change = (name: string) => {
    chosen = name;
    setPaused(false);
    setError(null);
    setMs(0);
    setDevice(name);
  };
  useAction('live.record', () => void finish(false), error === null);
  useAction('live.discard', () => void finish(true));

  const devices = microphones.data ?? [];
  return (
    <div className={styles.recorder} role="group" aria-label={t('voice.recording')}>
      {error !== null && <Problem error={error} small />}
      <div className={styles.now}>
        <span className={styles.dot} aria-hidden><Mic size={18} /></span>
        <div className={styles.meter} role="meter" aria-label={t('voice.level')} aria-valuemin={0} aria-valuemax={100} aria-valuenow={paused ? 0 : level}><span style={{ inlineSize: `${paused ? 0 : level}%` }} /></div>
        {paused && <span className={styles.paused}>{t('voice.paused')}</span>}
        <span className={[styles.elapsed, 'numbers'].join(' ')}>{showTime(ms)} <span>{t('voice.of', { time: showTime(LONGEST) })}</span></span>
      </div>
      {(full || ms > NEAR) && <p role="status" className={styles.hint}>{full ? t('voice.full') : t('voice.nearly')}</p>}
      <div className={styles.buttons}>
        {devices.length > 1 && ms < 3000 && <Select label={t('voice.microphone')} value={device ?? devices.find((one) => one.default)?.name ?? ''} onChange={(event) => change(event.target.value)} options={devices.map(({ name }) => ({ value: name, label: name }))} />}
        <span className={styles.space} />
        <Button kind="quiet" icon={Trash2} action="live.discard" onClick={() => void finish(true)}>{t('voice.discard')}</Button>
        <Button icon={paused ? Mic : Pause} disabled={error !== null || full} onClick={() => void pause()}>{t(paused ? 'voice.goOn' : 'voice.stop')}</Button>
        <Button kind="primary" icon={Send} action="live.record" busy={busy} disabled={error !== null} onClick={() => void finish(false)}>{t('voice.send')}</Button>
      </div>
    </div>
  );
}
