import type { Preferences } from '../bindings/types';
import { useCommand } from '../host/query';
import { useSession } from '../shared/session-store';

/** One's own preferences: a change is kept at once. */
export function usePreferences() {
  const preferences = useSession((session) => session.preferences);
  const save = useCommand('session.save_preferences');
  const change = (part: Partial<Preferences>) => save.mutate({ ...preferences, ...part });
  return { preferences, change, error: save.error };
}
