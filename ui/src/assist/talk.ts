// Questions and answers of this session. They live in this window's memory only, and a talk about one patient ends when
// another patient comes on the screen: no answer stands beside a chart that it is not about.
import { create } from 'zustand';

import type { AssistAnswerView, AssistEvent } from '../bindings/types';
import { asFailure, call, on, type Failure } from '../host';
import { sessionStore } from '../shared/session-store';

export type Scope = { about: 'app' } | { about: 'chart'; patientId: string } | { about: 'reports' };

export interface Entry {
  job: string;
  scope: Scope;
  question: string;
  /** What was found; none while it is looked for. */
  answer?: AssistAnswerView;
  /** What the engine wrote so far. */
  told?: AssistEvent;
  failure?: Failure;
  stopped?: boolean;
}

interface Talk {
  entries: readonly Entry[];
  /** What the person said to an engine, by what is asked about; not yet asked where it is missing. */
  engine: Partial<Record<Scope['about'], boolean>>;
  /** What stands in the question box. */
  draft: string;
}

const NOTHING: Talk = { entries: [], engine: {}, draft: '' };

export const useTalk = create<Talk>(() => NOTHING);

// Signed out: nothing of before may stay for the next person, or for the next time.
sessionStore.subscribe(({ session }) => {
  if (session === null) useTalk.setState(NOTHING);
});

/** Drops what is about other patients than the one on screen. */
export function keepOnly(patientId: string | null): void {
  const { entries } = useTalk.getState();
  const others = entries.filter(({ scope }) => scope.about === 'chart' && scope.patientId !== patientId);
  if (others.length === 0) return;
  others.filter(isWriting).forEach((entry) => void call('assist.stop', { job: entry.job }).catch(() => undefined));
  useTalk.setState({ entries: entries.filter((entry) => !others.includes(entry)) });
}

export const sameScope = (one: Scope, other: Scope) => one.about === other.about && (one.about !== 'chart' || other.about !== 'chart' || one.patientId === other.patientId);

/** Something still comes: the answer itself, or the engine's words. */
export function isWriting({ answer, told, failure, stopped }: Entry): boolean {
  if (failure !== undefined || stopped === true) return false;
  return answer === undefined || (answer.writing !== null && (told === undefined || told.stage.stage === 'writing'));
}

export async function ask(scope: Scope, question: string, withEngine: boolean): Promise<void> {
  const job = crypto.randomUUID();
  useTalk.setState(({ entries }) => ({ entries: [...entries, { job, scope, question }] }));
  const asked = { job, question, with_engine: withEngine };
  try {
    const answer = scope.about === 'app' ? await call('assist.ask', asked)
      : scope.about === 'chart' ? await call('assist.ask_about_chart', { ...asked, patient_id: scope.patientId })
        : await call('assist.ask_about_reports', asked);
    change(job, { answer });
  } catch (thrown) {
    change(job, { failure: asFailure(thrown) });
  }
}

/** The same question once more, by whom it was answered last. */
export const askAgain = ({ scope, question }: Entry) => ask(scope, question, useTalk.getState().engine[scope.about] === true);

export function stop(job: string): void {
  change(job, { stopped: true });
  void call('assist.stop', { job }).catch(() => undefined);
}

/** Hears what the engine writes. Mounted with the panel; returns how to stop. */
export function listen(): () => void {
  return on('assist.answer', (told) => change(told.job, { told }));
}

function change(job: string, what: Partial<Entry>): void {
  useTalk.setState(({ entries }) => ({ entries: entries.map((entry) => (entry.job === job ? { ...entry, ...what } : entry)) }));
}
