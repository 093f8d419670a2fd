import { beforeEach, expect, test, vi } from 'vitest';

import type { AssistAnswerView, AssistEvent } from '../bindings/types';
import { replaceHost, type Host } from '../host';
import { sessionStore } from '../shared/session-store';
import { ask, isWriting, keepOnly, listen, stop, useTalk } from './talk';
import { withheldWords } from './words';

const answer = (job: string, writing: string | null): AssistAnswerView => ({
  job, sources: [], found: 0, kept_back: [], read: 3, read_all: true, writing, refused: null, ask_your_doctor: false,
});
const asked: [string, unknown][] = [];
let tell: (told: AssistEvent) => void = () => undefined;

beforeEach(() => {
  asked.length = 0;
  useTalk.setState({ entries: [], engine: {}, draft: '' });
  const call = async (name: string, request: { job: string; with_engine: boolean }) => {
    asked.push([name, request]);
    return name === 'assist.stop' ? null : answer(request.job, request.with_engine ? 'small' : null);
  };
  replaceHost({ call, on: (_: string, handler: typeof tell) => { tell = handler; return vi.fn(); } } as unknown as Host);
});

test('a question goes to the command of its scope, and is at work until the engine has ended', async () => {
  listen();
  await ask({ about: 'chart', patientId: 'p1' }, 'Fever?', true);
  const [entry] = useTalk.getState().entries;
  expect(asked[0]).toEqual(['assist.ask_about_chart', { job: entry?.job, question: 'Fever?', with_engine: true, patient_id: 'p1' }]);
  expect(entry && isWriting(entry)).toBe(true);
  tell({ job: entry?.job ?? '', statements: [], withheld: [], stage: { stage: 'done' } });
  const [done] = useTalk.getState().entries;
  expect(done && isWriting(done)).toBe(false);
});

test('another patient on the screen ends and drops what is about the one before', async () => {
  await ask({ about: 'chart', patientId: 'p1' }, 'Fever?', true);
  await ask({ about: 'app' }, 'How?', false);
  keepOnly('p2');
  expect(useTalk.getState().entries.map(({ question }) => question)).toEqual(['How?']);
  expect(asked.at(-1)?.[0]).toBe('assist.stop');
});

test('what was stopped says so, and nothing stays after signing out', async () => {
  await ask({ about: 'app' }, 'How?', true);
  stop(useTalk.getState().entries[0]?.job ?? '');
  expect(useTalk.getState().entries[0]?.stopped).toBe(true);
  sessionStore.setState({ session: null });
  expect(useTalk.getState().entries).toEqual([]);
});

test('what was withheld is counted by its reason', () => {
  expect(withheldWords(['number', 'uncited', 'number'])).toBe('3 statements were withheld: a number that is not in its source (2), no source named (1).');
});
