// Goes to the message that was sought: back through older pages until it is there, then to the middle of the screen.
import type { Virtualizer } from '@tanstack/react-virtual';
import { useEffect, type RefObject } from 'react';

import { lookAt } from '../../shared/look-at';
import type { Thread } from '../use-thread';

/** The id of the message that was sought, once it is on the screen. */
export function useSought({ consultationId, messages, more, loaded, loadingOlder, error, older }: Thread, virtual: Virtualizer<HTMLDivElement, Element>, atEndRef: RefObject<boolean>): string | null {
  const sought = lookAt((state) => (state.sought?.consultationId === consultationId ? state.sought : null));
  const shown = lookAt((state) => state.shown);
  useEffect(() => {
    if (sought === null || !loaded) return;
    atEndRef.current = false;
    const index = messages.findIndex(({ id }) => id === sought.messageId);
    if (index < 0 && more && error === null && (messages[0]?.n ?? 0) > sought.n) {
      if (!loadingOlder) older();
      return;
    }
    lookAt.setState({ sought: null, shown: index < 0 ? null : sought.messageId });
    if (index >= 0) virtual.scrollToIndex(index, { align: 'center' });
  }, [sought, loaded, messages, more, loadingOlder, error, older, virtual, atEndRef]);
  useEffect(() => () => lookAt.setState({ shown: null }), []);
  return shown;
}
