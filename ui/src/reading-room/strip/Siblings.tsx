// The other scans of the study, in reading order.
import { useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';

import { imageUrl } from '../../host';
import { useGo } from '../../shared/go';
import { useSession } from '../../shared/session-store';
import { useInside } from '../room/context';
import styles from './Siblings.module.css';

export function Siblings() {
  const { t } = useTranslation('reading-room');
  const { scan } = useInside();
  const grant = useSession((session) => session.grant);
  const go = useGo();
  const here = useRef<HTMLButtonElement>(null);
  useEffect(() => {
    void here.current?.scrollIntoView({ block: 'nearest' });
  }, [scan.id]);
  if (scan.siblings.length < 2) return null;
  return (
    <nav className={styles.strip} aria-label={t('siblings.label')}>
      {scan.siblings.map((one, i) => {
        const current = one.id === scan.id;
        const name = t('siblings.one', { n: i + 1, of: scan.siblings.length, what: one.description ?? one.modality });
        return (
          <button key={one.id} ref={current ? here : null} type="button" className={styles.scan} aria-current={current ? 'true' : undefined} aria-label={name} title={name} onClick={() => go.scan(one.id)}>
            <img src={imageUrl(`thumb/${grant}/${one.id}`)} alt="" loading="lazy" />
            <span>{i + 1}{one.frames > 1 ? ` · ${t('siblings.frames', { count: one.frames })}` : ''}</span>
          </button>
        );
      })}
    </nav>
  );
}
