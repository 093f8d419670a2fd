// The outlines of a measuring model: on or off, how strong, which line is what and how large. It has no map, and says so.
import { useTranslation } from 'react-i18next';

import type { MeasuredView, ReadingView } from '../../bindings/types';
import { Toggle } from '../../shared/ui';
import { areaWords } from '../marks/words';
import { partsOf } from '../outline/outline';
import { OutlineKey } from '../outline/OutlineKey';
import { useInside, useRoom } from '../room/context';
import styles from './MapControls.module.css';

export function OutlineControls({ reading, measured }: { reading: ReadingView; measured: MeasuredView }) {
  const { t } = useTranslation('measured');
  const { room } = useInside();
  const { on, lines } = useRoom((state) => state.map);
  const frame = useRoom((state) => state.shown?.index ?? state.frame);
  const set = room.getState().setMap;
  const percent = Math.round(lines * 100);
  const parts = partsOf(measured.contours);
  const area = (part: string) => {
    const found = measured.areas.find((one) => one.part === part);
    return found && <bdi className="numbers">{found.square_mm === null ? areaWords(found.pixels, 'px') : areaWords(found.square_mm, 'mm')}</bdi>;
  };
  return (
    <div className={styles.map}>
      <Toggle label={t('outlines.show')} checked={on} onChange={(now) => set({ on: now })} />
      {on && frame !== reading.frame && (
        <p className={styles.note}>
          {t('outlines.otherFrame', { n: reading.frame + 1 })} <button type="button" onClick={() => room.getState().goTo(reading.frame)}>{t('reading-room:map.goToFrame')}</button>
        </p>
      )}
      {parts.length === 0 && <p className={styles.none} role="status">{t('outlines.none')}</p>}
      {on && parts.length > 0 && (
        <>
          <label className={styles.line}>
            <span>{t('reading-room:map.opacity')}</span>
            <input type="range" min={0} max={100} step={5} value={percent} onChange={(event) => set({ lines: Number(event.target.value) / 100 })} />
            <span className="numbers" dir="ltr">{percent} %</span>
          </label>
          <section aria-label={t('outlines.title')}>
            <p className={styles.caption}>{t('outlines.area')}</p>
            <OutlineKey parts={parts} beside={area} />
          </section>
        </>
      )}
      <p className={styles.note}>{t('outlines.noMap')}</p>
    </div>
  );
}
