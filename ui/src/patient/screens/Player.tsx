// Plays a voice note: fetched and opened when it is asked for.
import { LoaderCircle, Pause, Play } from 'lucide-react';
import { useEffect, useRef, useState } from 'react';

import type { Guest } from '../session/guest';
import type { Sound } from '../wire/content';
import { span } from '../words/clock';
import { useWords } from '../words/context';
import { Round } from './parts';
import styles from './Player.module.css';

export function Player({ sound, guest }: { sound: Sound; guest: Guest }) {
  const { tell } = useWords();
  const audio = useRef<HTMLAudioElement>(undefined);
  const [state, setState] = useState<'still' | 'fetching' | 'playing' | 'failed'>('still');
  const [at, setAt] = useState(0);

  useEffect(() => () => {
    audio.current?.pause();
    if (audio.current !== undefined) URL.revokeObjectURL(audio.current.src);
  }, []);

  const play = async () => {
    if (state === 'playing') return audio.current?.pause();
    try {
      audio.current ??= await fetched();
      await audio.current.play();
    } catch {
      setState('failed');
    }
  };

  const fetched = async () => {
    setState('fetching');
    const made = new Audio(URL.createObjectURL(new Blob([await guest.sounds.open(sound)], { type: 'audio/wav' })));
    made.addEventListener('playing', () => setState('playing'));
    made.addEventListener('pause', () => setState('still'));
    made.addEventListener('timeupdate', () => setAt(made.currentTime * 1000));
    made.addEventListener('ended', () => (made.currentTime = 0));
    return made;
  };

  const seek = (ms: number) => {
    setAt(ms);
    if (audio.current !== undefined) audio.current.currentTime = ms / 1000;
  };

  const label = { still: tell('voice.play'), failed: tell('voice.play'), fetching: tell('voice.fetching'), playing: tell('voice.pausePlaying') }[state];
  return (
    <>
      <div className={styles.player}>
        <Round filled icon={state === 'playing' ? Pause : state === 'fetching' ? LoaderCircle : Play} label={label} onClick={() => void play()} />
        <input type="range" className={styles.track} aria-label={tell('voice.position')} aria-valuetext={span(at)} min={0} max={sound.ms} step={100} value={Math.min(at, sound.ms)} onChange={({ target }) => seek(Number(target.value))} />
        <span className={styles.time}>{span(state === 'playing' || at > 0 ? at : sound.ms)}</span>
      </div>
      {state === 'failed' && <p className={styles.failed} role="alert">{tell('voice.failed')}</p>}
    </>
  );
}
