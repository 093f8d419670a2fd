import { useId, type ReactNode } from 'react';

import styles from './Panel.module.css';

/** A titled box; a region of its own for screen readers. */
export function Panel({ title, aside, flush = false, children }: { title: string; aside?: ReactNode; flush?: boolean; children: ReactNode }) {
  const id = useId();
  return (
    <section aria-labelledby={id} className={styles.panel}>
      <header><h2 id={id}>{title}</h2>{aside !== undefined && <div className={styles.aside}>{aside}</div>}</header>
      <div className={flush ? undefined : styles.body}>{children}</div>
    </section>
  );
}
