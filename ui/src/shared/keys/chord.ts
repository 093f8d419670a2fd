// How a key combination is written: `Ctrl+K`, `Shift+ArrowUp`, `g`, `?`, `Space`. On a Mac, Ctrl also means Command.

/** A key event as a chord; none for a lone modifier. */
export function chordOf(event: Pick<KeyboardEvent, 'key' | 'ctrlKey' | 'metaKey' | 'altKey' | 'shiftKey'>): string | undefined {
  if (['Control', 'Shift', 'Alt', 'Meta', 'AltGraph', 'Dead', 'Unidentified'].includes(event.key)) return undefined;
  const printable = event.key.length === 1 && event.key !== ' ';
  const key = event.key === ' ' ? 'Space' : printable ? event.key.toUpperCase() : event.key;
  const letter = /^[A-Z]$/.test(key);
  const parts = [];
  if (event.ctrlKey || event.metaKey) parts.push('Ctrl');
  if (event.altKey) parts.push('Alt');
  // Shift is part of what makes "?" or "+", but not of what a letter or arrow means.
  if (event.shiftKey && (letter || !printable)) parts.push('Shift');
  return [...parts, key].join('+');
}

/** Shift with a number key, whatever that types on this keyboard (`!`, `"`, `1`): none for other events. */
export function digitChord(event: Pick<KeyboardEvent, 'code' | 'ctrlKey' | 'metaKey' | 'altKey' | 'shiftKey'>): string | undefined {
  const digit = /^Digit(\d)$/.exec(event.code)?.[1];
  return digit !== undefined && event.shiftKey && !event.ctrlKey && !event.metaKey && !event.altKey ? `Shift+${digit}` : undefined;
}

/** A chord as written by a person, in the one spelling that `chordOf` gives. */
export function normalise(chord: string): string {
  const plus = chord.endsWith('+');
  const parts = (plus ? chord.slice(0, -1) : chord).split('+').filter((part) => part !== '');
  const key = plus ? '+' : (parts.pop() ?? '');
  const modifiers = ['Ctrl', 'Alt', 'Shift'].filter((modifier) => parts.some((part) => part.toLowerCase() === modifier.toLowerCase()));
  return [...modifiers, key.length === 1 ? key.toUpperCase() : key].join('+');
}

/** Whether a chord would be typed as text and must not fire in a field. */
export function isTyped(chord: string): boolean {
  return !chord.startsWith('Ctrl+') && !chord.startsWith('Alt+') && !/^F\d+$/.test(chord);
}

const shown: Record<string, string> = {
  ArrowUp: '↑', ArrowDown: '↓', ArrowLeft: '←', ArrowRight: '→', Escape: 'Esc', PageUp: 'PgUp', PageDown: 'PgDn', Backspace: '⌫', Enter: '↵',
};

/** A chord as caps: `['Ctrl', 'K']`. */
export function caps(chord: string): string[] {
  const written = normalise(chord);
  const parts = written === '+' ? ['+'] : written.endsWith('++') ? [...written.slice(0, -2).split('+'), '+'] : written.split('+');
  return parts.map((part) => shown[part] ?? part);
}
