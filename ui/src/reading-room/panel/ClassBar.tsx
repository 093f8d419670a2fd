// One class: its calibrated probability, where it lies against the operating points, and the way to its map.
import { useTranslation } from 'react-i18next';

import type { ClassView } from '../../bindings/types';
import { showList } from '../../i18n/lists';
import { showPercent } from '../../i18n/numbers';
import styles from './ClassBar.module.css';

interface Props {
  one: ClassView;
  index: number;
  selected?: boolean;
  /** To its map; none where the model has no maps. */
  onSelect?: () => void;
}

export function ClassBar({ one, index, selected = false, onSelect }: Props) {
  const { t } = useTranslation('reading-room');
  const band = one.band && t(`band.${one.band}`);
  const points = [one.lower, one.upper].filter((point) => point !== null);
  const share = Math.min(1, Math.max(0, one.probability));
  const empty = onSelect !== undefined && one.map_empty;
  const content = (
    <>
      <span className={styles.name}><span className={styles.key} aria-hidden>{index + 1}</span>{one.name}</span>
      {band && <span className={styles.band}>{band}</span>}
      <span className={styles.figure} dir="ltr">{showPercent(one.probability)}</span>
      <span className={styles.bar} aria-hidden>
        <span className={styles.fill} style={{ inlineSize: `${share * 100}%` }} />
        {points.map((point, i) => <span key={i} className={styles.tick} style={{ insetInlineStart: `${point * 100}%` }} />)}
      </span>
      <span className="unseen">{points.length > 0 ? t('ai.pointsWords', { points: showList(points.map(showPercent)) }) : ''}{empty ? ` ${t('map.noEvidence')}` : ''}</span>
    </>
  );
  const facts = { className: styles.row, 'data-band': one.band ?? undefined, 'data-class': one.id };
  return <li>{onSelect === undefined ? <div {...facts}>{content}</div> : <button type="button" {...facts} aria-pressed={selected} onClick={onSelect}>{content}</button>}</li>;
}
