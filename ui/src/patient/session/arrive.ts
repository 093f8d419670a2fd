// From a link or a spoken code to a stream of one's own and a secret shared with the doctor's computer.
import { JoinLink, parseGreeting } from '../../seal';
import { type Bytes, fromBase64, idBytes, toBase64 } from '../wire/bytes';
import { greeting, knock, type Knocked, RequestTrouble } from '../wire/http';
import type { Line, LineNews } from '../wire/line';
import type { Arrival, Kept } from './keep';
import type { Over } from './talk';

/** It cannot go on; trying again would not help. */
export class Stopped extends Error {
  constructor(readonly why: Over) {
    super(why);
  }
}

/** The ways out of this module. */
export interface Door {
  /** Told when the way is blocked for now. */
  blocked: (by: 'network' | 'crowd') => void;
  makeLine: (token: string, hear: (news: LineNews) => void) => Line;
  /** Ends it from outside. */
  signal: AbortSignal;
}

type Way = Pick<Kept, 'door' | 'stream' | 'token' | 'hostKey' | 'psk' | 'cursor'>;

/** By a link: the door's key must be the one that the link names, or nothing is sent at all. */
export async function byLink({ door, fragment }: Arrival, out: Door): Promise<Way> {
  const link = orStop('badLink', () => JoinLink.parse(door, fragment));
  const hung = await orStopLater('closed', out, () => greeting(door));
  const read = orStop('notDoctor', () => parseGreeting(hung));
  if (read.way !== 'link') throw new Stopped('notDoctor');
  const host = await link.host(read.host).catch(() => {
    throw new Stopped('notDoctor');
  });
  const { stream, token } = await orStopLater('closed', out, () => knock(door));
  return { door, stream, token, hostKey: toBase64(host.toBytes()), psk: { id: 'link', key: toBase64(link.psk.key) }, cursor: 0 };
}

/** By ten spoken digits. The first answer of the host decides: a code has one try. */
export async function byCode(digits: string, out: Door): Promise<Way> {
  // Its curve is not in the browser: fetched only by those who need it.
  const { parseSpokenCode, SpokenGuest } = await orStopLater('codeClosed', out, () => import('../../seal/spoken').catch(() => {
    throw new RequestTrouble('network');
  }));
  const code = orStop('wrongCode', () => parseSpokenCode(digits));
  const hung = await orStopLater('codeClosed', out, () => greeting(code.door));
  if (orStop('codeClosed', () => parseGreeting(hung)).way !== 'spoken') throw new Stopped('codeClosed');
  const knocked = await orStopLater('codeClosed', out, () => knock(code.door));
  const { guest, envelope } = await SpokenGuest.knock(code, idBytes(knocked.stream));
  const { answer, cursor } = await exchange(knocked, envelope, out);
  const { host, psk } = await guest.finish(answer).catch(() => {
    throw new Stopped('wrongCode');
  });
  return { door: code.door, stream: knocked.stream, token: knocked.token, hostKey: toBase64(host.toBytes()), psk: { id: 'spoken', key: toBase64(psk.key) }, cursor };
}

/** Sends the PAKE's message and waits for the host's. */
function exchange({ stream, token }: Knocked, envelope: Uint8Array, { makeLine, blocked, signal }: Door) {
  return new Promise<{ answer: Bytes; cursor: number }>((resolve, reject) => {
    const key = crypto.randomUUID();
    const done = (act: () => void) => {
      line.stop();
      act();
    };
    const line = makeLine(token, (news) => {
      if (news.is === 'down') blocked('network');
      if (news.is === 'turned away') done(() => reject(new Stopped('codeClosed')));
      if (news.is === 'up') {
        line.send({ t: 'subscribe', stream, after: 0 });
        line.send({ t: 'append', stream, key, envelope: toBase64(envelope) });
      }
      if (news.is !== 'frame') return;
      const { frame } = news;
      if (frame.t === 'entry' && frame.from === 'host') done(() => resolve({ answer: fromBase64(frame.envelope), cursor: frame.seq }));
      if (frame.t === 'closed') done(() => reject(new Stopped('codeClosed')));
      if (frame.t === 'refused' && frame.key === key) done(() => reject(new Stopped('codeClosed')));
    });
    signal.addEventListener('abort', () => done(() => reject(new Stopped('left'))));
    line.start();
  });
}

function orStop<T>(why: Over, act: () => T): T {
  try {
    return act();
  } catch {
    throw new Stopped(why);
  }
}

/** Tries until it goes well, or until it is certain that it never will. */
async function orStopLater<T>(why: Over, { blocked, signal }: Door, act: () => Promise<T>): Promise<T> {
  for (let tries = 0; ; tries += 1) {
    if (signal.aborted) throw new Stopped('left');
    try {
      return await act();
    } catch (error) {
      if (!(error instanceof RequestTrouble) || !error.passes) throw new Stopped(why);
      blocked(error.why === 'too many' ? 'crowd' : 'network');
      await pause(error.retryMs ?? Math.min(15_000, 1_000 * 2 ** tries), signal);
    }
  }
}

/** Waits; the network's return or leaving ends it early. */
function pause(ms: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const done = () => {
      clearTimeout(timer);
      window.removeEventListener('online', done);
      signal.removeEventListener('abort', done);
      resolve();
    };
    const timer = setTimeout(done, ms);
    window.addEventListener('online', done);
    signal.addEventListener('abort', done);
  });
}
