// Edge letters and ruler: what the geometry says, at the rim of the picture.
import { useTranslation } from 'react-i18next';

import { useInside, useRoom } from '../room/context';
import { matrixOf } from '../room/state';
import { edgeLetters } from '../view/orientation';
import { rulerFor } from '../view/ruler';
import styles from './Edges.module.css';

/** Below this height, in CSS pixels, a ruler would run into the edge letter. */
const ROOM_FOR_RULER = 420;

export function Edges() {
  const { t } = useTranslation('reading-room');
  const { scan } = useInside();
  const matrix = useRoom(matrixOf);
  const height = useRoom((state) => state.screen.height);
  const letters = edgeLetters(scan.edges, matrix);
  const ruler = rulerFor(matrix, scan.spacing, Math.min(200, height / 3));
  return (
    <>
      {letters && (['left', 'right', 'top', 'bottom'] as const).map((edge) => (
        <span key={edge} className={styles[edge]} data-edge={edge} aria-hidden>{letters[edge]}</span>
      ))}
      {height >= ROOM_FOR_RULER && <div className={styles.ruler} data-testid="ruler" aria-hidden>
        <span>{ruler.length} {ruler.unit}{ruler.imagerPlane ? ` · ${t('marks.imagerPlane')}` : ''}</span>
        <svg width="6" height={ruler.pixels} viewBox={`0 0 6 ${ruler.pixels}`}>
          <path d={`M0 0.5H5.5V${ruler.pixels - 0.5}H0 M2.5 ${ruler.pixels / 2}H5.5`} />
        </svg>
      </div>}
    </>
  );
}
