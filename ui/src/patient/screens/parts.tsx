// What every screen is made of.
import { ArrowLeft, type LucideIcon, X } from 'lucide-react';
import { type ButtonHTMLAttributes, type ReactNode, type Ref, useEffect, useId, useRef } from 'react';

import { useWords } from '../words/context';
import styles from './parts.module.css';

interface ButtonProps extends ButtonHTMLAttributes<HTMLButtonElement> {
  kind?: 'primary' | 'plain' | 'quiet' | 'danger';
  icon?: LucideIcon;
}

/** A button that says what will happen. */
export function Button({ kind = 'plain', icon: Icon, children, ...rest }: ButtonProps) {
  return (
    <button type="button" {...rest} className={[styles.button, styles[kind]].join(' ')}>
      {Icon && <Icon size="1.25em" aria-hidden />}
      <span>{children}</span>
    </button>
  );
}

interface RoundProps extends ButtonHTMLAttributes<HTMLButtonElement> {
  icon: LucideIcon;
  /** Its name for screen readers. */
  label: string;
  filled?: boolean;
  /** Points the other way where text runs right to left. */
  turns?: boolean;
  ref?: Ref<HTMLButtonElement>;
}

/** A button with a picture that everybody knows. */
export function Round({ icon: Icon, label, filled = false, turns = false, ...rest }: RoundProps) {
  return (
    <button type="button" aria-label={label} {...rest} className={filled ? `${styles.round} ${styles.filled}` : styles.round}>
      <Icon size="1.35em" aria-hidden {...(turns ? { className: styles.turned } : {})} />
    </button>
  );
}

/** One thing at a time: its title is read out when it comes. */
export function Screen({ title, mark, children, act }: { title: string; mark?: ReactNode; children: ReactNode; act?: ReactNode }) {
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => heading.current?.focus(), []);
  return (
    <main className={styles.screen}>
      <div className={styles.read}>
        {mark}
        <h1 ref={heading} tabIndex={-1} className={styles.title}>{title}</h1>
        {children}
      </div>
      {act !== undefined && <div className={styles.act}>{act}</div>}
    </main>
  );
}

export function Hint({ children }: { children: ReactNode }) {
  return <p className={styles.hint}>{children}</p>;
}

interface SheetProps {
  title: string;
  onClose: () => void;
  /** A way back to the sheet's first page. */
  onBack?: () => void;
  children: ReactNode;
}

/** Over the screen, from below; the browser keeps the focus in it and gives it back. */
export function Sheet({ title, onClose, onBack, children }: SheetProps) {
  const { tell } = useWords();
  const dialog = useRef<HTMLDialogElement>(null);
  const named = useId();
  useEffect(() => {
    const shown = dialog.current;
    shown?.showModal();
    return () => shown?.close();
  }, []);
  return (
    <dialog ref={dialog} className={styles.sheet} aria-labelledby={named} onCancel={(event) => (event.preventDefault(), onClose())}>
      <div className={styles.sheetHead} {...(onBack === undefined ? {} : { 'data-back': true })}>
        {onBack !== undefined && <Round icon={ArrowLeft} turns label={tell('page.back')} onClick={onBack} />}
        <h2 id={named} tabIndex={-1}>{title}</h2>
        <Round icon={X} label={tell('page.close')} onClick={onClose} />
      </div>
      <div className={styles.sheetBody}>{children}</div>
    </dialog>
  );
}
