import { create } from 'zustand';

import styles from './Toaster.module.css';

const SECONDS = 4;

interface Said {
  toasts: readonly { id: number; text: string }[];
  announced: string;
}

const said = create<Said>(() => ({ toasts: [], announced: '' }));
let count = 0;

/** Tells of a success that needs no answer. Errors never go here: they stay where they happened. */
export function toast(text: string): void {
  count += 1;
  const id = count;
  said.setState(({ toasts }) => ({ toasts: [...toasts.slice(-2), { id, text }] }));
  window.setTimeout(() => said.setState(({ toasts }) => ({ toasts: toasts.filter((one) => one.id !== id) })), SECONDS * 1000);
}

/** Says something to a screen reader only. */
export function announce(text: string): void {
  said.setState({ announced: text });
}

/** Where both appear. Mounted once. */
export function Toaster() {
  const { toasts, announced } = said();
  return (
    <>
      <div className={styles.place} role="status" aria-live="polite">
        {toasts.map(({ id, text }) => <div key={id} className={styles.toast}>{text}</div>)}
      </div>
      <div className="unseen" aria-live="polite">{announced}</div>
    </>
  );
}
