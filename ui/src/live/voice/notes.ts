// What the bubbles of a conversation need to know of writing voice notes down; the thread need not pass it on.
import { createContext, useContext } from 'react';

import type { EngineState, MessageView } from '../../bindings/types';

export interface Notes {
  consultationId: string;
  writer: EngineState;
  /** A message that has changed. */
  take: (message: MessageView) => void;
}

/** None: somebody who reads only. */
export const NotesContext = createContext<Notes | null>(null);

export const useNotes = (): Notes | null => useContext(NotesContext);
