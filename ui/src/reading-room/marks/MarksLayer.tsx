// Marks over the picture, drawn with the picture's own matrix. Points are kept in image pixels, so a mark stays on its
// anatomy through every zoom, turn and flip; labels stay upright.
import { useState, type PointerEvent } from 'react';
import { useTranslation } from 'react-i18next';

import { useBook, useInside, useRoom } from '../room/context';
import { matrixOf } from '../room/state';
import { apply, applyInverse, type Matrix, type Point } from '../view/matrix';
import type { Mark, Shape } from './book';
import styles from './MarksLayer.module.css';
import { clamped, measure } from './measure';
import type { Draft } from './use-drawing';
import { linesOf } from './words';

export function MarksLayer({ draft, mayMark }: { draft: Draft | null; mayMark: boolean }) {
  const { scan } = useInside();
  const matrix = useRoom(matrixOf);
  const index = useRoom((state) => state.shown?.index);
  const tool = useRoom((state) => state.tool);
  const region = useRoom((state) => state.region);
  const marks = useBook((state) => state.marks);
  const given = scan.verdicts[0]?.region?.map(([x, y]) => ({ x, y }));
  return (
    <svg className={styles.layer} data-drawing={tool !== 'window' && tool !== 'zoom' && tool !== 'pan' ? true : undefined}>
      {marks.filter((mark) => shapeOf(mark)?.frame === index).map((mark) => <Drawn key={mark.key} mark={mark} matrix={matrix} mayMark={mayMark} />)}
      {draft && draft.frame === index && <Figure shape={{ ...draft, text: '' }} matrix={matrix} className={styles.draft} labelled={tool !== 'region'} />}
      {(region ?? given) && <Outline tool="rectangle" points={[...(region ?? given!)]} matrix={matrix} className={styles.region} />}
    </svg>
  );
}

/** What is shown of a mark: what the reader wants, or what could not be taken away. */
function shapeOf(mark: Mark): Shape | null {
  return mark.wanted ?? (mark.state === 'failed' ? (mark.kept?.shape ?? null) : null);
}

function Drawn({ mark, matrix, mayMark }: { mark: Mark; matrix: Matrix; mayMark: boolean }) {
  const { t } = useTranslation('reading-room');
  const { book, room } = useInside();
  const selected = useBook((state) => state.selected === mark.key);
  // While it is dragged a mark is only drawn elsewhere; it is changed, and saved, when it is let go.
  const [moving, setMoving] = useState<readonly Point[] | null>(null);
  const [grip, setGrip] = useState<{ at: Point; point: number | null } | null>(null);
  const shape = shapeOf(mark);
  if (!shape) return null;
  const points = moving ?? shape.points;

  const onImage = (event: PointerEvent<SVGElement>): Point => {
    const box = event.currentTarget.ownerSVGElement!.getBoundingClientRect();
    return applyInverse(matrix, { x: event.clientX - box.left, y: event.clientY - box.top });
  };
  const drag = (point: number | null) => ({
    onPointerDown(event: PointerEvent<SVGElement>) {
      if (event.button !== 0) return;
      event.stopPropagation();
      book.select(mark.key);
      if (!mayMark) return;
      event.currentTarget.setPointerCapture(event.pointerId);
      setGrip({ at: onImage(event), point });
    },
    onPointerMove(event: PointerEvent<SVGElement>) {
      if (!grip) return;
      const { image } = room.getState();
      const at = onImage(event);
      setMoving(shape.points.map((p, i) => (grip.point === null
        ? clamped({ x: p.x + at.x - grip.at.x, y: p.y + at.y - grip.at.y }, image.width, image.height)
        : i === grip.point ? clamped(at, image.width, image.height) : p)));
    },
    onPointerUp() {
      if (moving) book.change(mark.key, { ...shape, points: moving });
      setMoving(null);
      setGrip(null);
    },
  });
  return (
    <g className={[styles.mark, selected ? styles.selected : '', mark.state === 'failed' ? styles.failed : ''].join(' ')} data-state={mark.state} data-tool={shape.tool}>
      <g className={styles.body} {...drag(null)}>
        <Figure shape={{ ...shape, points }} matrix={matrix} note={mark.state === 'failed' ? t('marks.failed') : mark.state === 'saving' ? t('marks.saving') : undefined} />
      </g>
      {points.map((point, i) => {
        const at = apply(matrix, point);
        return <g key={i} className={styles.handle} {...drag(i)}><circle cx={at.x} cy={at.y} r={11} className={styles.reach} /><circle cx={at.x} cy={at.y} r={4} /></g>;
      })}
    </g>
  );
}

function Figure({ shape, matrix, className, note, labelled = true }: { shape: Shape; matrix: Matrix; className?: string | undefined; note?: string | undefined; labelled?: boolean }) {
  const { t } = useTranslation('reading-room');
  const { scan } = useInside();
  const frame = useRoom((state) => state.shown?.frame);
  const measured = measure(shape.tool, shape.points, scan.spacing, frame?.kind === 'grey' ? frame : null);
  const lines = shape.tool === 'note' ? shape.text.split('\n') : linesOf(t, measured, scan.pixels.unit);
  const on = shape.points.map((point) => apply(matrix, point));
  const right = on.reduce((p, q) => (q.x > p.x ? q : p));
  return (
    <g className={className}>
      <Outline tool={shape.tool} points={shape.points} matrix={matrix} />
      {labelled && (
        <text x={right.x + 10} y={right.y + 4} className={styles.label}>
          {[...lines, ...(note ? [note] : [])].map((line, i) => <tspan key={i} x={right.x + 10} dy={i === 0 ? 0 : 15}>{line}</tspan>)}
        </text>
      )}
    </g>
  );
}

/** Once dark and wide, once light and thin: visible on bone and on air. */
function Outline({ tool, points, matrix, className }: { tool: Shape['tool']; points: readonly Point[]; matrix: Matrix; className?: string | undefined }) {
  const on = points.map((point) => apply(matrix, point));
  const d = tool === 'ellipse' ? ellipsePath(on) : tool === 'rectangle' ? boxPath(on) : tool === 'note' ? '' : `M${on.map((p) => `${p.x} ${p.y}`).join('L')}`;
  return (
    <g className={className}>
      <path d={d} className={styles.shade} />
      <path d={d} className={styles.line} />
      <path d={d} className={styles.grab} />
    </g>
  );
}

function boxPath([p, q]: readonly Point[]): string {
  return p && q ? `M${p.x} ${p.y}H${q.x}V${q.y}H${p.x}Z` : '';
}

function ellipsePath([p, q]: readonly Point[]): string {
  if (!p || !q) return '';
  const rx = Math.abs(q.x - p.x) / 2;
  const ry = Math.abs(q.y - p.y) / 2;
  const y = (p.y + q.y) / 2;
  const left = Math.min(p.x, q.x);
  return `M${left} ${y}a${rx} ${ry} 0 1 0 ${2 * rx} 0a${rx} ${ry} 0 1 0 ${-2 * rx} 0Z`;
}
