// What a mark measures, worked out from its points and the frame's pixels each time it is shown: figures are never
// stored, so they cannot be stale. Lengths are in mm only where the file says how large a pixel is.
import type { MarkTool, SpacingView } from '../../bindings/types';
import { modalityValue, type GreyFrame } from '../pixels/frame';
import type { Point } from '../view/matrix';

export interface Measured {
  /** Length, in `unit`. */
  readonly length?: number;
  /** Degrees, 0–180. */
  readonly angle?: number;
  /** Area, in `unit`². */
  readonly area?: number;
  readonly unit: 'mm' | 'px';
  /** Lengths hold in the detector's plane only. */
  readonly imagerPlane: boolean;
  /** Of the pixels whose centres lie inside, in the modality's unit. */
  readonly values?: { readonly mean: number; readonly deviation: number; readonly least: number; readonly most: number; readonly n: number };
}

export function measure(tool: MarkTool, points: readonly Point[], spacing: SpacingView | null, frame: GreyFrame | null): Measured {
  const scale = spacing ? { x: spacing.column, y: spacing.row } : { x: 1, y: 1 };
  const base = { unit: spacing ? 'mm' : 'px', imagerPlane: spacing?.source === 'imager_plane' } as const;
  const [p, q, r] = points;
  switch (tool) {
    case 'length':
      return p && q ? { ...base, length: Math.hypot((q.x - p.x) * scale.x, (q.y - p.y) * scale.y) } : base;
    case 'angle':
      return p && q && r ? { ...base, angle: angleAt(q, p, r, scale) } : base;
    case 'ellipse':
    case 'rectangle': {
      if (!p || !q) return base;
      const box = Math.abs(q.x - p.x) * scale.x * Math.abs(q.y - p.y) * scale.y;
      const values = frame ? valuesInside(tool, p, q, frame) : undefined;
      return { ...base, area: tool === 'ellipse' ? (box * Math.PI) / 4 : box, ...(values ? { values } : {}) };
    }
    case 'note':
      return base;
  }
}

/** Points that a tool needs. */
export function pointsOf(tool: MarkTool): 1 | 2 | 3 {
  return tool === 'note' ? 1 : tool === 'angle' ? 3 : 2;
}

/** The same points, kept inside the picture. */
export function clamped(point: Point, columns: number, rows: number): Point {
  return { x: Math.min(columns, Math.max(0, point.x)), y: Math.min(rows, Math.max(0, point.y)) };
}

function angleAt(corner: Point, from: Point, to: Point, scale: Point): number | undefined {
  const ux = (from.x - corner.x) * scale.x;
  const uy = (from.y - corner.y) * scale.y;
  const vx = (to.x - corner.x) * scale.x;
  const vy = (to.y - corner.y) * scale.y;
  if (Math.hypot(ux, uy) === 0 || Math.hypot(vx, vy) === 0) return undefined;
  return (Math.abs(Math.atan2(ux * vy - uy * vx, ux * vx + uy * vy)) * 180) / Math.PI;
}

/** Welford's running mean and sum of squares: no loss of digits with large offsets. */
function valuesInside(tool: 'ellipse' | 'rectangle', p: Point, q: Point, frame: GreyFrame): Measured['values'] {
  const [left, right] = p.x < q.x ? [p.x, q.x] : [q.x, p.x];
  const [top, bottom] = p.y < q.y ? [p.y, q.y] : [q.y, p.y];
  const cx = (left + right) / 2;
  const cy = (top + bottom) / 2;
  const rx = (right - left) / 2;
  const ry = (bottom - top) / 2;
  let n = 0;
  let mean = 0;
  let squares = 0;
  let least = Infinity;
  let most = -Infinity;
  const lastRow = Math.min(frame.rows - 1, Math.ceil(bottom));
  const lastColumn = Math.min(frame.columns - 1, Math.ceil(right));
  for (let row = Math.max(0, Math.floor(top)); row <= lastRow; row++) {
    for (let column = Math.max(0, Math.floor(left)); column <= lastColumn; column++) {
      const x = column + 0.5;
      const y = row + 0.5;
      const inside = tool === 'ellipse' ? ((x - cx) / rx) ** 2 + ((y - cy) / ry) ** 2 <= 1 : x >= left && x <= right && y >= top && y <= bottom;
      if (!inside) continue;
      const value = modalityValue(frame, column, row);
      n++;
      const delta = value - mean;
      mean += delta / n;
      squares += delta * (value - mean);
      if (value < least) least = value;
      if (value > most) most = value;
    }
  }
  return n === 0 ? undefined : { mean, deviation: n > 1 ? Math.sqrt(squares / (n - 1)) : 0, least, most, n };
}
