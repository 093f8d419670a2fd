// Everything in the reading room that has a key. Eager: the palette, the cheat sheet and remapping read it, so it must
// not import the viewer.
import type { Action } from '../shared/keys';
import { NUMBERS } from './numbers';

const KEYS = {
  window: ['W'],
  zoom: ['Z'],
  pan: ['P'],
  length: ['M'],
  angle: ['Shift+M'],
  ellipse: ['E'],
  rectangle: ['B'],
  note: ['T'],
  'rotate-right': ['R'],
  'rotate-left': ['L'],
  'flip-horizontal': ['H'],
  'flip-vertical': ['V'],
  invert: ['I'],
  reset: ['Space'],
  'zoom-in': ['+'],
  'zoom-out': ['-'],
  fit: ['='],
  cine: ['C'],
  'frame-next': ['ArrowDown'],
  'frame-previous': ['ArrowUp'],
  'frame-first': ['Home'],
  'frame-last': ['End'],
  'scan-next': ['PageDown', 'ArrowRight'],
  'scan-previous': ['PageUp', 'ArrowLeft'],
  full: ['F'],
  corners: ['O'],
  map: ['G'],
  'map-fainter': ['['],
  'map-stronger': [']'],
  read: [],
  agree: ['A'],
  disagree: ['X'],
  record: ['Enter'],
  report: ['D'],
  'next-patient': ['N'],
  'delete-mark': ['Backspace', 'Delete'],
  undo: ['Ctrl+Z'],
  redo: ['Ctrl+Y', 'Ctrl+Shift+Z'],
  cancel: ['Escape'],
} as const satisfies Record<string, readonly string[]>;

/** Keys that only make sense as keys: the palette does not offer them. */
const KEY_ONLY: readonly string[] = ['record', 'cancel', 'map-fainter', 'map-stronger', 'zoom-in', 'zoom-out', 'frame-next', 'frame-previous'];

type Plain = keyof typeof KEYS;
type Numbered = `number-${(typeof NUMBERS)[number]}` | `map-class-${(typeof NUMBERS)[number]}`;
export type ReadingRoomAction = `reading-room.${Plain | Numbered}`;

const row = (name: Plain | Numbered, keys: readonly string[], keyOnly: boolean): Action => ({
  ...(name === 'cancel' ? { whileTyping: true } : {}),
  id: `reading-room.${name}` satisfies ReadingRoomAction,
  keys,
  scope: 'reading-room',
  label: `reading-room:action.${name}`,
  keyOnly,
});

export const readingRoomActions: readonly Action[] = [
  ...(Object.keys(KEYS) as Plain[]).map((name) => row(name, KEYS[name], KEY_ONLY.includes(name))),
  // A number means a window, and a class while a verdict is being given.
  ...NUMBERS.map((n) => row(`number-${n}`, [String(n)], true)),
  ...NUMBERS.map((n) => row(`map-class-${n}`, [`Shift+${n}`], true)),
];
