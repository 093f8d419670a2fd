// The windows that a scan offers, in the order of the number keys: the file's own first, then usual ones. Where there are
// no usual ones (projection radiographs have no unit) one is made from the pixels.
import type { ScanView, WindowView } from '../../bindings/types';
import type { Frame } from './frame';
import { autoWindow } from './window';

/** Windows that have a number key. */
export const KEYED = 5;

const made = new WeakMap<Frame, WindowView>();

export function windowChoices(scan: Pick<ScanView, 'windows'>, frame: Frame | undefined): readonly WindowView[] {
  const { windows } = scan;
  if (frame?.kind !== 'grey' || windows.some(({ source }) => source !== 'file')) return windows;
  const auto = made.get(frame) ?? { label: '', source: 'auto' as const, ...autoWindow(frame) };
  made.set(frame, auto);
  return [...windows, auto];
}
