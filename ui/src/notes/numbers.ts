// The messages of the consultation beside the note, fetched once; sentences name them by their number.
import { createContext, useContext, useEffect, useState } from 'react';

import type { MessageView } from '../bindings/types';
import { asFailure, call, on, type Failure } from '../host';

const PAGE = 200;

/** Message → its number in the conversation. */
export const Numbers = createContext<ReadonlyMap<string, number>>(new Map());
export const useNumbers = () => useContext(Numbers);

export function useMessages(consultationId: string): { messages: readonly MessageView[] | null; error: Failure | null } {
  const [state, setState] = useState<{ messages: readonly MessageView[] | null; error: Failure | null }>({ messages: null, error: null });
  useEffect(() => {
    let gone = false;
    const all = async () => {
      const messages: MessageView[] = [];
      let more = true;
      while (more && !gone) {
        const page = await call('live.messages', { consultation_id: consultationId, before: messages.at(-1)?.n ?? null, limit: PAGE });
        messages.push(...page.messages);
        more = page.more;
      }
      if (!gone) setState({ messages: messages.sort((a, b) => a.n - b.n), error: null });
    };
    const load = () => void all().catch((thrown: unknown) => !gone && setState((now) => ({ ...now, error: asFailure(thrown) })));
    load();
    const stop = on('live.message', ({ consultation_id }) => consultation_id === consultationId && load());
    return () => {
      gone = true;
      stop();
    };
  }, [consultationId]);
  return state;
}
