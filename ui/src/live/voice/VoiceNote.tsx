// A voice note: fetched when it is first played, drawn from its peaks.
import { Pause, Play } from 'lucide-react';
import { useEffect, useImperativeHandle, useRef, useState, type Ref } from 'react';
import { useTranslation } from 'react-i18next';

import type { SoundView } from '../../bindings/types';
import { asFailure, audioUrl, type Failure } from '../../host';
import { useSession } from '../../shared/session-store';
import { IconButton, Problem } from '../../shared/ui';
import { showTime } from './time';
import styles from './voice.module.css';

/** What the words beside it ask of it. */
export interface Player {
  playFrom: (ms: number) => void;
}

export function VoiceNote({ messageId, sound, ref }: { messageId: string; sound: SoundView; ref?: Ref<Player> }) {
  const { t } = useTranslation('live');
  const grant = useSession((session) => session.grant);
  const audio = useRef<HTMLAudioElement>(null);
  const [address, setAddress] = useState<string | null>(null);
  const [at, setAt] = useState(0);
  const [playing, setPlaying] = useState(false);
  const [error, setError] = useState<Failure | null>(null);
  useEffect(() => () => {
    if (address !== null) URL.revokeObjectURL(address);
  }, [address]);

  const play = async (from: number | null) => {
    setError(null);
    try {
      const element = audio.current;
      if (element === null) return;
      if (from !== null) setAt(from);
      if (address === null) {
        const fetched = await audioUrl(`audio/${grant}/${messageId}`);
        setAddress(fetched);
        element.src = fetched;
        element.currentTime = (from ?? at) / 1000;
      } else if (from !== null) {
        element.currentTime = from / 1000;
      }
      await element.play();
    } catch (thrown) {
      setError(asFailure(thrown));
    }
  };
  useImperativeHandle(ref, () => ({ playFrom: (ms) => void play(ms) }));
  const seek = (ms: number) => {
    setAt(ms);
    if (audio.current !== null && address !== null) audio.current.currentTime = ms / 1000;
  };
  return (
    <div className={styles.note}>
      {/* The words of a voice note stand below it once they are written down. */}
      {/* eslint-disable-next-line jsx-a11y/media-has-caption */}
      <audio ref={audio} preload="none" onPlay={() => setPlaying(true)} onPause={() => setPlaying(false)} onEnded={() => setAt(0)} onTimeUpdate={(event) => setAt(event.currentTarget.currentTime * 1000)} />
      <IconButton icon={playing ? Pause : Play} label={playing ? t('voice.pause') : t('voice.play', { time: showTime(sound.ms) })} className={styles.play} onClick={() => (playing ? audio.current?.pause() : void play(null))} />
      <div className={styles.wave} dir="ltr">
        <svg viewBox="0 0 64 24" preserveAspectRatio="none" aria-hidden>
          {sound.peaks.map((peak, index) => {
            const height = Math.max(1.5, (peak / 100) * 22);
            return <rect key={index} x={index + 0.2} y={12 - height / 2} width={0.6} height={height} data-played={(index / sound.peaks.length) * sound.ms < at || undefined} />;
          })}
        </svg>
        <input type="range" min={0} max={sound.ms} step={100} value={Math.min(at, sound.ms)} aria-label={t('voice.position')} aria-valuetext={t('voice.at', { at: showTime(at), of: showTime(sound.ms) })} onChange={(event) => seek(Number(event.target.value))} />
      </div>
      <span className={[styles.time, 'numbers'].join(' ')}>{showTime(at > 0 ? at : sound.ms)}</span>
      {error !== null && <Problem error={error} small />}
    </div>
  );
}
