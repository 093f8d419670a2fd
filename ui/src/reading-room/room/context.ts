// The open scan, its room and its marks, for the parts of the screen inside it.
import { createContext, useContext } from 'react';
import { useStore } from 'zustand';

import type { ScanView } from '../../bindings/types';
import type { BookState, MarkBook } from '../marks/book';
import type { Room, RoomActs, RoomState } from './state';

export interface Inside {
  readonly scan: ScanView;
  readonly room: Room;
  readonly book: MarkBook;
}

export const RoomContext = createContext<Inside | null>(null);

export function useInside(): Inside {
  const inside = useContext(RoomContext);
  if (inside === null) throw new Error('this part belongs inside the reading room');
  return inside;
}

export function useRoom<T>(select: (state: RoomState & RoomActs) => T): T {
  return useStore(useInside().room, select);
}

export function useBook<T>(select: (state: BookState) => T): T {
  return useStore(useInside().book.store, select);
}
