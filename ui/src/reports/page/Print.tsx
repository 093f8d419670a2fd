// The pages on their way to the system's print dialog: alone on the sheet, as the typesetter drew them, draft mark and all.
import { useEffect, useRef } from 'react';
import { createPortal } from 'react-dom';

import styles from './print.module.css';

export function Print({ urls, onDone }: { urls: readonly string[]; onDone: (printed: boolean) => void }) {
  const sheet = useRef<HTMLDivElement>(null);
  const done = useRef(onDone);
  useEffect(() => {
    done.current = onDone;
  });
  useEffect(() => {
    const root = document.documentElement;
    let left = false;
    root.dataset['printing'] = '';
    const images = [...(sheet.current?.querySelectorAll('img') ?? [])];
    Promise.all(images.map((image) => image.decode())).then(() => {
      if (left) return;
      window.print();
      done.current(true);
    }, () => !left && done.current(false));
    return () => {
      left = true;
      delete root.dataset['printing'];
    };
  }, []);
  return createPortal(<div ref={sheet} className={styles.sheets} aria-hidden>{urls.map((url) => <img key={url} src={url} alt="" />)}</div>, document.body);
}
