import { X } from 'lucide-react';
import { Dialog as Radix } from 'radix-ui';
import { useRef, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';

import { IconButton } from './Button';
import styles from './Dialog.module.css';

interface DialogProps {
  open: boolean;
  onOpenChange: (open: boolean) => void;
  title: string;
  /** One sentence under the title, read with it. */
  description?: ReactNode;
  size?: 'small' | 'medium' | 'large';
  /** Buttons at the foot; the primary one last. */
  footer?: ReactNode;
  children: ReactNode;
}

/** A dialog: Esc closes it, the focus stays in it and returns to where it came from. */
export function Dialog({ open, onOpenChange, title, description, size = 'medium', footer, children }: DialogProps) {
  const { t } = useTranslation();
  const body = useRef<HTMLDivElement>(null);
  // The first field, or the text itself: not the button that closes.
  const onOpenAutoFocus = (event: Event) => {
    event.preventDefault();
    (body.current?.querySelector<HTMLElement>('input, select, textarea') ?? body.current)?.focus();
  };
  return (
    <Radix.Root open={open} onOpenChange={onOpenChange}>
      <Radix.Portal>
        <Radix.Overlay className={styles.shade} />
        <Radix.Content onOpenAutoFocus={onOpenAutoFocus} className={[styles.dialog, styles[size]].join(' ')} {...(description === undefined ? { 'aria-describedby': undefined } : {})}>
          <header className={styles.head}>
            <div>
              <Radix.Title asChild><h2>{title}</h2></Radix.Title>
              {description !== undefined && <Radix.Description className={styles.description}>{description}</Radix.Description>}
            </div>
            <Radix.Close asChild><IconButton icon={X} label={t('close')} /></Radix.Close>
          </header>
          {/* A region that scrolls must be reachable by the keyboard. */}
          {/* eslint-disable-next-line jsx-a11y/no-noninteractive-tabindex */}
          <div ref={body} className={styles.body} tabIndex={0} role="group" aria-label={title}>{children}</div>
          {footer !== undefined && <footer className={styles.foot}>{footer}</footer>}
        </Radix.Content>
      </Radix.Portal>
    </Radix.Root>
  );
}
