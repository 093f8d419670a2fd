// Keeps the thread true: the newest page, older ones by cursor, events, and what was said here until the record has it.
import { useCallback, useEffect, useRef, useState } from 'react';

import type { MessageView } from '../bindings/types';
import { asFailure, call, on, type Failure } from '../host';
import { leavesGap, merge, type Unkept } from './thread';
import { changeUnkept, useUnkept } from './unsaid';

const PAGE = 60;

interface State {
  messages: readonly MessageView[];
  more: boolean;
  loaded: boolean;
  error: Failure | null;
}

export interface Thread extends State {
  consultationId: string;
  unkept: readonly Unkept[];
  loadingOlder: boolean;
  older: () => void;
  retry: () => void;
  say: (said: Omit<Unkept, 'failed'>) => void;
  forget: (id: string) => void;
  take: (message: MessageView) => void;
}

export function useThread(consultationId: string, command: 'live.messages' | 'own.messages'): Thread {
  const [state, setState] = useState<State>({ messages: [], more: false, loaded: false, error: null });
  const unkept = useUnkept(consultationId);
  const setUnkept = useCallback((next: (all: readonly Unkept[]) => readonly Unkept[]) => changeUnkept(consultationId, next), [consultationId]);
  const [loadingOlder, setLoadingOlder] = useState(false);
  const latest = useRef(state);
  useEffect(() => {
    latest.current = state;
  });

  const take = useCallback((message: MessageView) => {
    setState((now) => ({ ...now, messages: merge(now.messages, [message]) }));
    setUnkept((all) => all.filter(({ id }) => id !== message.id));
  }, [setUnkept]);

  const newest = useCallback(async () => {
    try {
      let page = await call(command, { consultation_id: consultationId, before: null, limit: PAGE });
      const { more } = page;
      let got = page.messages;
      // Back until what is known: nothing between may be missing.
      const known = latest.current.messages.at(-1)?.n ?? 0;
      while (known > 0 && page.more && (got.at(-1)?.n ?? 0) > known + 1) {
        page = await call(command, { consultation_id: consultationId, before: got.at(-1)?.n ?? null, limit: PAGE });
        got = [...got, ...page.messages];
      }
      const ids = new Set(got.map(({ id }) => id));
      setState((now) => ({ messages: merge(now.messages, got), more: now.loaded ? now.more : more, loaded: true, error: null }));
      setUnkept((all) => all.filter(({ id }) => !ids.has(id)));
    } catch (thrown) {
      setState((now) => ({ ...now, error: asFailure(thrown) }));
    }
  }, [command, consultationId, setUnkept]);

  useEffect(() => {
    void newest();
    const stops = [
      on('live.message', ({ consultation_id, message }) => {
        if (consultation_id !== consultationId) return;
        if (latest.current.loaded && leavesGap(latest.current.messages, message)) void newest();
        take(message);
      }),
      on('record.changed', ({ tags }) => tags.includes('messages') && void newest()),
    ];
    return () => stops.forEach((stop) => stop());
  }, [consultationId, newest, take]);

  const older = useCallback(() => {
    const first = latest.current.messages[0];
    if (first === undefined || !latest.current.more) return;
    setLoadingOlder(true);
    void call(command, { consultation_id: consultationId, before: first.n, limit: PAGE })
      .then(({ messages, more }) => setState((now) => ({ ...now, messages: merge(now.messages, messages), more, error: null })))
      .catch((thrown: unknown) => setState((now) => ({ ...now, error: asFailure(thrown) })))
      .finally(() => setLoadingOlder(false));
  }, [command, consultationId]);

  const say = useCallback((said: Omit<Unkept, 'failed'>) => {
    setUnkept((all) => [...all.filter(({ id }) => id !== said.id), { ...said, failed: false }]);
    void call('live.say', { consultation_id: consultationId, message_id: said.id, participant_id: said.from, text: said.text, phrase: said.phrase })
      .then(take)
      .catch(() => setUnkept((all) => all.map((one) => (one.id === said.id ? { ...one, failed: true } : one))));
  }, [consultationId, setUnkept, take]);

  const forget = useCallback((id: string) => setUnkept((all) => all.filter((one) => one.id !== id)), [setUnkept]);

  return { ...state, consultationId, unkept, loadingOlder, older, retry: () => void newest(), say, forget, take };
}
