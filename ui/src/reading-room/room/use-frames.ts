// Brings the frame that is asked for to the screen: from memory at once, else from the host; then fetches neighbours.
// The frame number on the screen changes together with its pixels, never before them.
import { useEffect, useRef, useState } from 'react';
import { useStore } from 'zustand';

import type { ScanView } from '../../bindings/types';
import { pixels } from '../../host';
import { asFailure, Failure } from '../../host/types';
import { useSession } from '../../shared/session-store';
import { frameCache } from '../pixels/cache';
import { FrameMismatch } from '../pixels/frame';
import type { Room } from './state';

const MEBIBYTE = 2 ** 20;
const cache = frameCache(256 * MEBIBYTE, pixels);
/** Frames a second where the file names none: the usual rate of cardiac loops. */
export const USUAL_RATE = 25;

export interface FrameState {
  readonly problem: Failure | null;
  readonly waiting: boolean;
  retry(): void;
}

export function useFrames(scan: ScanView, room: Room): FrameState {
  const grant = useSession((session) => session.grant);
  const frame = useStore(room, (state) => state.frame);
  const playing = useStore(room, (state) => state.playing);
  const [problem, setProblem] = useState<Failure | null>(null);
  const [waiting, setWaiting] = useState(true);
  const [tries, setTries] = useState(0);
  const before = useRef(0);
  const { id, pixels: layout } = scan;

  // What was decoded for one session or one study is not kept for the next.
  useEffect(() => () => cache.clear(), [grant]);

  useEffect(() => {
    const source = { grant, scanId: id, layout };
    const direction = frame >= before.current ? 1 : -1;
    before.current = frame;
    let left = false;
    const at = cache.peek(source, frame);
    const come = at ? Promise.resolve(at) : cache.load(source, frame);
    const timer = at ? 0 : window.setTimeout(() => setWaiting(true), 150);
    come.then(
      (loaded) => {
        if (left) return;
        room.getState().show(frame, loaded);
        setProblem(null);
        setWaiting(false);
        cache.prefetch(source, frame, direction);
      },
      (thrown: unknown) => {
        if (left) return;
        room.getState().setPlaying(false);
        setProblem(thrown instanceof FrameMismatch ? new Failure({ code: 'damaged', message_id: 'reading-room-frame-mismatch', args: {} }) : asFailure(thrown));
        setWaiting(false);
      },
    ).finally(() => window.clearTimeout(timer));
    return () => {
      left = true;
      window.clearTimeout(timer);
    };
  }, [grant, id, layout, frame, tries, room]);

  useCine(room, playing, layout.frame_rate ?? USUAL_RATE);
  return { problem, waiting, retry: () => setTries((n) => n + 1) };
}

/** Steps at the file's rate, but never past a frame that has not come: no frame of a loop is skipped unseen. */
function useCine(room: Room, playing: boolean, rate: number): void {
  useEffect(() => {
    if (!playing) return undefined;
    const period = 1000 / Math.min(60, Math.max(1, rate));
    let due = performance.now() + period;
    let handle = 0;
    const tick = (now: number) => {
      handle = requestAnimationFrame(tick);
      const { frame, shown, frames, goTo } = room.getState();
      if (now < due || shown?.index !== frame) return;
      due = Math.max(due + period, now);
      goTo((frame + 1) % frames);
    };
    handle = requestAnimationFrame(tick);
    return () => cancelAnimationFrame(handle);
  }, [room, playing, rate]);
}
