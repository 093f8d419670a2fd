//! Pages of the journal for the administrator, and "who saw my record" for a patient.

use basics::{PatientId, Phi, Timestamp, UserId};
use rusqlite::{OptionalExtension, Row, params};

use super::{
    Outcome, chain,
    verify::{self, JournalReport},
};
use crate::{
    Clinic,
    access::{Permission, Permit, Role},
    error::{ClinicError, Result},
    limits,
    record::{
        patients::{self, Page},
        sql,
    },
    write::find,
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
    /// Only what was refused or failed.
    pub unsuccessful: bool,
    /// Only from this moment on.
    pub from: Option<Timestamp>,
    /// Only before this one.
    pub to: Option<Timestamp>,
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
    /// It was under an emergency opening of a restricted record.
    pub broke_glass: bool,
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
               AND j.at >= ?7 AND j.at < ?8 AND (NOT ?9 OR j.outcome > 0)
             ORDER BY j.number DESC LIMIT ?6"
        )
    };
}
const ALL: &str = rows_where!("journal AS j");
const BY_SUBJECT: &str = rows_where!(
    "journal_subjects AS x CROSS JOIN journal AS j ON x.subject = ?5 AND j.number = x.number"
);
const BY_USER: &str = rows_where!("journal AS j INDEXED BY journal_by_user");
// A stretch of time is found by its own index; its newest rows are sorted out of it.
const BY_TIME: &str = rows_where!("journal AS j INDEXED BY journal_by_time");

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
            JournalQuery { from: Some(_), .. } | JournalQuery { to: Some(_), .. } => BY_TIME,
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
                limit + 1,
                query.from.unwrap_or(Timestamp::MIN).as_millisecond(),
                query.to.unwrap_or(Timestamp::MAX).as_millisecond(),
                query.unsuccessful
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
        self.who_saw(patient, permit.user())
    }

    /// Who looked at the record of a patient whom the asker treats, newest first; at most
    /// [`limits::PAGE`] rows, the asker's own left out.
    ///
    /// # Errors
    /// [`ClinicError::NotFound`] where the asker does not treat the patient.
    pub fn who_saw_record(&self, permit: &Permit, patient: PatientId) -> Result<Vec<AccessRow>> {
        permit.needs(Permission::ReadAccessLog)?;
        let store = self.store()?;
        let found = find(store.readers.borrow()?.db()?, permit, patient)?;
        self.who_saw(found.owned.patient, permit.user())
    }

    fn who_saw(&self, patient: PatientId, but: UserId) -> Result<Vec<AccessRow>> {
        let store = self.store()?;
        let reader = store.readers.borrow()?;
        let mut statement = reader.db()?.prepare_cached(
            "WITH own (id) AS (SELECT id FROM patients
                               WHERE head = (SELECT head FROM patients WHERE id = ?1))
             SELECT j.at, u.name, u.role, j.verb, instr(j.subjects, 'break_glass:') > 0
             FROM journal AS j
             JOIN users AS u ON u.id = j.user
             WHERE j.number IN (SELECT number FROM journal_subjects WHERE subject IN own)
               AND j.outcome = 0 AND u.role <> 'patient' AND u.id <> ?3
             ORDER BY j.number DESC LIMIT ?2",
        )?;
        let rows = statement.query_map(
            params![patient.as_bytes(), limits::PAGE, but.as_bytes()],
            |row| {
                Ok(AccessRow {
                    at: sql::moment(row, 0)?,
                    who: sql::phi(row, 1)?,
                    role: sql::role(row, 2)?,
                    verb: row.get(3)?,
                    broke_glass: row.get(4)?,
                })
            },
        )?;
        Ok(rows.collect::<rusqlite::Result<_>>()?)
    }

    /// The patient with this number, for whoever reads ids only.
    ///
    /// # Errors
    /// [`ClinicError::WrongPermit`]; [`ClinicError::Locked`].
    pub fn patient_of_number(&self, permit: &Permit, text: &str) -> Result<Option<PatientId>> {
        permit.needs(Permission::ReadJournal)?;
        let store = self.store()?;
        let reader = store.readers.borrow()?;
        let sql = "SELECT id FROM patients WHERE key = ?1";
        let mut statement = reader.db()?.prepare_cached(sql)?;
        let key = patients::key_of_number(text);
        Ok(statement
            .query_row([key], |row| sql::id(row, 0))
            .optional()?)
    }

    /// Checks every row, every link, the signed head and the anchor.
    ///
    /// # Errors
    /// Only where the journal cannot be read at all; what is wrong with it is in the report.
    pub fn verify_journal(&self, permit: &Permit) -> Result<JournalReport> {
        self.verify_journal_with(permit, &mut |_, _| {})
    }

    /// The same; `told` hears now and then how many rows were checked, and of how many.
    ///
    /// # Errors
    /// As [`Clinic::verify_journal`].
    pub fn verify_journal_with(
        &self,
        permit: &Permit,
        told: &mut dyn FnMut(u64, u64),
    ) -> Result<JournalReport> {
        permit.needs(Permission::ReadJournal)?;
        let store = self.store()?;
        let reader = store.readers.borrow()?;
        verify::verify_with(
            reader.db()?,
            &store.signing.key.verifying_key(),
            &store.anchor,
            told,
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
