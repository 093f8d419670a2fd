// The parts of a report in the order of the page.
import type { ReportContent, ReportState, ReportText } from '../bindings/types';

export type Section = keyof ReportText;

export const SECTIONS: readonly Section[] = ['indication', 'technique', 'comparison', 'findings', 'impression', 'recommendation'];

/** Signed as final, or what became of that. */
export const isFinal = (state: ReportState): boolean => state === 'final' || state === 'amended' || state === 'appended';

/** There is something to sign: a report says what was seen or what it means. */
export const saysSomething = ({ text }: ReportContent): boolean => text.findings.trim() !== '' || text.impression.trim() !== '';

/** Whether two contents say the same. */
export const sameContent = (a: ReportContent, b: ReportContent): boolean => JSON.stringify(ordered(a)) === JSON.stringify(ordered(b));

function ordered({ title, language, text, include_ai, include_scan, map }: ReportContent): unknown {
  return [title, language, SECTIONS.map((section) => text[section]), include_ai, include_scan, map === null ? null : [map.class, map.opacity, map.palette]];
}
