// Frames in memory: fetched once, decoded once, bounded by bytes. The least recently shown go first; what is being
// fetched is not fetched twice, and neighbours wait until the frame that the reader asked for has come.
import type { PixelsView } from '../../bindings/types';
import { frameBytes, frameFrom, type Frame } from './frame';

export interface FrameSource {
  readonly grant: string;
  readonly scanId: string;
  readonly layout: PixelsView;
}

export interface FrameCache {
  /** The frame if it is in memory; counts as shown. */
  peek(source: FrameSource, frame: number): Frame | undefined;
  load(source: FrameSource, frame: number): Promise<Frame>;
  /** Fetches frames around `frame`, those ahead in the direction of travel first. */
  prefetch(source: FrameSource, frame: number, direction: 1 | -1): void;
  clear(): void;
  readonly bytes: number;
}

type Fetch = (path: string) => Promise<ArrayBuffer>;

/** `limit` in bytes of decoded frames; `fetchBytes` answers `frame/<grant>/<scan>/<n>`. */
export function frameCache(limit: number, fetchBytes: Fetch): FrameCache {
  const kept = new Map<string, Frame>();
  const coming = new Map<string, Promise<Frame>>();
  let bytes = 0;
  // Frames that come after `clear` belong to nobody: another grant, another patient.
  let era = 0;

  const keyOf = (source: FrameSource, frame: number) => `frame/${source.grant}/${source.scanId}/${frame}`;

  function keep(key: string, frame: Frame): void {
    kept.set(key, frame);
    bytes += frameBytes(frame);
    for (const [oldest, old] of kept) {
      if (bytes <= limit || oldest === key) break;
      kept.delete(oldest);
      bytes -= frameBytes(old);
    }
  }

  function peek(source: FrameSource, frame: number): Frame | undefined {
    const key = keyOf(source, frame);
    const found = kept.get(key);
    if (found) {
      kept.delete(key);
      kept.set(key, found);
    }
    return found;
  }

  async function load(source: FrameSource, frame: number): Promise<Frame> {
    const found = peek(source, frame);
    if (found) return found;
    const key = keyOf(source, frame);
    const running = coming.get(key);
    if (running) return running;
    const mine = era;
    const promise = fetchBytes(key)
      .then((buffer) => frameFrom(buffer, source.layout))
      .then((decoded) => {
        if (mine === era) keep(key, decoded);
        return decoded;
      })
      .finally(() => {
        if (coming.get(key) === promise) coming.delete(key);
      });
    coming.set(key, promise);
    return promise;
  }

  function prefetch(source: FrameSource, frame: number, direction: 1 | -1): void {
    const { frames, rows, columns, samples, bits } = source.layout;
    const one = (rows * columns * samples * bits) / 8;
    // Neighbours may fill at most a third of the memory, or they would push out one another.
    const room = Math.min(6, Math.floor(limit / 3 / Math.max(1, one)));
    const wanted = [1, 2, 3, -1, 4, -2].slice(0, room).map((step) => frame + step * direction);
    void (async () => {
      for (const n of wanted) {
        if (n < 0 || n >= frames || coming.size > 2) continue;
        // A neighbour that fails is asked for again, and its failure shown, when it is the one to be seen.
        await load(source, n).catch(() => undefined);
      }
    })();
  }

  return {
    peek,
    load,
    prefetch,
    clear() {
      era++;
      kept.clear();
      coming.clear();
      bytes = 0;
    },
    get bytes() {
      return bytes;
    },
  };
}
