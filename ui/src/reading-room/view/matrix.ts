// One affine matrix takes image points to screen points. Everything that is drawn or stated about the picture
// (pixels, AI map, marks, edge letters, ruler, chips) is derived from it, so no marker can disagree with the image.

/** x' = a·x + c·y + e, y' = b·x + d·y + f. Image units: pixels from the outer top-left corner; screen units: CSS pixels. */
export interface Matrix {
  readonly a: number;
  readonly b: number;
  readonly c: number;
  readonly d: number;
  readonly e: number;
  readonly f: number;
}

/** One of the eight ways to lay a picture on the screen: a 2×2 matrix of 0, 1, −1 (image direction → screen direction). */
export interface Turn {
  readonly xx: number;
  readonly xy: number;
  readonly yx: number;
  readonly yy: number;
}

export interface Point {
  readonly x: number;
  readonly y: number;
}

export interface Size {
  readonly width: number;
  readonly height: number;
}

/** What the reader has done to the geometry. `zoom` is relative to 'fit'; `pan` is in CSS pixels. */
export interface Placement {
  readonly turn: Turn;
  readonly zoom: number;
  readonly pan: Point;
}

export type TurnStep = 'clockwise' | 'counterclockwise' | 'flip-horizontal' | 'flip-vertical';

export const UPRIGHT: Turn = { xx: 1, xy: 0, yx: 0, yy: 1 };
export const FITTED: Placement = { turn: UPRIGHT, zoom: 1, pan: { x: 0, y: 0 } };
/** Room in CSS pixels: the corner texts beside the picture, or above and below it; the edge letters always. */
export const CORNER = { side: 210, band: 60, edge: 22 } as const;
export const ZOOM_LIMITS = { least: 0.1, most: 40 } as const;

// Screen y points down, so a clockwise quarter turn takes (x, y) to (−y, x).
const STEPS: Record<TurnStep, Turn> = {
  clockwise: { xx: 0, xy: -1, yx: 1, yy: 0 },
  counterclockwise: { xx: 0, xy: 1, yx: -1, yy: 0 },
  'flip-horizontal': { xx: -1, xy: 0, yx: 0, yy: 1 },
  'flip-vertical': { xx: 1, xy: 0, yx: 0, yy: -1 },
};

/** Applies a step as the reader sees it: after a rotation, 'flip horizontal' still mirrors left and right of the screen. */
export function turned(turn: Turn, step: TurnStep): Turn {
  const s = STEPS[step];
  return {
    xx: clean(s.xx * turn.xx + s.xy * turn.yx),
    xy: clean(s.xx * turn.xy + s.xy * turn.yy),
    yx: clean(s.yx * turn.xx + s.yy * turn.yx),
    yy: clean(s.yx * turn.xy + s.yy * turn.yy),
  };
}

/** The same step applied to a placement; the pan turns with the picture so that what was in the centre stays there. */
export function placementTurned(placement: Placement, step: TurnStep): Placement {
  const s = STEPS[step];
  const { x, y } = placement.pan;
  return {
    ...placement,
    turn: turned(placement.turn, step),
    pan: { x: clean(s.xx * x + s.xy * y), y: clean(s.yx * x + s.yy * y) },
  };
}

/** Pixel shape: height of a pixel over its width (row spacing ÷ column spacing); 1 where unknown. */
export function imageToScreen(image: Size, screen: Size, placement: Placement, pixelAspect = 1): Matrix {
  const { turn, pan } = placement;
  const scale = fitScale(image, screen, turn, pixelAspect) * placement.zoom;
  const sx = scale;
  const sy = scale * pixelAspect;
  const a = turn.xx * sx;
  const b = turn.yx * sx;
  const c = turn.xy * sy;
  const d = turn.yy * sy;
  const cx = image.width / 2;
  const cy = image.height / 2;
  return {
    a,
    b,
    c,
    d,
    e: screen.width / 2 + pan.x - (a * cx + c * cy),
    f: screen.height / 2 + pan.y - (b * cx + d * cy),
  };
}

/**
 * CSS pixels per image column at which the whole picture shows and nothing written in the corners covers it, not even a
 * side marker burned into its border: either the sides are left free for the corner texts, or bands above and below.
 */
export function fitScale(image: Size, screen: Size, turn: Turn, pixelAspect = 1): number {
  const { beside, between } = fits(image, screen, turn, pixelAspect);
  const scale = Math.max(beside, between);
  return Number.isFinite(scale) && scale > 0 ? scale : 0.01;
}

/** Which of the two ways it is: texts beside the picture, or above and below it. */
export function cornersBeside(image: Size, screen: Size, turn: Turn, pixelAspect = 1): boolean {
  const { beside, between } = fits(image, screen, turn, pixelAspect);
  return beside >= between;
}

function fits(image: Size, screen: Size, turn: Turn, pixelAspect: number): { beside: number; between: number } {
  const lying = turn.xx === 0;
  const tall = image.height * pixelAspect;
  const width = lying ? tall : image.width;
  const height = lying ? image.width : tall;
  const inside = (x: number, y: number) => Math.min((screen.width - 2 * x) / width, (screen.height - 2 * y) / height);
  return { beside: inside(CORNER.side, CORNER.edge), between: inside(CORNER.edge, CORNER.band) };
}

/** Zooms by a factor while the image point under `at` (screen) stays where it is. */
export function zoomedAt(placement: Placement, screen: Size, at: Point, factor: number): Placement {
  const zoom = Math.min(ZOOM_LIMITS.most, Math.max(ZOOM_LIMITS.least, placement.zoom * factor));
  const real = zoom / placement.zoom;
  const dx = at.x - screen.width / 2 - placement.pan.x;
  const dy = at.y - screen.height / 2 - placement.pan.y;
  return { ...placement, zoom, pan: { x: placement.pan.x + dx * (1 - real), y: placement.pan.y + dy * (1 - real) } };
}

export function apply(m: Matrix, p: Point): Point {
  return { x: m.a * p.x + m.c * p.y + m.e, y: m.b * p.x + m.d * p.y + m.f };
}

export function applyInverse(m: Matrix, p: Point): Point {
  const det = m.a * m.d - m.b * m.c;
  const x = p.x - m.e;
  const y = p.y - m.f;
  return { x: (m.d * x - m.c * y) / det, y: (m.a * y - m.b * x) / det };
}

/** The same mapping onto a canvas whose pixels are `ratio` times finer than CSS pixels. */
export function scaled(m: Matrix, ratio: number): Matrix {
  return { a: m.a * ratio, b: m.b * ratio, c: m.c * ratio, d: m.d * ratio, e: m.e * ratio, f: m.f * ratio };
}

export function isFlipped(m: Pick<Matrix, 'a' | 'b' | 'c' | 'd'>): boolean {
  return m.a * m.d - m.b * m.c < 0;
}

/** Degrees clockwise by which the picture was turned after it was mirrored left to right, if it was. */
export function rotationOf(m: Pick<Matrix, 'a' | 'b' | 'c' | 'd'>): 0 | 90 | 180 | 270 {
  const sign = isFlipped(m) ? -1 : 1;
  const x = sign * m.a;
  const y = sign * m.b;
  if (Math.abs(x) >= Math.abs(y)) return x >= 0 ? 0 : 180;
  return y > 0 ? 90 : 270;
}

// −0 would make equal turns compare unequal.
function clean(value: number): number {
  return value === 0 ? 0 : value;
}
