import type { ReactNode } from 'react';

import styles from './Page.module.css';

interface PageProps {
  title: string;
  /** One sentence on what this is. */
  hint?: string;
  actions?: ReactNode;
  /** `wide`: the work fills the frame and scrolls itself; `prose`: a column to read. */
  width?: 'wide' | 'prose';
  children: ReactNode;
}

/** A screen inside the frame: its heading, its actions, its work. */
export function Page({ title, hint, actions, width = 'prose', children }: PageProps) {
  return (
    // A column that scrolls must be reachable by the keyboard.
    <div className={[styles.page, styles[width]].join(' ')} {...(width === 'prose' ? { tabIndex: 0, role: 'group', 'aria-label': title } : {})}>
      <header className={styles.head}>
        <div>
          <h1>{title}</h1>
          {hint !== undefined && <p>{hint}</p>}
        </div>
        {actions !== undefined && <div className={styles.actions}>{actions}</div>}
      </header>
      {children}
    </div>
  );
}
