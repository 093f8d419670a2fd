// One virtualised table for every list: only the rows in sight exist, J and K walk, Enter opens.
import { useVirtualizer } from '@tanstack/react-virtual';
import { useEffect, useId, useRef, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';

import { useAction } from '../keys';
import styles from './DataTable.module.css';

export interface Column<T> {
  id: string;
  header: string;
  /** A CSS grid track: `minmax(8rem, 2fr)`. */
  width: string;
  cell: (row: T) => ReactNode;
  /** Right-aligned, tabular numerals. */
  numeric?: boolean;
  /** Words of the screens that may take two lines. */
  wraps?: boolean;
  /** Left out where the table is narrow. */
  optional?: boolean;
}

interface DataTableProps<T> {
  label: string;
  columns: readonly Column<T>[];
  /** The rows fetched so far. */
  rows: readonly T[];
  /** How many there are in all, so that the scroll bar is true. */
  total: number;
  rowKey: (row: T) => string;
  /** What a screen reader says for the row that the cursor is on. */
  rowLabel: (row: T) => string;
  cursor: number;
  onCursor: (index: number) => void;
  onOpen?: (row: T) => void;
  /** Rows beyond those fetched came into sight. */
  onMore?: () => void;
  rowRem?: number;
  /** A mark on the row's edge: urgency only. */
  edge?: (row: T) => 'urgent' | 'soon' | undefined;
}

const REM = 16;
/** Below this width optional columns are left out. */
const NARROW = 56 * REM;
/** The sticky header above the rows, with its line. */
const HEAD = 2 * REM + 1;

export function DataTable<T>({ label, columns: all, rows, total, rowKey, rowLabel, cursor, onCursor, onOpen, onMore, rowRem = 2, edge }: DataTableProps<T>) {
  const { t } = useTranslation();
  const id = useId();
  const scroller = useRef<HTMLDivElement>(null);
  // eslint-disable-next-line react-hooks/incompatible-library -- this file is not memoised
  const virtual = useVirtualizer({ count: total, getScrollElement: () => scroller.current, estimateSize: () => rowRem * REM, overscan: 12, scrollMargin: HEAD, scrollPaddingStart: HEAD });
  const narrow = (virtual.scrollRect?.width ?? NARROW) < NARROW;
  const columns = narrow ? all.filter(({ optional }) => optional !== true) : all;
  const shown = virtual.getVirtualItems();
  const last = shown.at(-1)?.index ?? 0;
  useEffect(() => {
    if (last >= rows.length && rows.length < total) onMore?.();
  }, [last, rows.length, total, onMore]);

  const page = Math.max(1, Math.floor((scroller.current?.clientHeight ?? 320) / (rowRem * REM)) - 1);
  const move = (to: number) => {
    const next = Math.max(0, Math.min(rows.length - 1, to));
    onCursor(next);
    virtual.scrollToIndex(next);
  };
  useAction('list.down', () => move(cursor + 1));
  useAction('list.up', () => move(cursor - 1));
  useAction('list.pageDown', () => move(cursor + page));
  useAction('list.pageUp', () => move(cursor - page));
  useAction('list.first', () => move(0));
  useAction('list.last', () => move(rows.length - 1));
  const open = () => {
    const row = rows[cursor];
    if (row !== undefined) onOpen?.(row);
  };
  useAction('list.open', open, onOpen !== undefined);

  const tracks = { gridTemplateColumns: columns.map(({ width }) => width).join(' ') };
  const current = rows[cursor];
  return (
    <div
      ref={scroller} role="grid" tabIndex={0} data-pane-start aria-label={label} aria-rowcount={total + 1} aria-colcount={columns.length}
      aria-activedescendant={current === undefined ? undefined : `${id}-${rowKey(current)}`} className={styles.table}
    >
      <div role="rowgroup" className={styles.head}>
        <div role="row" aria-rowindex={1} className={styles.row} style={tracks}>
          {columns.map((column) => <div key={column.id} role="columnheader" className={column.numeric ? styles.numeric : undefined}>{column.header}</div>)}
        </div>
      </div>
      <div role="rowgroup" className={styles.body} style={{ blockSize: virtual.getTotalSize() }}>
        {shown.map(({ index, start, size }) => {
          const row = rows[index];
          const place = { ...tracks, blockSize: size, transform: `translateY(${start - HEAD}px)` };
          if (row === undefined) return <div key={index} role="row" aria-rowindex={index + 2} className={[styles.row, styles.coming].join(' ')} style={place}><div role="gridcell" aria-label={t('loading')} /></div>;
          return (
            // The grid itself takes the keys for the row that it names.
            // eslint-disable-next-line jsx-a11y/click-events-have-key-events
            <div
              key={rowKey(row)} id={`${id}-${rowKey(row)}`} role="row" tabIndex={-1} aria-rowindex={index + 2} aria-label={rowLabel(row)} aria-selected={index === cursor}
              className={styles.row} style={place} data-edge={edge?.(row)} onClick={() => onCursor(index)} onDoubleClick={() => onOpen?.(row)}
            >
              {columns.map((column) => <div key={column.id} role="gridcell" data-wraps={column.wraps} className={column.numeric ? styles.numeric : undefined}>{column.cell(row)}</div>)}
            </div>
          );
        })}
      </div>
    </div>
  );
}
