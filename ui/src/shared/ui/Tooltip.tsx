import { Tooltip as Radix } from 'radix-ui';
import type { ReactNode } from 'react';

import { Kbd } from './Kbd';
import styles from './Tooltip.module.css';

/** A name (and key) shown on hover and focus. The trigger carries its own accessible name. */
export function Tooltip({ text, action, children }: { text: string; action?: string; children: ReactNode }) {
  return (
    <Radix.Root>
      <Radix.Trigger asChild>{children}</Radix.Trigger>
      <Radix.Portal>
        <Radix.Content className={styles.tip} sideOffset={6} collisionPadding={8}>
          {text}
          {action !== undefined && <Kbd action={action} />}
        </Radix.Content>
      </Radix.Portal>
    </Radix.Root>
  );
}

export const TooltipRoom = Radix.Provider;
