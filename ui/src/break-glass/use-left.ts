// What is left of the hour. The record's word counts; between two words of it this window's own time goes on, which a
// changed clock does not move.
import { useEffect, useState } from 'react';

/** Whole seconds that are left; `over` is called once when there are none. */
export function useLeft(leftMs: number, told: number, over: () => void): number {
  const [now, setNow] = useState(() => performance.now());
  useEffect(() => {
    const timer = window.setInterval(() => setNow(performance.now()), 500);
    return () => window.clearInterval(timer);
  }, []);
  const left = Math.max(0, Math.ceil((leftMs - Math.max(0, now - told)) / 1000));
  useEffect(() => {
    if (left === 0) over();
  }, [left, over]);
  return left;
}

/** `59:07`. */
export function showLeft(seconds: number): string {
  return `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, '0')}`;
}
