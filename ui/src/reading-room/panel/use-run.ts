// Asking for a reading and following it; another room's jobs are none of ours.
import { useEffect, useState } from 'react';

import type { ErrorView, ReadingStage } from '../../bindings/types';
import { table } from '../../bindings/commands';
import { call, on } from '../../host';
import { refresh } from '../../host/query';
import { asFailure } from '../../host/types';

export interface RunState {
  readonly stage: ReadingStage['kind'] | null;
  readonly problem: ErrorView | null;
  /** The reading that it made. */
  readonly readingId: string | null;
  readonly busy: boolean;
  start(frame: number, modelId: string | null): void;
  cancel(): void;
}

export function useRun(scanId: string): RunState {
  const [job, setJob] = useState<{ id: string; stage: ReadingStage } | null>(null);
  const id = job?.id;

  const take = (jobId: string, stage: ReadingStage) => setJob((now) => (now?.id === jobId ? { id: jobId, stage } : now));
  useEffect(() => {
    if (id === undefined) return undefined;
    return on('reading.progress', (progress) => {
      if (progress.job !== id || progress.scan_id !== scanId) return;
      take(id, progress.stage);
      if (progress.stage.kind === 'done') refresh(['scan', 'worklist', 'chart']);
    });
  }, [id, scanId]);

  const kind = job?.stage.kind ?? null;
  return {
    stage: kind,
    problem: job?.stage.kind === 'failed' ? job.stage.problem : null,
    readingId: job?.stage.kind === 'done' ? job.stage.reading_id : null,
    busy: kind === 'queued' || kind === 'running',
    start(frame, modelId) {
      const fresh = crypto.randomUUID();
      setJob({ id: fresh, stage: { kind: 'queued' } });
      // The listener must stand before the job can finish.
      window.setTimeout(() => {
        call('reading.read', { scan_id: scanId, frame, model_id: modelId, job: fresh }).then(
          () => refresh(table['reading.read'].stales),
          (thrown: unknown) => take(fresh, { kind: 'failed', problem: asFailure(thrown) }),
        );
      });
    },
    cancel() {
      if (id !== undefined) call('reading.cancel', { job: id }).catch((thrown: unknown) => take(id, { kind: 'failed', problem: asFailure(thrown) }));
    },
  };
}
