import type { LucideIcon } from 'lucide-react';
import type { ReactNode } from 'react';

import styles from './Empty.module.css';

/** Nothing here, and what to do about it. */
export function Empty({ icon: Icon, title, hint, children }: { icon?: LucideIcon; title: string; hint?: string; children?: ReactNode }) {
  return (
    <div className={styles.empty}>
      {Icon && <Icon size={32} strokeWidth={1.25} aria-hidden />}
      <h2>{title}</h2>
      {hint !== undefined && <p>{hint}</p>}
      {children !== undefined && <div className={styles.actions}>{children}</div>}
    </div>
  );
}
