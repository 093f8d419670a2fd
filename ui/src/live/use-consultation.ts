// One consultation as it stands: the view, kept true by its event; acts put their answer straight into it.
import { useMutation } from '@tanstack/react-query';
import { useEffect } from 'react';

import type { ConsultationView } from '../bindings/types';
import { call, on, type CommandName, type Failure, type Request, type Response } from '../host';
import { queries, refresh, useView } from '../host/query';

type ActName = { [N in CommandName]: Response<N> extends ConsultationView ? (N extends `live.${string}` ? N : never) : never }[CommandName];

export function useConsultation(id: string) {
  return useView('live.view', { consultation_id: id });
}

/** An act on a consultation: its answer is the new view, on screen at once. */
export function useAct<N extends ActName>(name: N) {
  return useMutation<ConsultationView, Failure, Request<N>>({
    mutationFn: (request) => call(name, request),
    onSuccess: (view) => {
      queries.setQueryData(['live.view', { consultation_id: view.id }], view);
      if (name === 'live.start' || name === 'live.end') refresh(['consultations', 'chart']);
    },
  });
}

/** Asks again when people, waiting room or connection changed. Mounted once, by the frame's part of this feature. */
export function useConsultationChanges(): void {
  useEffect(() => on('live.changed', ({ consultation_id }) => {
    void queries.invalidateQueries({ queryKey: ['live.view', { consultation_id }] });
    void queries.invalidateQueries({ queryKey: ['live.page'] });
  }), []);
}
