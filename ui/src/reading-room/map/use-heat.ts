// The map that the reader asked for, as a small picture of the whole image; fetched only when it is to be shown.
import { useEffect, useMemo, useState } from 'react';

import type { ReadingView } from '../../bindings/types';
import { pixels } from '../../host';
import { asFailure, Failure } from '../../host/types';
import { useRoom } from '../room/context';
import { useSession } from '../../shared/session-store';
import { gridFrom, heatPixels, type Grid } from './heat';

export interface HeatState {
  /** Null while it is not there, is empty, or is not wanted. */
  readonly picture: HTMLCanvasElement | null;
  /** The grid came and is zero everywhere. */
  readonly empty: boolean;
  readonly problem: Failure | null;
  retry(): void;
}

const SIDE = 224;

/** `wanted` is false while the map is switched off or belongs to another frame. */
export function useHeat(reading: ReadingView | undefined, classIndex: number | null, wanted: boolean): HeatState {
  const grant = useSession((session) => session.grant);
  const palette = useRoom((room) => room.map.palette);
  const answer = reading?.answer;
  const path = wanted && reading && answer?.kind === 'assessed' && classIndex !== null ? `map/${grant}/${reading.id}/${classIndex}` : null;
  const rows = answer?.kind === 'assessed' ? answer.grid_rows : 0;
  const columns = answer?.kind === 'assessed' ? answer.grid_columns : 0;
  const [come, setCome] = useState<{ path: string; grid?: Grid; problem?: Failure } | null>(null);
  const [tries, setTries] = useState(0);

  useEffect(() => {
    if (path === null) return undefined;
    let left = false;
    pixels(path).then(
      (bytes) => {
        if (left) return;
        const grid = gridFrom(bytes, rows, columns);
        setCome(grid ? { path, grid } : { path, problem: new Failure({ code: 'damaged', message_id: 'reading-room-map-mismatch', args: {} }) });
      },
      (thrown: unknown) => {
        if (!left) setCome({ path, problem: asFailure(thrown) });
      },
    );
    return () => {
      left = true;
    };
  }, [path, rows, columns, tries]);

  const here = come?.path === path ? come : null;
  const grid = here?.grid;
  const picture = useMemo(() => (grid ? drawn(heatPixels(grid, palette, SIDE)) : null), [grid, palette]);
  return {
    picture,
    empty: grid?.most === 0,
    problem: here?.problem ?? null,
    retry: () => {
      setCome(null);
      setTries((n) => n + 1);
    },
  };
}

function drawn(rgba: Uint8ClampedArray<ArrayBuffer> | null): HTMLCanvasElement | null {
  if (!rgba) return null;
  const canvas = document.createElement('canvas');
  canvas.width = SIDE;
  canvas.height = SIDE;
  canvas.getContext('2d')?.putImageData(new ImageData(rgba, SIDE, SIDE), 0, 0);
  return canvas;
}
