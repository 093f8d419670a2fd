//! The audit trail: who did what to what, when, and how it ended. Ids only, never a person's data.
//!
//! Rows are chained by hashes; the head is signed inside the record and anchored outside.

pub(crate) mod anchor;
pub(crate) mod chain;
pub(crate) mod export;
mod page;
#[cfg(test)]
mod tests;
pub(crate) mod verify;

use std::fmt;

use basics::{Code, Timestamp, UserId};
use ed25519_dalek::{Signer, SigningKey};
use rusqlite::{Connection, OptionalExtension, params};
use uuid::Uuid;

pub use export::{ExportProblem, JournalExport, check_export};
pub use page::{AccessRow, JournalQuery, JournalRow};
pub use verify::{JournalReport, Problem};

use crate::error::Result;
use anchor::Head;
use chain::{Entry, Hash, START};

/// How an act ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Outcome {
    /// Done.
    Done,
    /// Refused: the person may not.
    Refused,
    /// Tried and failed.
    Failed,
}

/// What an act was about: a kind and an id.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub struct Subject {
    kind: &'static str,
    id: [u8; 16],
}

impl fmt::Display for Subject {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}", self.kind, Uuid::from_bytes(self.id))
    }
}

impl Subject {
    /// For ids whose kinds are declared where their things are.
    pub(crate) fn of(kind: &'static str, id: [u8; 16]) -> Self {
        Self { kind, id }
    }

    pub(crate) fn is(&self, other: impl Into<Self>) -> bool {
        *self == other.into()
    }
}

impl Subject {
    /// A snapshot of the record.
    pub(crate) fn backup(id: Uuid) -> Self {
        let (kind, id) = ("backup", id.into_bytes());
        Self { kind, id }
    }
}

macro_rules! subjects {
    ($($id:ident = $kind:literal),* $(,)?) => { $(
        impl From<basics::$id> for Subject {
            fn from(id: basics::$id) -> Self {
                Self { kind: $kind, id: *id.as_bytes() }
            }
        }
    )* };
}
subjects! {
    PatientId = "patient", UserId = "user", StudyId = "study", ScanId = "scan",
    ReadingId = "reading", VerdictId = "verdict", MarkId = "mark", JobId = "job",
    ReportId = "report", DeliveryId = "delivery", ConsultationId = "consultation",
    NoteId = "note",
}

/// An act to be kept.
#[derive(Clone, Debug)]
pub(crate) struct Act<'a> {
    pub(crate) at: Timestamp,
    pub(crate) user: Option<UserId>,
    pub(crate) verb: &'a str,
    pub(crate) subjects: &'a [Subject],
    pub(crate) outcome: Outcome,
    pub(crate) code: Option<&'a str>,
}

/// Who signs and from where.
pub(crate) struct Signing {
    pub(crate) key: SigningKey,
    pub(crate) workstation: Uuid,
}

/// How an error's code is written into a row.
pub(crate) fn code_key(code: Code) -> String {
    match serde_json::to_value(code) {
        Ok(serde_json::Value::String(key)) => key,
        _ => String::from("internal"),
    }
}

/// Adds a row inside the caller's transaction and signs the new head.
pub(crate) fn append(db: &Connection, signing: &Signing, act: &Act<'_>) -> Result<Head> {
    let (last, before) = head(db)?;
    let number = last + 1;
    let subjects = chain::join(act.subjects);
    let user = act.user;
    let entry = Entry {
        number,
        at: act.at.as_millisecond(),
        workstation: signing.workstation.as_bytes(),
        user: user.as_ref().map(|user| &user.as_bytes()[..]),
        verb: act.verb,
        subjects: &subjects,
        outcome: chain::outcome_number(act.outcome),
        code: act.code,
    };
    let hash = entry.hash(&before);
    insert(db, &entry, &hash)?;
    sign_head(db, signing, number, hash)
}

/// Number and hash of the newest row; 0 and [`START`] before the first.
pub(crate) fn head(db: &Connection) -> Result<(i64, Hash)> {
    let last = db
        .prepare_cached("SELECT number, hash FROM journal_head WHERE id = 1")?
        .query_row([], |row| Ok((row.get(0)?, row.get(1)?)))
        .optional()?;
    Ok(last.unwrap_or((0, START)))
}

/// Writes a row and its subjects.
pub(crate) fn insert(db: &Connection, entry: &Entry<'_>, hash: &Hash) -> Result<()> {
    db.prepare_cached("INSERT INTO journal VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)")?
        .execute(params![
            entry.number,
            entry.at,
            entry.workstation,
            entry.user,
            entry.verb,
            entry.subjects,
            entry.outcome,
            entry.code,
            hash
        ])?;
    for id in chain::ids(entry.subjects) {
        db.prepare_cached("INSERT OR IGNORE INTO journal_subjects VALUES (?1, ?2)")?
            .execute(params![id, entry.number])?;
    }
    Ok(())
}

/// Signs row `number` as the head.
pub(crate) fn sign_head(
    db: &Connection,
    signing: &Signing,
    number: i64,
    hash: Hash,
) -> Result<Head> {
    let workstation = signing.workstation.into_bytes();
    let signature = signing
        .key
        .sign(&chain::head_bytes(&workstation, number, &hash))
        .to_bytes();
    db.prepare_cached("INSERT OR REPLACE INTO journal_head VALUES (1, ?1, ?2, ?3)")?
        .execute(params![number, hash, signature])?;
    Ok(Head {
        workstation,
        number,
        hash,
        signature,
    })
}
