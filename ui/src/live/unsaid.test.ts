import { act, renderHook } from '@testing-library/react';
import { expect, test } from 'vitest';

import type { SessionView } from '../bindings/types';
import { sessionStore } from '../shared/session-store';
import { changeUnkept, setDraft, useDraft, useUnkept } from './unsaid';

const signedIn = (user_id: string) => sessionStore.setState({ session: { user_id } as SessionView });

test('what was not kept waits for the same person and is gone for the next', () => {
  signedIn('one');
  const shown = renderHook(() => [useDraft('c'), useUnkept('c').length, useDraft('other')]);
  act(() => {
    setDraft('c', 'half a sentence');
    changeUnkept('c', (all) => [...all, { id: 'm', from: 'd', language: 'en', text: 'not kept', phrase: null, failed: true }]);
  });
  expect(shown.result.current).toEqual(['half a sentence', 1, '']);
  // The same person again, as after unlocking.
  act(() => signedIn('one'));
  expect(shown.result.current).toEqual(['half a sentence', 1, '']);
  act(() => signedIn('two'));
  expect(shown.result.current).toEqual(['', 0, '']);
});
