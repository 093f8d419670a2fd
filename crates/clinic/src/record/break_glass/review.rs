//! The review of openings: a queue in the order in which they were made, and one answer to each.

use basics::{Phi, Timestamp};
use jiff::SignedDuration;
use rusqlite::{OptionalExtension, Row, params};

use super::{Opening, OpeningId, Review, ReviewOutcome};
use crate::{
    Clinic,
    access::{Permission, Permit},
    error::{ClinicError, Result},
    limits,
    record::{
        patients::{self, Page},
        sql,
    },
    write::Change,
};

/// A review is due after this long.
const DUE: SignedDuration = SignedDuration::from_hours(72);

/// Which openings.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum OpeningFilter {
    /// Not reviewed yet, oldest first.
    Waiting,
    /// Reviewed, newest first.
    Reviewed,
}

/// How many reviews are to be done.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct OpeningsWaiting {
    /// Not reviewed, those that last included.
    pub waiting: u32,
    /// Of these: opened more than 72 hours ago.
    pub overdue: u32,
}

macro_rules! openings {
    ($rest:literal) => {
        concat!(
            "SELECT b.key, b.id, b.user, u.name, p.id, p.key, b.reason, b.words, b.opened, e.how, e.at,
                    (SELECT count(*) FROM journal_subjects WHERE subject = b.id),
                    r.outcome, r.words, r.by, w.name, r.at
             FROM break_glass AS b
             JOIN users AS u ON u.id = b.user
             JOIN patients AS m ON m.key = b.patient JOIN patients AS p ON p.key = m.head
             LEFT JOIN break_glass_ends AS e ON e.opening = b.key
             LEFT JOIN break_glass_reviews AS r ON r.opening = b.key
             LEFT JOIN users AS w ON w.id = r.by ",
            $rest
        )
    };
}

impl Clinic {
    /// A page of openings.
    ///
    /// # Errors
    /// [`ClinicError::WrongPermit`]; [`ClinicError::Invalid`] for a cursor or limit that is none.
    pub fn openings(
        &self,
        permit: &Permit,
        filter: OpeningFilter,
        cursor: Option<&str>,
        limit: u32,
    ) -> Result<Page<Opening>> {
        permit.needs(Permission::ReviewBreakGlass)?;
        let limit = limits::page(limit)?;
        let cursor: Option<i64> = cursor
            .map(|cursor| sql::number("cursor", cursor))
            .transpose()?;
        let text = match filter {
            OpeningFilter::Waiting => {
                openings!(
                    "WHERE r.opening IS NULL AND b.key > coalesce(?1, 0) ORDER BY b.key LIMIT ?2"
                )
            }
            OpeningFilter::Reviewed => openings!(
                "WHERE r.opening IS NOT NULL AND b.key < coalesce(?1, 9223372036854775807)
                 ORDER BY b.key DESC LIMIT ?2"
            ),
        };
        let store = self.store()?;
        let reader = store.readers.borrow()?;
        let mut statement = reader.db()?.prepare_cached(text)?;
        let rows = statement.query_map(params![cursor, limit + 1], opening)?;
        let rows = rows.collect::<rusqlite::Result<Vec<_>>>()?;
        let page = sql::page(rows, limit, |(key, _)| key.to_string());
        Ok(Page {
            rows: page.rows.into_iter().map(|(_, opening)| opening).collect(),
            next: page.next,
        })
    }

    /// How many reviews are to be done.
    ///
    /// # Errors
    /// [`ClinicError::WrongPermit`]; [`ClinicError::Locked`].
    pub fn openings_waiting(&self, permit: &Permit) -> Result<OpeningsWaiting> {
        permit.needs_one_of(&[Permission::ReviewBreakGlass, Permission::ReadStatistics])?;
        let since = self.now().saturating_sub(DUE).unwrap_or(Timestamp::MIN);
        let store = self.store()?;
        let reader = store.readers.borrow()?;
        let mut statement = reader.db()?.prepare_cached(
            "SELECT count(*), coalesce(sum(opened < ?1), 0) FROM break_glass
             WHERE key NOT IN (SELECT opening FROM break_glass_reviews)",
        )?;
        Ok(statement.query_row([since.as_millisecond()], |row| {
            Ok(OpeningsWaiting {
                waiting: row.get(0)?,
                overdue: row.get(1)?,
            })
        })?)
    }
}

impl Opening {
    /// When its review is due.
    pub fn due(&self) -> Timestamp {
        self.opened.saturating_add(DUE).unwrap_or(Timestamp::MAX)
    }
}

impl Change<'_> {
    /// Answers a review task, once and for good.
    ///
    /// # Errors
    /// [`ClinicError::NotFound`]; [`ClinicError::Invalid`] without words; [`ClinicError::Conflict`]:
    /// `own-opening` (four eyes), `glass-open` while it lasts, `reviewed` where it was answered.
    pub fn review_break_glass(
        &mut self,
        id: OpeningId,
        outcome: ReviewOutcome,
        words: &Phi<String>,
    ) -> Result<Opening> {
        self.needs(Permission::ReviewBreakGlass)?;
        limits::long("words", words.expose())?;
        if words.expose().trim().is_empty() {
            return Err(ClinicError::Invalid {
                field: "words",
                rule: "required",
            });
        }
        let (key, found) = self.find_opening(id)?;
        let conflict = |reason| Err(ClinicError::Conflict { reason });
        if found.user == self.permit.user() {
            return conflict("own-opening");
        }
        if found.ended.is_none() {
            return conflict("glass-open");
        }
        if found.review.is_some() {
            return conflict("reviewed");
        }
        self.db.execute(
            "INSERT INTO break_glass_reviews VALUES (?1, ?2, ?3, ?4, ?5)",
            params![
                key,
                sql::key_of(&outcome)?,
                words.expose().trim(),
                self.by(),
                self.at()
            ],
        )?;
        self.subject(id);
        self.subject(found.user);
        self.subject(found.patient_id);
        Ok(self.find_opening(id)?.1)
    }

    fn find_opening(&self, id: OpeningId) -> Result<(i64, Opening)> {
        self.db
            .prepare_cached(openings!("WHERE b.id = ?1"))?
            .query_row([id.as_bytes()], opening)
            .optional()?
            .ok_or(ClinicError::NotFound { what: "opening" })
    }
}

fn opening(row: &Row<'_>) -> rusqlite::Result<(i64, Opening)> {
    let ended = match sql::optional_moment(row, 10)? {
        None => None,
        Some(at) => Some((sql::from_key(row, 9)?, at)),
    };
    let review = match sql::optional_moment(row, 16)? {
        None => None,
        Some(at) => Some(Review {
            outcome: sql::from_key(row, 12)?,
            words: sql::phi(row, 13)?,
            by: sql::id(row, 14)?,
            by_name: sql::phi(row, 15)?,
            at,
        }),
    };
    let opening = Opening {
        id: sql::id(row, 1)?,
        user: sql::id(row, 2)?,
        user_name: sql::phi(row, 3)?,
        patient_id: sql::id(row, 4)?,
        patient_number: patients::number(row.get(5)?),
        reason: sql::from_key(row, 6)?,
        words: sql::phi(row, 7)?,
        opened: sql::moment(row, 8)?,
        ended,
        acts: row.get(11)?,
        review,
    };
    Ok((row.get(0)?, opening))
}
