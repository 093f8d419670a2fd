import { ArrowUpRight } from 'lucide-react';
import { useTranslation } from 'react-i18next';

import type { PassagePlace, PassageView } from '../bindings/types';
import { useGo } from '../shared/go';
import { AiMark } from '../shared/ui';
import styles from './Answer.module.css';
import type { At } from './Guide';
import { titleOf } from './words';

/** A passage, word for word; its title opens where it stands. */
export function Source({ source, n, onGuide }: { source: PassageView; n?: number; onGuide: (at: At) => void }) {
  const { t } = useTranslation('assist');
  const go = useGo();
  const { opens } = source;
  const open = () => (opens.to === 'guide' ? onGuide({ page: opens.page, block: opens.block }) : go.to(pathOf(opens)));
  return (
    <section className={styles.source} tabIndex={-1} data-n={n} aria-label={n === undefined ? titleOf(source) : t('source', { n })}>
      <p className={styles.title}>
        {n !== undefined && <span className={styles.n} aria-hidden>{n}</span>}
        <button type="button" className={styles.open} onClick={open}><bdi>{titleOf(source)}</bdi><ArrowUpRight size={13} aria-hidden /></button>
        {source.machine && <AiMark />}
      </p>
      <blockquote className={styles.text}><bdi>{source.text}</bdi></blockquote>
    </section>
  );
}

/** The address of a place; the guide has none, it opens in the panel. */
function pathOf(place: Exclude<PassagePlace, { to: 'guide' }>): string {
  switch (place.to) {
    case 'chart': return `/patients/${place.patient_id}`;
    case 'scan': return `/scans/${place.scan_id}`;
    case 'consultation': return `/consultations/${place.consultation_id}`;
    case 'note': return `/consultations/${place.consultation_id}/note`;
    case 'report': return `/reports/${place.report_id}`;
    case 'own_report': return `/my-reports/${place.report_id}`;
  }
}
