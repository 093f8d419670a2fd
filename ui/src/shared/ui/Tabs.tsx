import { Tabs as Radix } from 'radix-ui';
import type { ReactNode } from 'react';

import styles from './Tabs.module.css';

/** A few views of the same thing. */
export function Tabs({ label, value, onChange, tabs }: { label: string; value: string; onChange: (value: string) => void; tabs: readonly { value: string; label: string; content: ReactNode }[] }) {
  return (
    <Radix.Root value={value} onValueChange={onChange}>
      <Radix.List className={styles.list} aria-label={label}>
        {tabs.map((tab) => <Radix.Trigger key={tab.value} value={tab.value} className={styles.tab}>{tab.label}</Radix.Trigger>)}
      </Radix.List>
      {tabs.map((tab) => <Radix.Content key={tab.value} value={tab.value} className={styles.content}>{tab.content}</Radix.Content>)}
    </Radix.Root>
  );
}
