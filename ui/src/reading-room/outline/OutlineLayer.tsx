// The AI's outlines over the picture, under the reader's own marks: each part with its colour and its dash, once dark and
// wide, once light and thin, so that they are seen on blood and on air.
import { useTranslation } from 'react-i18next';

import type { ContourView } from '../../bindings/types';
import { showList } from '../../i18n/lists';
import { useRoom } from '../room/context';
import { matrixOf } from '../room/state';
import { partsOf, pathOf } from './outline';
import styles from './Outline.module.css';
import { SHADE, strokeOf, WIDTH } from './parts';
import { usePartName } from './use-part-name';

export function OutlineLayer({ contours }: { contours: readonly ContourView[] }) {
  const { t } = useTranslation('measured');
  const nameOf = usePartName();
  const matrix = useRoom(matrixOf);
  const opacity = useRoom((state) => state.map.lines);
  if (contours.length === 0) return null;
  const parts = showList(partsOf(contours).map(nameOf));
  return (
    <svg className={styles.layer} role="img" aria-label={t('outlines.picture', { parts })} data-testid="outlines" opacity={opacity}>
      {contours.map((contour, i) => {
        const { colour, dash } = strokeOf(contour.part);
        const d = pathOf(contour, matrix);
        return (
          <g key={i} data-part={contour.part}>
            <path d={d} stroke="rgb(0 0 0)" strokeOpacity={SHADE} strokeWidth={WIDTH.shade} />
            <path d={d} stroke={colour} strokeWidth={WIDTH.line} strokeDasharray={dash} />
          </g>
        );
      })}
    </svg>
  );
}
