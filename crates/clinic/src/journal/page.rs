//! Pages of the journal for the administrator, and "who saw my record" for a patient.

use basics::{PatientId, Phi, Timestamp, UserId};
use rusqlite::{Row, params};

use super::{
    Outcome, chain,
    verify::{self, JournalReport},
};
use crate::{
    Clinic,
    access::{Permission, Permit, Role},
    error::{ClinicError, Result},
    limits,
    record::{patients::Page, sql},
};

/// Which rows.
#[derive(Clone, Debug, Default)]
pub struct JournalQuery {
    /// Only this person's.
    pub user_id: Option<UserId>,
    /// Only verbs that begin so, e.g. `scan.`.
    pub verb: Option<String>,
    /// Only rows about this id, any kind.
    pub subject: Option<uuid::Uuid>,
    /// Only this outcome.
    pub outcome: Option<Outcome>,
    /// From the page before.
    pub cursor: Option<String>,
    /// 1–200.
    pub limit: u32,
}

/// One act.
#[derive(Clone, Debug)]
pub struct JournalRow {
    /// Place in the chain, from 1.
    pub number: u64,
    /// When.
    pub at: Timestamp,
    /// Who; none before sign-in.
    pub user_id: Option<UserId>,
    /// Shown name of a member of staff; none for a patient's account.
    pub who: Option<Phi<String>>,
    /// What.
    pub verb: String,
    /// About what, `kind:id`.
    pub subjects: Vec<String>,
    /// How it ended.
    pub outcome: Outcome,
    /// Code of a refusal or failure.
    pub code: Option<String>,
}

/// Who looked at a record.
#[derive(Clone, Debug)]
pub struct AccessRow {
    /// When.
    pub at: Timestamp,
    /// Shown name.
    pub who: Phi<String>,
    /// Role.
    pub role: Role,
    /// The verb.
    pub verb: String,
}

// The filters that no index serves, and the columns, the same for each way to walk.
macro_rules! rows_where {
    ($walk:literal) => {
        concat!(
            "SELECT j.number, j.at, j.user, CASE WHEN u.role <> 'patient' THEN u.name END, j.verb, j.subjects,
                    j.outcome, j.code
             FROM ", $walk, "
             LEFT JOIN users AS u ON u.id = j.user
             WHERE j.number < ?1
               AND (?2 IS NULL OR j.user = ?2)
               AND (?3 IS NULL OR substr(j.verb, 1, length(?3)) = ?3)
               AND (?4 IS NULL OR j.outcome = ?4)
               AND (?5 IS NULL OR j.number IN
                   (SELECT number FROM journal_subjects WHERE subject = ?5))
             ORDER BY j.number DESC LIMIT ?6"
        )
    };
}
const ALL: &str = rows_where!("journal AS j");
const BY_SUBJECT: &str = rows_where!(
    "journal_subjects AS x CROSS JOIN journal AS j ON x.subject = ?5 AND j.number = x.number"
);
const BY_USER: &str = rows_where!("journal AS j INDEXED BY journal_by_user");

impl Clinic {
    /// A page of the journal, newest first.
    ///
    /// # Errors
    /// [`ClinicError::Invalid`] for a cursor or limit that is none.
    pub fn journal_page(&self, permit: &Permit, query: &JournalQuery) -> Result<Page<JournalRow>> {
        permit.needs(Permission::ReadJournal)?;
        let limit = limits::page(query.limit)?;
        let before = match &query.cursor {
            None => i64::MAX,
            Some(cursor) => sql::number("cursor", cursor)?,
        };
        let store = self.store()?;
        let reader = store.readers.borrow()?;
        let text = match query {
            JournalQuery {
                subject: Some(_), ..
            } => BY_SUBJECT,
            JournalQuery {
                user_id: Some(_), ..
            } => BY_USER,
            _ => ALL,
        };
        let mut statement = reader.db()?.prepare_cached(text)?;
        let rows = statement.query_map(
            params![
                before,
                query.user_id.map(|id| *id.as_bytes()),
                query.verb,
                query.outcome.map(chain::outcome_number),
                query.subject.map(uuid::Uuid::into_bytes),
                limit + 1
            ],
            journal_row,
        )?;
        let rows = rows.collect::<rusqlite::Result<Vec<_>>>()?;
        Ok(sql::page(rows, limit, |row| row.number.to_string()))
    }

    /// Who looked at the asker's own record, newest first; at most [`limits::PAGE`] rows.
    ///
    /// # Errors
    /// [`ClinicError::NotFound`] where the account is bound to no patient.
    pub fn who_saw_own_record(&self, permit: &Permit) -> Result<Vec<AccessRow>> {
        permit.needs(Permission::ReadOwnAccessLog)?;
        let patient: PatientId = permit
            .patient()
            .ok_or(ClinicError::NotFound { what: "patient" })?;
        let store = self.store()?;
        let reader = store.readers.borrow()?;
        let mut statement = reader.db()?.prepare_cached(
            "SELECT j.at, u.name, u.role, j.verb
             FROM journal_subjects AS s
             JOIN journal AS j ON j.number = s.number
             JOIN users AS u ON u.id = j.user
             WHERE s.subject = ?1 AND j.outcome = 0 AND u.patient IS NOT ?1
             ORDER BY s.number DESC LIMIT ?2",
        )?;
        let rows = statement.query_map(params![patient.as_bytes(), limits::PAGE], |row| {
            Ok(AccessRow {
                at: sql::moment(row, 0)?,
                who: sql::phi(row, 1)?,
                role: sql::role(row, 2)?,
                verb: row.get(3)?,
            })
        })?;
        Ok(rows.collect::<rusqlite::Result<_>>()?)
    }

    /// Checks every row, every link, the signed head and the anchor.
    ///
    /// # Errors
    /// Only where the journal cannot be read at all; what is wrong with it is in the report.
    pub fn verify_journal(&self, permit: &Permit) -> Result<JournalReport> {
        permit.needs(Permission::ReadJournal)?;
        let store = self.store()?;
        let reader = store.readers.borrow()?;
        verify::verify(
            reader.db()?,
            &store.signing.key.verifying_key(),
            &store.anchor,
        )
    }
}

fn journal_row(row: &Row<'_>) -> rusqlite::Result<JournalRow> {
    Ok(JournalRow {
        number: row.get::<_, i64>(0)?.unsigned_abs(),
        at: sql::moment(row, 1)?,
        user_id: sql::optional_id(row, 2)?,
        who: sql::optional_phi(row, 3)?,
        verb: row.get(4)?,
        subjects: row
            .get::<_, String>(5)?
            .split_whitespace()
            .map(str::to_owned)
            .collect(),
        outcome: match row.get(6)? {
            0 => Outcome::Done,
            1 => Outcome::Refused,
            _ => Outcome::Failed,
        },
        code: row.get(7)?,
    })
}
