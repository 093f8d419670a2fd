// Commands as React sees them: cached views and acts that refresh them. The command table says which
// views an act makes stale; nobody invalidates by hand.
import { hashKey, QueryClient, useInfiniteQuery, useMutation, useQuery } from '@tanstack/react-query';
import { useEffect } from 'react';

import { table } from '../bindings/commands';
import type { Tag } from '../bindings/types';
import { asFailure, call, on, type CommandName, type Failure, type Request, type Response } from '.';

declare module '@tanstack/react-query' {
  interface Register {
    defaultError: Failure;
  }
}

export const queries = new QueryClient({
  defaultOptions: {
    // The machine is local: being offline is no reason to wait, and a refusal does not heal by asking again.
    queries: { networkMode: 'always', retry: false, staleTime: 10_000, refetchOnWindowFocus: false },
    mutations: { networkMode: 'always', retry: false },
  },
});

/** Makes every cached view stale that carries one of these tags. */
export function refresh(tags: readonly Tag[]): void {
  if (tags.length === 0) return;
  void queries.invalidateQueries({
    predicate: ({ queryKey }) => {
      const row = table[queryKey[0] as CommandName];
      return row !== undefined && row.provides.some((tag) => tags.includes(tag));
    },
  });
}

/** Views that were asked while the window was locked. */
const behind = new Set<string>();

/** A locked window is refused; what its owner left on the screen, with what they were writing, stays under the lock as it was. */
async function ask<N extends CommandName>(name: N, request: Request<N>): Promise<Response<N>> {
  try {
    return await call(name, request);
  } catch (thrown) {
    const before = queries.getQueryData<Response<N>>([name, request]);
    if (before === undefined || asFailure(thrown).code !== 'locked') throw thrown;
    behind.add(hashKey([name, request]));
    return before;
  }
}

/** Asks again what was refused while the window was locked. */
export function catchUp(): void {
  void queries.invalidateQueries({ predicate: ({ queryHash }) => behind.delete(queryHash) });
}

interface ViewOptions {
  enabled?: boolean;
  /** Keeps the last answer on screen while the next one is fetched. */
  keep?: boolean;
}

/** A command that only shows something. */
export function useView<N extends CommandName>(name: N, request: Request<N>, { enabled = true, keep = false }: ViewOptions = {}) {
  return useQuery<Response<N>, Failure>({
    queryKey: [name, request],
    queryFn: () => ask(name, request),
    enabled,
    ...(keep ? { placeholderData: (before: Response<N> | undefined) => before as never } : {}),
  });
}

type PagedName = { [N in CommandName]: Request<N> extends { cursor: string | null } ? N : never }[CommandName];

/** A command that answers page by page; `request` is everything but the cursor. */
export function usePages<N extends PagedName>(name: N, request: Omit<Request<N>, 'cursor'>) {
  return useInfiniteQuery({
    queryKey: [name, request],
    queryFn: ({ pageParam }) => call(name, { ...request, cursor: pageParam } as Request<N>),
    initialPageParam: null as string | null,
    getNextPageParam: (last: Response<N>) => last.next,
    placeholderData: (before) => before,
  });
}

/** A command that changes something. */
export function useCommand<N extends CommandName>(name: N) {
  return useMutation<Response<N>, Failure, Request<N>>({
    mutationFn: (request) => call(name, request),
    onSuccess: () => refresh(table[name].stales),
  });
}

/** Keeps cached views true while something else changes the record. Mounted once. */
export function useRecordChanges(): void {
  useEffect(() => on('record.changed', ({ tags }) => refresh(tags)), []);
}
