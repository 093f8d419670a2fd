// A dose keeps its own order where the text around it runs right to left: without this `500 mg` reads `mg 500`.
import { Fragment, type ReactNode } from 'react';

/** A number with what is written to it in Latin letters: `500 mg`, `38.5 °C`, `2.5 mg/kg`. */
const DOSE = /(\d[\d.,]*(?:\s?[A-Za-zµμ°%][A-Za-zµμ°%]*(?:\/[A-Za-z0-9]+)*)+)/;

/** The text in pieces; every second one is a dose. */
export const doses = (text: string): string[] => text.split(DOSE);

export function inOrder(text: string): ReactNode {
  return doses(text).map((piece, n) => (n % 2 === 1 ? <bdi key={n} dir="ltr">{piece}</bdi> : <Fragment key={n}>{piece}</Fragment>));
}
