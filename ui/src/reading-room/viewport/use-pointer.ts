// The mouse: left does what the chosen tool does, right zooms, middle pans, the wheel scrolls. A touchpad's pinch arrives
// as a wheel with Ctrl and zooms.
import { useEffect, useRef, type PointerEvent, type MouseEvent } from 'react';

import { clamped } from '../marks/measure';
import type { Drawing } from '../marks/use-drawing';
import { draggedWindow, fullWindow, type Window } from '../pixels/window';
import { useInside } from '../room/context';
import { matrixOf } from '../room/state';
import { applyInverse, type Point } from '../view/matrix';

type Drag =
  | { kind: 'window'; from: Point; window: Window }
  | { kind: 'zoom'; from: Point; last: Point }
  | { kind: 'pan'; last: Point }
  | { kind: 'draw'; from: Point };

/** Wheel travel, in CSS pixels, for one image. */
const NOTCH = 60;
/** A hand trembles by this many pixels. */
const TREMOR = 4;

export function usePointer(drawing: Drawing, mayMark: boolean, onScroll: (step: 1 | -1) => void) {
  const { room } = useInside();
  const drag = useRef<Drag | null>(null);
  const travelled = useRef(0);
  const surface = useRef<HTMLDivElement>(null);
  const scroll = useRef(onScroll);
  useEffect(() => {
    scroll.current = onScroll;
  });

  const at = (event: MouseEvent): Point => {
    const box = surface.current?.getBoundingClientRect();
    return { x: event.clientX - (box?.left ?? 0), y: event.clientY - (box?.top ?? 0) };
  };
  const onImage = (point: Point): Point => {
    const state = room.getState();
    return clamped(applyInverse(matrixOf(state), point), state.image.width, state.image.height);
  };

  function begin(button: number, point: Point): Drag | null {
    const { tool, window, shown } = room.getState();
    if (button === 2) return { kind: 'zoom', from: point, last: point };
    if (button === 1) return { kind: 'pan', last: point };
    if (button !== 0 || !shown) return null;
    if (tool === 'zoom') return { kind: 'zoom', from: point, last: point };
    if (tool === 'pan') return { kind: 'pan', last: point };
    if (tool === 'window') return { kind: 'window', from: point, window: window ?? (shown.frame.kind === 'grey' ? fullWindow(shown.frame) : { width: 256, centre: 128 }) };
    return mayMark || tool === 'region' ? { kind: 'draw', from: point } : null;
  }

  // React listens to the wheel passively, so the page would scroll with the images.
  useEffect(() => {
    const element = surface.current;
    if (!element) return undefined;
    const wheel = (event: WheelEvent) => {
      event.preventDefault();
      if (event.ctrlKey) {
        const box = element.getBoundingClientRect();
        room.getState().zoom(Math.exp(-event.deltaY / 300), { x: event.clientX - box.left, y: event.clientY - box.top });
        return;
      }
      // Lines and pages (Firefox, some mice) count as whole notches.
      travelled.current += event.deltaMode === 0 ? event.deltaY : Math.sign(event.deltaY) * NOTCH;
      while (Math.abs(travelled.current) >= NOTCH) {
        const step = travelled.current > 0 ? 1 : -1;
        travelled.current -= step * NOTCH;
        scroll.current(step);
      }
    };
    element.addEventListener('wheel', wheel, { passive: false });
    return () => element.removeEventListener('wheel', wheel);
  }, [room]);

  return {
    ref: surface,
    onPointerDown(event: PointerEvent<HTMLDivElement>) {
      if (drag.current) return;
      const point = at(event);
      drag.current = begin(event.button, point);
      if (!drag.current) return;
      event.currentTarget.setPointerCapture(event.pointerId);
      if (event.button === 1) event.preventDefault();
      if (drag.current.kind === 'draw') drawing.press(onImage(point));
    },
    onPointerMove(event: PointerEvent<HTMLDivElement>) {
      const point = at(event);
      const now = drag.current;
      const acts = room.getState();
      if (!now || now.kind === 'draw') {
        drawing.move(onImage(point));
      } else if (now.kind === 'window') {
        const frame = acts.shown?.frame;
        acts.setWindow(draggedWindow(now.window, point.x - now.from.x, point.y - now.from.y, frame?.kind === 'grey' ? frame : null));
      } else if (now.kind === 'zoom') {
        acts.zoom(Math.exp((now.last.y - point.y) / 200), now.from);
        drag.current = { ...now, last: point };
      } else {
        acts.pan(point.x - now.last.x, point.y - now.last.y);
        drag.current = { ...now, last: point };
      }
    },
    onPointerUp(event: PointerEvent<HTMLDivElement>) {
      const now = drag.current;
      drag.current = null;
      if (now?.kind !== 'draw') return;
      const point = at(event);
      const state = room.getState();
      const fixed = drawing.draft?.points.at(-2);
      const m = matrixOf(state);
      const far = fixed === undefined || Math.hypot(m.a * fixed.x + m.c * fixed.y + m.e - point.x, m.b * fixed.x + m.d * fixed.y + m.f - point.y) > TREMOR;
      drawing.release(onImage(point), far);
    },
    onPointerCancel() {
      drag.current = null;
    },
    onContextMenu(event: MouseEvent) {
      event.preventDefault();
    },
    onDoubleClick() {
      const { tool, toggle } = room.getState();
      if (tool === 'window' || tool === 'zoom' || tool === 'pan') toggle('full');
    },
  };
}
