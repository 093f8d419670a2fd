// Made by `cargo xtask bindings` from the command table; do not edit.
import type * as T from './types';

/** What the workstation tells its windows: event → payload. */
export interface Events {
  /** The assistant went on with an answer. */
  'assist.answer': T.AssistEvent;
  /** A backup or check went on. */
  'backup.progress': T.BackupJobView;
  /** A delivery went on. */
  'delivery.changed': T.OutboxView;
  'imaging.progress': T.ImportView;
  /** A check of the journal went on. */
  'journal.progress': T.JournalProgress;
  /** A speech model is being copied to this machine. */
  'language.installing': T.InstallingEvent;
  /** How loud it is while recording. */
  'live.level': T.LevelView;
  /** People, waiting room or connection of a consultation changed. */
  'live.changed': T.ConsultationEvent;
  /** Something was said, or its translation came. */
  'live.message': T.MessageEvent;
  /** A note is being drafted, or is no longer. */
  'notes.progress': T.NoteProgress;
  'reading.progress': T.ReadingProgress;
  /** The session of this window changed; null after signing out. */
  'session.changed': T.SessionView | null;
  /** Something else changed the record: cached answers with these tags are stale. */
  'record.changed': { tags: T.Tag[] };
}
