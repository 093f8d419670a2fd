// Which line is what: a piece of each line beside its name, on the picture and in the panel.
import type { ReactNode } from 'react';

import styles from './Outline.module.css';
import { SHADE, strokeOf, WIDTH } from './parts';
import { usePartName } from './use-part-name';

/** Width of the piece of line, in CSS pixels: two dashes of the longest pattern. */
const PIECE = 26;

/** `brief` on the picture, where there is little room. */
export function OutlineKey({ parts, brief = false, beside }: { parts: readonly string[]; brief?: boolean; beside?: (part: string) => ReactNode }) {
  const nameOf = usePartName(brief);
  return (
    <ul className={styles.key}>
      {parts.map((part) => (
        <li key={part}>
          <Piece part={part} />
          <span>{nameOf(part)}</span>
          {beside?.(part)}
        </li>
      ))}
    </ul>
  );
}

function Piece({ part }: { part: string }) {
  const { colour, dash } = strokeOf(part);
  const d = `M1 5H${PIECE - 1}`;
  return (
    <svg className={styles.piece} width={PIECE} height={10} aria-hidden>
      <path d={d} stroke="rgb(0 0 0)" strokeOpacity={SHADE} strokeWidth={WIDTH.shade} />
      <path d={d} stroke={colour} strokeWidth={WIDTH.line} strokeDasharray={dash} />
    </svg>
  );
}
