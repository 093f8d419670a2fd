import type { ReactNode } from 'react';

import styles from './Alone.module.css';

/** A screen with nothing around it: one card, one thing to do. */
export function Alone({ title, hint, wide = false, children, foot }: { title: string; hint?: ReactNode; wide?: boolean; children: ReactNode; foot?: ReactNode }) {
  return (
    <main className={styles.room}>
      <div className={[styles.card, wide ? styles.wide : ''].join(' ')}>
        <header>
          <h1>{title}</h1>
          {hint !== undefined && <p>{hint}</p>}
        </header>
        {children}
      </div>
      {foot !== undefined && <footer className={styles.foot}>{foot}</footer>}
    </main>
  );
}
