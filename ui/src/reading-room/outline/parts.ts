// How each part that a model outlines is drawn. Colours near those that cardiac readers know (inside of the left ventricle
// reddish, outside green, right ventricle yellow), chosen so that people with any colour vision tell them apart; the dashes
// say the same without colour. They do not follow the theme, as nothing on the picture does.

export interface Stroke {
  readonly colour: string;
  /** Of the SVG's `stroke-dasharray`, in CSS pixels; empty: a whole line. */
  readonly dash: string;
}

const STROKES: Readonly<Record<string, Stroke>> = {
  right_ventricle: { colour: '#fff566', dash: '3 3' },
  myocardium: { colour: '#17cf8f', dash: '10 4' },
  left_ventricle: { colour: '#ff8df0', dash: '' },
};

/** Of a part that a later model may bring. */
const OTHER: Stroke = { colour: '#e9eef2', dash: '9 3 2 3' };

export const strokeOf = (part: string): Stroke => STROKES[part] ?? OTHER;

/** In this order they stand in the key: as they lie on a short-axis picture, from the right of the patient to the left. */
export const PARTS: readonly string[] = Object.keys(STROKES);

/** What lies under each line, so that it is seen on white too: black, so much of it. */
export const SHADE = 0.82;

/** Widths in CSS pixels: of the line, and of the shade under it. */
export const WIDTH = { line: 2, shade: 4.5 } as const;
