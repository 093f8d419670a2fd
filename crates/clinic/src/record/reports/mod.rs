//! Reports: a draft that its author writes, and signings that never change.
//!
//! What a report says is opaque here: JSON while it is a draft, canonical bytes once it is signed.

mod draft;
mod files;
mod page;
mod sign;
mod state;
#[cfg(test)]
mod tests;

use basics::{Language, PatientId, Phi, ReportId, ScanId, StudyId, Timestamp, UserId};
use rusqlite::{Connection, OptionalExtension, Row, params};

pub use draft::{DraftText, NewReport};
pub use files::{FilePurpose, NewReportFile, ReportFile, ReportFileId};
pub use page::{ReportFilter, ReportRow, ReportsToDo};
pub use sign::{JournalHead, NewSigning, Signable};
pub use state::{Becomes, DraftKind, ReportState, StateType, as_type};

use super::sql;
use crate::{
    Clinic,
    access::{Permission, Permit, Reach},
    error::{ClinicError, Result},
    write::{Change, find},
};

/// A report.
#[derive(Clone, Debug)]
pub struct Report {
    /// Id.
    pub id: ReportId,
    /// As people call it, e.g. `R-000123`; given by the first signing, so that numbers have no gaps.
    pub number: Option<String>,
    /// Whose.
    pub patient_id: PatientId,
    /// About which scan.
    pub scan_id: ScanId,
    /// Of which study.
    pub study_id: StudyId,
    /// Who writes and signs it; nobody else does.
    pub author: UserId,
    /// Shown name of that person.
    pub author_name: Phi<String>,
    /// Language of its headings.
    pub language: Language,
    /// Where it stands with the newest signing.
    pub state: ReportState,
    /// Signings so far.
    pub revision: u32,
    /// When it was begun.
    pub created: Timestamp,
    /// When its author last wrote in an open draft; none where there is none, or for its patient.
    pub drafting: Option<Timestamp>,
    /// The open draft; only its author sees it.
    pub draft: Option<Draft>,
    /// Oldest first; its patient sees those from final on.
    pub signings: Vec<Signing>,
}

/// An open draft.
#[derive(Clone, Debug, PartialEq)]
pub struct Draft {
    /// What it is for.
    pub kind: DraftKind,
    /// What it says.
    pub text: DraftText,
    /// Counts its edits, from 1: say it when you save or sign.
    pub edit: u32,
    /// When it was last saved.
    pub saved: Timestamp,
}

/// A signed revision of a report. It never changes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Signing {
    /// From 1.
    pub revision: u32,
    /// What the report became by it.
    pub becomes: ReportState,
    /// What lists call it.
    pub title: Phi<String>,
    /// What was signed, byte for byte.
    pub content: Phi<Vec<u8>>,
    /// SHA-256 of the content.
    pub sha256: [u8; 32],
    /// Ed25519 over the message given with it.
    pub signature: [u8; 64],
    /// The clinic's public report key at that time.
    pub key: [u8; 32],
    /// Why: for a correction and a withdrawal.
    pub reason: Phi<String>,
    /// By whom.
    pub by: UserId,
    /// Shown name of that person.
    pub by_name: Phi<String>,
    /// When.
    pub at: Timestamp,
}

/// Who may read reports.
pub(super) const READERS: [Permission; 6] = [
    Permission::ReadReports,
    Permission::WriteReports,
    Permission::SignReports,
    Permission::SendReports,
    Permission::HostConsultations,
    Permission::ReadOwnReports,
];

/// A report as changes and reads find it.
pub(super) struct Found {
    pub(super) key: i64,
    pub(super) id: ReportId,
    pub(super) patient: PatientId,
    pub(super) scan: ScanId,
    pub(super) scan_key: i64,
    pub(super) author: UserId,
    pub(super) state: ReportState,
    pub(super) revision: u32,
}

impl Clinic {
    /// A report, with what of it the permit reaches.
    ///
    /// # Errors
    /// [`ClinicError::NotFound`] where there is none or the permit does not reach its patient; for a
    /// patient, also while it is not final.
    pub fn report(&self, permit: &Permit, id: ReportId) -> Result<Report> {
        permit.needs_one_of(&READERS)?;
        let store = self.store()?;
        let reader = store.readers.borrow()?;
        // Row, draft and signings of one moment.
        let db = reader.db()?.unchecked_transaction()?;
        let found = find_report(&db, permit, id)?;
        load(&db, permit, &found)
    }
}

impl Change<'_> {
    /// A report to be changed, if the permit reaches it; it and its patient become subjects.
    pub(super) fn report_for(&mut self, id: ReportId) -> Result<Found> {
        let found = find_report(self.db, self.permit, id)?;
        self.subject(found.patient);
        self.subject(id);
        Ok(found)
    }
}

impl Found {
    /// It, if the asker is its author: nobody else writes or signs it.
    pub(super) fn own(self, permit: &Permit) -> Result<Self> {
        match self.author == permit.user() {
            true => Ok(self),
            false => Err(ClinicError::NotYours),
        }
    }
}

/// As people call it.
pub(super) fn number(number: i64) -> String {
    format!("R-{number:06}")
}

/// Where a report stands, whoever asks: the caller has checked.
pub(super) fn state_of(db: &Connection, key: i64) -> Result<Option<ReportState>> {
    Ok(db
        .prepare_cached("SELECT state FROM reports WHERE key = ?1")?
        .query_row([key], |row| sql::from_key(row, 0))
        .optional()?)
}

/// The report, if the permit reaches it.
pub(super) fn find_report(db: &Connection, permit: &Permit, id: ReportId) -> Result<Found> {
    let missing = || ClinicError::NotFound { what: "report" };
    let found = db
        .prepare_cached(
            "SELECT r.key, p.id, s.id, s.key, r.author, r.state, r.revision
             FROM reports AS r
             JOIN heads AS p ON p.member = r.patient
             JOIN scans AS s ON s.key = r.scan
             WHERE r.id = ?1",
        )?
        .query_row([id.as_bytes()], |row| {
            Ok(Found {
                key: row.get(0)?,
                id,
                patient: sql::id(row, 1)?,
                scan: sql::id(row, 2)?,
                scan_key: row.get(3)?,
                author: sql::id(row, 4)?,
                state: sql::from_key(row, 5)?,
                revision: row.get(6)?,
            })
        })
        .optional()?
        .ok_or_else(missing)?;
    find(db, permit, found.patient).map_err(|error| match error {
        ClinicError::NotFound { .. } => missing(),
        error => error,
    })?;
    match permit.reach() != Reach::Own || found.state.is_released() {
        true => Ok(found),
        false => Err(missing()),
    }
}

/// The report as this permit may see it; the caller has found it.
pub(super) fn load(db: &Connection, permit: &Permit, found: &Found) -> Result<Report> {
    let own = permit.reach() == Reach::Own;
    let draft = match own {
        true => None,
        false => draft::open(db, found.key)?,
    };
    let signings = signings(db, found.key)?;
    let report = db
        .prepare_cached(
            "SELECT r.number, t.id, u.name, r.language, r.created
             FROM reports AS r
             JOIN scans AS s ON s.key = r.scan
             JOIN studies AS t ON t.key = s.study
             JOIN users AS u ON u.id = r.author
             WHERE r.key = ?1",
        )?
        .query_row([found.key], |row| {
            Ok(Report {
                id: found.id,
                number: row.get::<_, Option<i64>>(0)?.map(number),
                patient_id: found.patient,
                scan_id: found.scan,
                study_id: sql::id(row, 1)?,
                author: found.author,
                author_name: sql::phi(row, 2)?,
                language: sql::language(row, 3)?,
                state: found.state,
                revision: found.revision,
                created: sql::moment(row, 4)?,
                drafting: draft.as_ref().map(|draft| draft.saved),
                draft: draft.filter(|_| found.author == permit.user()),
                signings: signings
                    .into_iter()
                    .filter(|signing| !own || signing.becomes.is_released())
                    .collect(),
            })
        })?;
    Ok(report)
}

/// Every signing of a report, oldest first.
pub(super) fn signings(db: &Connection, report: i64) -> Result<Vec<Signing>> {
    let mut statement = db.prepare_cached(
        "SELECT g.revision, g.state, g.content, g.sha256, g.signature, g.public_key, g.reason, g.by,
                u.name, g.at, g.title
         FROM signings AS g JOIN users AS u ON u.id = g.by
         WHERE g.report = ?1 ORDER BY g.revision",
    )?;
    let signings = statement.query_map(params![report], signing)?;
    Ok(signings.collect::<rusqlite::Result<_>>()?)
}

fn signing(row: &Row<'_>) -> rusqlite::Result<Signing> {
    Ok(Signing {
        revision: row.get(0)?,
        becomes: sql::from_key(row, 1)?,
        title: sql::phi(row, 10)?,
        content: row.get(2).map(Phi::new)?,
        sha256: row.get(3)?,
        signature: row.get(4)?,
        key: row.get(5)?,
        reason: sql::phi(row, 6)?,
        by: sql::id(row, 7)?,
        by_name: sql::phi(row, 8)?,
        at: sql::moment(row, 9)?,
    })
}
