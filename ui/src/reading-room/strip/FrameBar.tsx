// Frames of a multi-frame scan: where one is, and the loop.
import { Pause, Play } from 'lucide-react';
import { useTranslation } from 'react-i18next';

import { runAction } from '../../shared/keys';
import { IconButton } from '../../shared/ui';
import { useInside, useRoom } from '../room/context';
import { USUAL_RATE } from '../room/use-frames';
import styles from './FrameBar.module.css';

export function FrameBar() {
  const { t } = useTranslation('reading-room');
  const { scan, room } = useInside();
  const frame = useRoom((state) => state.frame);
  const frames = useRoom((state) => state.frames);
  const playing = useRoom((state) => state.playing);
  if (frames < 2) return null;
  const rate = scan.pixels.frame_rate;
  return (
    <div className={styles.bar} dir="ltr">
      <IconButton icon={playing ? Pause : Play} label={t(playing ? 'cine.stop' : 'cine.start')} action="reading-room.cine" onClick={() => runAction('reading-room.cine')} />
      <input
        type="range"
        min={1}
        max={frames}
        value={frame + 1}
        aria-label={t('frame.slider')}
        aria-valuetext={t('corner.frame', { n: frame + 1, of: frames })}
        onChange={(event) => {
          room.getState().setPlaying(false);
          room.getState().goTo(Number(event.target.value) - 1);
        }}
      />
      <span className="numbers">{frame + 1} / {frames}</span>
      <span className={styles.rate}>{t(rate === null ? 'cine.usualRate' : 'cine.fileRate', { rate: Math.round((rate ?? USUAL_RATE) * 10) / 10 })}</span>
    </div>
  );
}
