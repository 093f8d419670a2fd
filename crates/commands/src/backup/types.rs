//! What an administrator sees and says about backups. No person's data in any of it.

use basics::Timestamp;
use serde::{Deserialize, Serialize};
use ts_rs::TS;

use crate::error::ErrorView;

/// Where backups stand, for the bottom bar.
#[derive(Clone, Debug, Serialize, TS)]
pub struct BackupStateView {
    /// A folder was chosen.
    pub planned: bool,
    /// They are made daily by themselves.
    pub daily: bool,
    /// What runs now.
    pub running: Option<BackupJobView>,
    /// The newest backup that a trial restore proved.
    pub last_verified: Option<Timestamp>,
    /// Why the newest try failed; none where it did not.
    pub problem: Option<ErrorView>,
    /// A daily backup has had no success for longer than a day and a half.
    pub overdue: bool,
    /// When the next one is planned.
    pub next: Option<Timestamp>,
}

/// A backup, check or restore that runs. Also the event `backup.progress`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, TS)]
pub struct BackupJobView {
    /// What it is for.
    pub kind: BackupJobKind,
    /// What is being done.
    pub phase: BackupPhase,
    /// Bytes of this phase that are done.
    pub done: u64,
    /// Bytes of this phase; 0 where nobody knows.
    pub total: u64,
}

/// What runs.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum BackupJobKind {
    /// A backup.
    Backup,
    /// A check of a snapshot.
    Check,
    /// A restore.
    Restore,
}

/// What is being done.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum BackupPhase {
    /// Not begun.
    Waiting,
    /// The database is copied.
    Database,
    /// Files are copied.
    Files,
    /// A restore proves it.
    Proving,
    /// Old snapshots go.
    Tidying,
    /// The restored record takes its place.
    Swapping,
}

/// Everything about backups.
#[derive(Clone, Debug, Serialize, TS)]
pub struct BackupView {
    /// In short.
    pub state: BackupStateView,
    /// What was chosen.
    pub plan: Option<BackupPlanView>,
    /// The newest tries, newest first.
    pub runs: Vec<BackupRunView>,
    /// Snapshots in the chosen folder, newest first.
    pub snapshots: Vec<SnapshotView>,
    /// Why they cannot be listed, e.g. the stick is not there.
    pub folder_problem: Option<ErrorView>,
    /// How the last check of a snapshot ended.
    pub checked: Option<CheckedView>,
}

/// Where backups go and when.
#[derive(Clone, Debug, Serialize, TS)]
pub struct BackupPlanView {
    /// The folder or stick.
    pub folder: String,
    /// Minutes after midnight, local time.
    pub minute: u16,
    /// Made daily by itself.
    pub daily: bool,
    /// Bytes free there; none where it is not there.
    pub free_bytes: Option<u64>,
}

/// One try.
#[derive(Clone, Debug, Serialize, TS)]
pub struct BackupRunView {
    /// When it began.
    pub started: Timestamp,
    /// When it ended.
    pub ended: Timestamp,
    /// How.
    pub outcome: BackupOutcome,
    /// Bytes of everything in it.
    pub bytes: Option<u64>,
    /// Bytes that had to be written.
    pub written: Option<u64>,
    /// Files in it.
    pub files: Option<u64>,
    /// What went wrong.
    pub problem: Option<ErrorView>,
}

/// How a try ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum BackupOutcome {
    /// A restore of it succeeded.
    Verified,
    /// It failed.
    Failed,
    /// A person cancelled it.
    Cancelled,
}

/// A snapshot.
#[derive(Clone, Debug, Serialize, TS)]
pub struct SnapshotView {
    /// Its name.
    pub name: String,
    /// Its folder.
    pub folder: String,
    /// When it was made.
    pub at: Timestamp,
    /// The clinic's name.
    pub clinic_name: String,
    /// Invented people only.
    pub demo: bool,
    /// Bytes of its database.
    pub database_bytes: u64,
    /// It says that a restore of it succeeded.
    pub verified: bool,
}

/// How a check ended.
#[derive(Clone, Debug, Serialize, TS)]
pub struct CheckedView {
    /// Of which snapshot.
    pub name: String,
    /// What was found whole.
    pub whole: Option<WholeView>,
    /// What is wrong.
    pub problem: Option<ErrorView>,
}

/// What a check found whole.
#[derive(Clone, Debug, Serialize, TS)]
pub struct WholeView {
    /// Bytes of the database and its files.
    pub bytes: u64,
    /// Files, each read back.
    pub files: u64,
    /// Rows of the journal.
    pub journal_rows: u64,
}

/// Where backups go and when.
#[derive(Debug, Deserialize, TS)]
pub struct PlanBackupsRequest {
    /// The folder or stick, as chosen in the system's dialog.
    pub folder: String,
    /// Minutes after midnight, local time: 0–1439.
    pub minute: u16,
    /// Made daily by itself.
    pub daily: bool,
}

/// A snapshot in the chosen folder.
#[derive(Debug, Deserialize, TS)]
pub struct SnapshotRequest {
    /// Its name.
    pub name: String,
}
