import { useEffect, useState } from 'react';

import type { Failure } from '../host';

/** Seconds until the next try, after too many wrong ones; counts down. */
export function useWait(error: Failure | null): number {
  const [until, setUntil] = useState({ error, at: 0 });
  const [now, setNow] = useState(() => Date.now());
  if (until.error !== error) {
    const seconds = error?.code === 'too_many_tries' ? Number(error.args['seconds'] ?? 0) : 0;
    setUntil({ error, at: now + seconds * 1000 });
  }
  const left = Math.max(0, Math.ceil((until.at - now) / 1000));
  const counting = left > 0;
  useEffect(() => {
    if (error === null) return undefined;
    const tick = window.setInterval(() => setNow(Date.now()), 500);
    return () => window.clearInterval(tick);
  }, [error, counting]);
  return left;
}
