// The Grad-CAM map: on or off, how strong, in which palette, and what it is not: fine, or a proof.
import { useTranslation } from 'react-i18next';

import type { Palette, ReadingView } from '../../bindings/types';
import { Problem, Toggle } from '../../shared/ui';
import { legendGradient } from '../map/palette';
import type { HeatState } from '../map/use-heat';
import { useInside, useRoom } from '../room/context';
import styles from './MapControls.module.css';

const PALETTES: readonly Palette[] = ['inferno', 'viridis'];

export function MapControls({ reading, heat }: { reading: ReadingView; heat: HeatState }) {
  const { t } = useTranslation('reading-room');
  const { room } = useInside();
  const map = useRoom((state) => state.map);
  const frame = useRoom((state) => state.shown?.index ?? state.frame);
  const { answer } = reading;
  if (answer.kind !== 'assessed') return null;
  const set = room.getState().setMap;
  const shown = answer.classes[map.classIndex ?? -1];
  const percent = Math.round(map.opacity * 100);
  return (
    <div className={styles.map}>
      <Toggle label={<>{t('map.show')} {shown && <b>{shown.name}</b>}</>} checked={map.on} onChange={(on) => set({ on })} />
      {map.on && frame !== reading.frame && (
        <p className={styles.note}>
          {t('map.otherFrame', { n: reading.frame + 1 })} <button type="button" onClick={() => room.getState().goTo(reading.frame)}>{t('map.goToFrame')}</button>
        </p>
      )}
      {map.on && heat.problem && <Problem error={heat.problem} retry={heat.retry} small />}
      {map.on && (heat.empty || shown?.map_empty) && <p className={styles.none} role="status">{t('map.noEvidence')}</p>}
      {map.on && !heat.empty && !shown?.map_empty && (
        <>
          <label className={styles.line}>
            <span>{t('map.opacity')}</span>
            <input type="range" min={0} max={100} step={5} value={percent} onChange={(event) => set({ opacity: Number(event.target.value) / 100 })} />
            <span className="numbers" dir="ltr">{percent} %</span>
          </label>
          <div className={styles.line} role="radiogroup" aria-label={t('map.palette')}>
            <span>{t('map.palette')}</span>
            <span className={styles.choices}>
              {PALETTES.map((palette) => (
                <label key={palette}><input type="radio" name="map-palette" checked={map.palette === palette} onChange={() => set({ palette })} /> {t(`map.${palette}`)}</label>
              ))}
            </span>
          </div>
          <div className={styles.legend}>
            <span className={styles.ramp} dir="ltr" style={{ backgroundImage: legendGradient(map.palette) }} role="img" aria-label={t('map.legend')} />
            <span className={styles.ends} dir="ltr" aria-hidden><span>{t('map.none')}</span><span>{t('map.most')}</span></span>
          </div>
          <p className={styles.note}>{t('map.grid', { rows: answer.grid_rows, columns: answer.grid_columns })}</p>
        </>
      )}
    </div>
  );
}
