import type { LucideIcon } from 'lucide-react';
import { DropdownMenu } from 'radix-ui';
import type { ReactNode } from 'react';

import { Kbd } from './Kbd';
import styles from './Menu.module.css';

export interface MenuItem {
  label: string;
  icon?: LucideIcon;
  action?: string;
  disabled?: boolean;
  onSelect: () => void;
}

/** A menu of actions under a button. */
export function Menu({ trigger, items }: { trigger: ReactNode; items: readonly (MenuItem | 'line')[] }) {
  return (
    <DropdownMenu.Root>
      <DropdownMenu.Trigger asChild>{trigger}</DropdownMenu.Trigger>
      <DropdownMenu.Portal>
        <DropdownMenu.Content className={styles.menu} sideOffset={4} align="end" collisionPadding={8}>
          {items.map((item, index) => item === 'line' ? <DropdownMenu.Separator key={index} className={styles.line} /> : (
            <DropdownMenu.Item key={item.label} className={styles.item} disabled={item.disabled ?? false} onSelect={item.onSelect}>
              {item.icon ? <item.icon size={16} aria-hidden /> : <span />}
              <span>{item.label}</span>
              {item.action !== undefined && <Kbd action={item.action} />}
            </DropdownMenu.Item>
          ))}
        </DropdownMenu.Content>
      </DropdownMenu.Portal>
    </DropdownMenu.Root>
  );
}
