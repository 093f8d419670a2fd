// A note is written where it will stand. Enter keeps it, Escape drops it.
import { useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';

import { useRoom } from '../room/context';
import { matrixOf } from '../room/state';
import { apply, type Point } from '../view/matrix';
import styles from './NoteEditor.module.css';

const MOST_LETTERS = 200;

export function NoteEditor({ at, onDone }: { at: Point; onDone: (text: string) => void }) {
  const { t } = useTranslation('reading-room');
  const matrix = useRoom(matrixOf);
  const [text, setText] = useState('');
  const input = useRef<HTMLInputElement>(null);
  useEffect(() => input.current?.focus(), []);
  // Leaving the field keeps the note too, but what Escape dropped stays dropped.
  const finished = useRef(false);
  const finish = (words: string) => {
    if (finished.current) return;
    finished.current = true;
    onDone(words);
  };
  const place = apply(matrix, at);
  return (
    <input
      ref={input}
      className={styles.note}
      style={{ left: place.x, top: place.y }}
      aria-label={t('marks.note')}
      placeholder={t('marks.notePlaceholder')}
      maxLength={MOST_LETTERS}
      value={text}
      dir="auto"
      onChange={(event) => setText(event.target.value)}
      onBlur={() => finish(text)}
      onKeyDown={(event) => {
        if (event.key === 'Enter' || event.key === 'Escape') event.stopPropagation();
        if (event.key === 'Enter') finish(text);
        if (event.key === 'Escape') finish('');
      }}
    />
  );
}
