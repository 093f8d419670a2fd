// Edge letters and ruler: what the geometry says, at the rim of the picture.
import { useTranslation } from 'react-i18next';

import { useInside, useRoom } from '../room/context';
import { matrixOf } from '../room/state';
import { edgeLetters } from '../view/orientation';
import { rulerFor } from '../view/ruler';
import styles from './Edges.module.css';

export function Edges() {
  const { t } = useTranslation('reading-room');
  const { scan } = useInside();
  const matrix = useRoom(matrixOf);
  const width = useRoom((state) => state.screen.width);
  const letters = edgeLetters(scan.edges, matrix);
  const ruler = rulerFor(matrix, scan.spacing, Math.min(160, width / 4));
  return (
    <>
      {letters && (['left', 'right', 'top', 'bottom'] as const).map((edge) => (
        <span key={edge} className={styles[edge]} data-edge={edge} aria-hidden>{letters[edge]}</span>
      ))}
      <div className={styles.ruler} data-testid="ruler" aria-hidden>
        <span>{ruler.length} {ruler.unit}{ruler.imagerPlane ? ` · ${t('marks.imagerPlane')}` : ''}</span>
        <svg width={ruler.pixels} height="7" viewBox={`0 0 ${ruler.pixels} 7`}>
          <path d={`M0.5 0V6.5H${ruler.pixels - 0.5}V0 M${ruler.pixels / 2} 3V6.5`} />
        </svg>
      </div>
    </>
  );
}
