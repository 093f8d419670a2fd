// Edge letters (R L A P H F). They come only from orientation that the file states, and go through the very matrix that
// draws the picture; with no orientation there are no letters, because a guessed side is worse than none.
import type { EdgesView } from '../../bindings/types';
import type { Matrix } from './matrix';

/** The letter at each edge of the screen for a picture drawn with `m`, from the letters of the unturned image. */
export function edgeLetters(unturned: EdgesView | null, m: Matrix): EdgesView | null {
  if (unturned === null) return null;
  const at = (x: number, y: number) => unturned[imageEdge(m, x, y)];
  return { left: at(-1, 0), right: at(1, 0), top: at(0, -1), bottom: at(0, 1) };
}

/** The image's own edge that lies in a screen direction: the matrix's linear part undone. */
function imageEdge(m: Matrix, x: number, y: number): keyof EdgesView {
  const det = m.a * m.d - m.b * m.c;
  const u = (m.d * x - m.c * y) / det;
  const v = (m.a * y - m.b * x) / det;
  if (Math.abs(u) > Math.abs(v)) return u > 0 ? 'right' : 'left';
  return v > 0 ? 'bottom' : 'top';
}
