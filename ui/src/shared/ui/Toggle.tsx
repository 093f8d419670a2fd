import { Switch } from 'radix-ui';
import { useId, type ReactNode } from 'react';

import styles from './Toggle.module.css';

/** On or off, at once. */
export function Toggle({ label, hint, checked, onChange, disabled = false }: { label: ReactNode; hint?: string; checked: boolean; onChange: (on: boolean) => void; disabled?: boolean }) {
  const id = useId();
  return (
    <div className={styles.toggle}>
      <div>
        <label htmlFor={id}>{label}</label>
        {hint !== undefined && <p id={`${id}-hint`}>{hint}</p>}
      </div>
      <Switch.Root id={id} className={styles.track} checked={checked} disabled={disabled} onCheckedChange={onChange} aria-describedby={hint === undefined ? undefined : `${id}-hint`}>
        <Switch.Thumb className={styles.thumb} />
      </Switch.Root>
    </div>
  );
}
