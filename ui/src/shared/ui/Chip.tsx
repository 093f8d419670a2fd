import type { LucideIcon } from 'lucide-react';
import type { ReactNode } from 'react';

import styles from './Chip.module.css';

/** Amber (`soon`) and red (`urgent`) are for clinical urgency and danger only. */
export type Tone = 'plain' | 'urgent' | 'soon' | 'good' | 'ai' | 'outline';

/** A small fact. Its words carry the meaning; the colour only repeats it. */
export function Chip({ tone = 'plain', icon: Icon, children }: { tone?: Tone; icon?: LucideIcon; children: ReactNode }) {
  return <span className={[styles.chip, styles[tone]].join(' ')}>{Icon && <Icon size={13} aria-hidden />}<span>{children}</span></span>;
}
