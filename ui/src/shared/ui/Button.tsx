import type { LucideIcon } from 'lucide-react';
import type { ButtonHTMLAttributes, Ref } from 'react';

import styles from './Button.module.css';
import { Kbd } from './Kbd';
import { Tooltip } from './Tooltip';

interface ButtonProps extends ButtonHTMLAttributes<HTMLButtonElement> {
  /** `primary` is the one next right action of a screen; `danger` cannot be undone. */
  kind?: 'primary' | 'plain' | 'quiet' | 'danger';
  icon?: LucideIcon;
  /** Shows the key of this action on the button. */
  action?: string;
  /** At work: disabled, and told so. */
  busy?: boolean;
  ref?: Ref<HTMLButtonElement>;
}

/** A button that says what will happen. */
export function Button({ kind = 'plain', icon: Icon, action, busy = false, children, className, disabled, ...rest }: ButtonProps) {
  return (
    <button type="button" {...rest} disabled={disabled === true || busy} aria-busy={busy || undefined} className={[styles.button, styles[kind], className].join(' ')}>
      {Icon && <Icon size={16} aria-hidden />}
      <span className={styles.words}>{children}</span>
      {action !== undefined && <Kbd action={action} />}
    </button>
  );
}

interface IconButtonProps extends ButtonHTMLAttributes<HTMLButtonElement> {
  icon: LucideIcon;
  /** Its name, for the tooltip and for screen readers. */
  label: string;
  action?: string;
  pressed?: boolean;
  ref?: Ref<HTMLButtonElement>;
}

/** A button with a picture only. */
export function IconButton({ icon: Icon, label, action, pressed, className, ...rest }: IconButtonProps) {
  return (
    <Tooltip text={label} {...(action === undefined ? {} : { action })}>
      <button type="button" aria-label={label} aria-pressed={pressed} {...rest} className={[styles.iconButton, className].join(' ')}>
        <Icon size={16} aria-hidden />
      </button>
    </Tooltip>
  );
}
