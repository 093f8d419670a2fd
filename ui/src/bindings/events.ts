// Made by `cargo xtask bindings` from the command table; do not edit.
import type * as T from './types';

/** What the workstation tells its windows: event → payload. */
export interface Events {
  'imaging.progress': T.ImportView;
  'reading.progress': T.ReadingProgress;
  /** The session of this window changed; null after signing out. */
  'session.changed': T.SessionView | null;
  /** Something else changed the record: cached answers with these tags are stale. */
  'record.changed': { tags: T.Tag[] };
}
