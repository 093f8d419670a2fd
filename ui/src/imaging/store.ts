// Imports of this session, as far as they have come. They run in Rust; leaving the screen stops nothing.
import { create } from 'zustand';

import type { ImportView } from '../bindings/types';
import { asFailure, call, on, type Failure } from '../host';

interface Imports {
  jobs: readonly ImportView[];
  /** The panel stands beside the work. */
  panelOpen: boolean;
  dialogOpen: boolean;
  /** Why the last import did not start. */
  problem: Failure | null;
}

export const useImports = create<Imports>(() => ({ jobs: [], panelOpen: false, dialogOpen: false, problem: null }));

/** Starts an import in the background; with an open patient the files are expected to be theirs. */
export async function startImport(paths: readonly string[], patientId: string | null): Promise<void> {
  if (paths.length === 0) return;
  const job = crypto.randomUUID();
  useImports.setState((state) => ({ jobs: [begun(job), ...state.jobs], panelOpen: true, problem: null }));
  try {
    keep(await call('imaging.import', { paths: [...paths], patient_id: patientId, job }));
  } catch (thrown) {
    useImports.setState((state) => ({ jobs: state.jobs.filter((one) => one.job !== job), problem: asFailure(thrown) }));
  }
}

export async function cancelImport(job: string): Promise<void> {
  try {
    await call('imaging.cancel_import', { job });
    keep(await call('imaging.import_state', { job }));
  } catch (thrown) {
    useImports.setState({ problem: asFailure(thrown) });
  }
}

/** Takes over what Rust says. Its whole list and the events' new items arrive in any order: items are joined by index. */
export function keep(view: ImportView): void {
  useImports.setState((state) => ({
    jobs: state.jobs.map((job) => (job.job === view.job ? join(job, view) : job)),
  }));
}

/** The newer word about an item wins; counts never go back. */
export function join(known: ImportView, news: ImportView): ImportView {
  const items = new Map(known.items.map((item) => [item.index, item]));
  for (const item of news.items) items.set(item.index, item);
  return {
    job: known.job,
    found: Math.max(known.found, news.found),
    done: Math.max(known.done, news.done),
    finished: known.finished || news.finished,
    cancelled: known.cancelled || news.cancelled,
    items: [...items.values()].sort((a, b) => a.index - b.index),
  };
}

/** Listens while somebody who may import is signed in. */
export function listenToImports(): () => void {
  return on('imaging.progress', keep);
}

/** Forgets everything, when the person signs out. */
export function forgetImports(): void {
  useImports.setState({ jobs: [], panelOpen: false, dialogOpen: false, problem: null });
}

function begun(job: string): ImportView {
  return { job, found: 0, done: 0, finished: false, cancelled: false, items: [] };
}
