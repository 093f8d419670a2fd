// The red line over everything while a restricted record is open in an emergency: whose, how long still, and the end.
import { Siren } from 'lucide-react';
import { useCallback, useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';

import type { OwnOpeningView } from '../bindings/types';
import { refresh, useCommand, useView } from '../host/query';
import { useGo } from '../shared/go';
import { useAction } from '../shared/keys';
import { useMay } from '../shared/session-store';
import { announce, Button, toast } from '../shared/ui';
import styles from './Banner.module.css';
import { showLeft, useLeft } from './use-left';

/** Shown to whoever opened, on every screen, until it is over. */
export function BreakGlassBanner() {
  const may = useMay('break_glass.current');
  const go = useGo();
  useAction('break-glass.open', () => go.to('/break-glass'), may);
  const current = useView('break_glass.current', null, { enabled: may });
  if (current.data === undefined || current.data === null) return null;
  return <Line key={`${current.data.id} ${current.dataUpdatedAt}`} opening={current.data} />;
}

/** Words that a screen reader hears at these many minutes. */
const TOLD_AT = [30, 10, 5, 1];

function Line({ opening }: { opening: OwnOpeningView }) {
  const { t } = useTranslation('break-glass');
  const go = useGo();
  const end = useCommand('break_glass.end');
  const [told] = useState(() => performance.now());
  const over = useCallback(() => refresh(['break_glass', 'chart', 'scan', 'worklist', 'patients', 'reports', 'consultations']), []);
  const left = useLeft(opening.left_ms, told, over);
  const minutes = Math.ceil(left / 60);
  const before = useRef(minutes);
  useEffect(() => {
    if (minutes !== before.current && TOLD_AT.includes(minutes)) announce(t('banner.left', { count: minutes }));
    before.current = minutes;
  }, [minutes, t]);
  const finish = () => end.mutate(null, {
    onSuccess: () => {
      toast(t('banner.ended'));
      go.to('/patients');
    },
  });
  return (
    <section className={styles.banner} aria-label={t('banner.label')} data-pane>
      <Siren size={18} aria-hidden />
      <p>
        <strong>{t('banner.title')}</strong>
        <button type="button" className={styles.who} onClick={() => go.chart(opening.patient_id)}><bdi>{opening.patient_name}</bdi>, <bdi>{opening.patient_number}</bdi></button>
        <span>{t('banner.kept')}</span>
      </p>
      <span className={styles.left} role="timer" aria-label={t('banner.left', { count: minutes })}>{showLeft(left)}</span>
      <Button busy={end.isPending} onClick={finish}>{t('banner.end')}</Button>
    </section>
  );
}
