// The outlines of a reading as they are drawn: closed paths on the screen, made with the picture's own matrix, so that they
// stay on their anatomy through every zoom, turn and flip.
import type { Answer, ContourView, MeasuredView } from '../../bindings/types';
import { apply, type Matrix, type Point } from '../view/matrix';
import { PARTS } from './parts';

/** What a measuring model told; null for every other reading. */
export function measuredOf(answer: Answer | undefined): MeasuredView | null {
  return answer?.kind === 'assessed' ? answer.measured : null;
}

/** Whether the classes of an answer have maps: a measuring model has none. */
export function hasMaps(answer: Answer | undefined): boolean {
  return answer?.kind === 'assessed' && answer.classes.length > 0 && answer.grid_rows > 0 && answer.grid_columns > 0;
}

/** A ring's inner edge is left out where another part is outlined along it: of the myocardium only the outer edge is drawn. */
const OUTER_ONLY: readonly string[] = ['myocardium'];

/** Those to be drawn, part by part. */
export function drawnContours(contours: readonly ContourView[]): readonly ContourView[] {
  const closed = contours.filter(({ points }) => points.length > 2);
  const outer = closed.filter((one) => !OUTER_ONLY.includes(one.part) || !closed.some((other) => other !== one && other.part === one.part && contains(other, one)));
  return [...outer].sort((a, b) => placeOf(a.part) - placeOf(b.part));
}

/** The parts that have an outline, in the order of the key. */
export function partsOf(contours: readonly ContourView[]): readonly string[] {
  return [...new Set(contours.map(({ part }) => part))].sort((a, b) => placeOf(a) - placeOf(b));
}

/** The closed outline on the screen, to a hundredth of a pixel. */
export function pathOf({ points }: ContourView, matrix: Matrix): string {
  const on = points.map(([x, y]) => apply(matrix, { x, y }));
  return `M${on.map(({ x, y }) => `${x.toFixed(2)} ${y.toFixed(2)}`).join('L')}Z`;
}

function placeOf(part: string): number {
  const place = PARTS.indexOf(part);
  return place < 0 ? PARTS.length : place;
}

/** Whether `inner` lies within `outer`; outlines of one part do not cross. */
function contains(outer: ContourView, inner: ContourView): boolean {
  const [first] = inner.points;
  return first !== undefined && inside({ x: first[0], y: first[1] }, outer.points);
}

/** Even–odd rule: a ray to the right crosses the outline an odd number of times. */
function inside(at: Point, points: ContourView['points']): boolean {
  let odd = false;
  points.forEach(([x, y], i) => {
    const [u, v] = points[(i + points.length - 1) % points.length]!;
    if (y > at.y !== v > at.y && at.x < ((u - x) * (at.y - y)) / (v - y) + x) odd = !odd;
  });
  return odd;
}
