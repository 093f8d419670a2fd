import type { ReactNode } from 'react';

import styles from './Alone.module.css';
import { LanguageMenu } from './LanguageMenu';

interface AloneProps {
  title: string;
  hint?: ReactNode;
  wide?: boolean;
  /** Whether the language of this machine is chosen here: nobody is signed in yet. */
  languages?: boolean;
  children: ReactNode;
  foot?: ReactNode;
}

/** A screen with nothing around it: one card, one thing to do. */
export function Alone({ title, hint, wide = false, languages = true, children, foot }: AloneProps) {
  return (
    <main className={styles.room}>
      {languages && <div className={styles.language}><LanguageMenu /></div>}
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
