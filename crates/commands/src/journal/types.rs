//! The audit trail as an administrator sees it: ids, never a person's data.

use basics::{Timestamp, UserId};
use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// A page of the journal, newest first.
#[derive(Debug, Deserialize, TS)]
pub struct JournalPageRequest {
    /// Only this person's.
    pub user_id: Option<UserId>,
    /// Only verbs that begin so, e.g. `scan.`.
    pub verb: Option<String>,
    /// Only rows about this id, or about the patient with this number.
    pub subject: Option<String>,
    /// Only this outcome.
    pub outcome: Option<JournalOutcome>,
    /// Only what was refused or failed.
    #[serde(default)]
    pub unsuccessful: bool,
    /// Only from this moment on.
    pub from: Option<Timestamp>,
    /// Only before this one.
    pub to: Option<Timestamp>,
    /// From the page before.
    pub cursor: Option<String>,
    /// At most 200.
    pub limit: u32,
}

/// A page of the journal.
#[derive(Debug, Serialize, TS)]
pub struct JournalPage {
    /// Rows.
    pub rows: Vec<JournalRowView>,
    /// For the next page; none at the end.
    pub next: Option<String>,
}

/// How an act ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum JournalOutcome {
    /// Done.
    Done,
    /// Refused.
    Refused,
    /// Failed.
    Failed,
}

/// One act.
#[derive(Debug, Serialize, TS)]
pub struct JournalRowView {
    /// Place in the chain, from 1.
    pub number: u64,
    /// When.
    pub at: Timestamp,
    /// Who; none before sign-in.
    pub user_id: Option<UserId>,
    /// Shown name of a member of staff; a patient's account is shown by its id.
    pub who: Option<String>,
    /// What, e.g. `reading.record_verdict`.
    pub verb: String,
    /// About what.
    pub subjects: Vec<String>,
    /// How it ended.
    pub outcome: JournalOutcome,
    /// Code of a refusal or failure.
    pub code: Option<String>,
}

/// Whether the chain holds.
#[derive(Debug, Serialize, TS)]
pub struct JournalReport {
    /// Rows checked.
    pub rows: u64,
    /// Every row, link and the signed head hold.
    pub intact: bool,
    /// Key of what is wrong (`journal.<key>`).
    pub problem: Option<String>,
    /// First row in doubt.
    pub first_bad: Option<u64>,
    /// Milliseconds taken.
    pub ms: f64,
    /// SHA-256 of the journal's key; an exported journal names the same.
    pub fingerprint: Option<String>,
}

/// How far a check has come.
#[derive(Clone, Debug, Serialize, TS)]
pub struct JournalProgress {
    /// Rows checked.
    pub rows: u64,
    /// Rows in all.
    pub of: u64,
}

/// Writes the journal of a stretch of time into a signed file.
#[derive(Debug, Deserialize, TS)]
pub struct ExportJournalRequest {
    /// Where to.
    pub path: String,
    /// From this moment on.
    pub from: Option<Timestamp>,
    /// Before this one.
    pub to: Option<Timestamp>,
}

/// What was written.
#[derive(Debug, Serialize, TS)]
pub struct JournalExportView {
    /// Rows.
    pub rows: u64,
    /// Number of the first.
    pub first: u64,
    /// Number of the last.
    pub last: u64,
    /// SHA-256 of the key that signed it.
    pub fingerprint: String,
}
