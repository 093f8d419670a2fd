// Phrases by a dot: `.nad` and a space become the doctor's own sentence.
import type { MacroView } from '../../bindings/types';

/** A dot and letters that end where the caret stands; a dot inside a word or number is none. */
export interface Typed {
  readonly name: string;
  /** Where the dot stands. */
  readonly start: number;
}

const DOTTED = /(?:^|[\s(])\.([\p{L}\p{N}_-]{0,24})$/u;

/** What is being typed before the caret. */
export function typedAt(text: string, caret: number): Typed | null {
  const name = DOTTED.exec(text.slice(0, caret))?.[1];
  return name === undefined ? null : { name, start: caret - name.length - 1 };
}

/** Letters that say enough to be looked for in the text itself. */
const TELLING = 3;

/** The macros whose name begins like that, then those that hold it anywhere. */
export function offered(macros: readonly MacroView[], name: string): MacroView[] {
  const asked = name.toLowerCase();
  const begins = macros.filter((macro) => macro.name.toLowerCase().startsWith(asked));
  const holds = macros.filter((macro) => !begins.includes(macro) && asked !== '' && (macro.name.toLowerCase().includes(asked) || (asked.length >= TELLING && macro.text.toLowerCase().includes(asked))));
  return [...begins, ...holds].slice(0, 8);
}

/** The text with the macro in place of what was typed, and where the caret then stands. */
export function expanded(text: string, { start, name }: Typed, macro: Pick<MacroView, 'text'>, then = ''): { text: string; caret: number } {
  const before = text.slice(0, start) + macro.text + then;
  return { text: before + text.slice(start + 1 + name.length), caret: before.length };
}

/** What a space after `.name` means: the macro of just that name. */
export const named = (macros: readonly MacroView[], name: string): MacroView | undefined => macros.find((macro) => macro.name.toLowerCase() === name.toLowerCase());

/** Letters, digits, `-` and `_`. */
export const isMacroName = (name: string): boolean => /^[\p{L}\p{N}_-]{1,24}$/u.test(name);
