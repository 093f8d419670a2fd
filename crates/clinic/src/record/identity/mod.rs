//! Who is who: people who may be in the record twice, and records that were found to be one person's.
//!
//! A merge moves no fact. It says which of two records is read for both, so that taking it back restores
//! exactly what was; what was written meanwhile stays with what it was written about. Nothing is merged
//! by the program: it only says whom somebody should look at, and why.

mod compare;
mod likeness;
mod merge;
mod sound;
#[cfg(test)]
mod tests;

use basics::{PatientId, Phi, Timestamp, UserId};
use rusqlite::{Connection, OptionalExtension, params};

pub(crate) use compare::{VERSION, compare};
pub use likeness::{LIKELY, Likeness, Trait};
pub use merge::{Merge, MergeId, NewMerge};

use super::{
    patients::{self, Page, Patient, PatientDetails, listed},
    sql,
};
use crate::{
    Clinic,
    access::{Permission, Permit},
    error::Result,
    limits,
    write::find,
};

/// A patient who may be somebody.
#[derive(Clone, Debug)]
pub struct Candidate {
    /// Who.
    pub patient: Patient,
    /// How alike.
    pub likeness: Likeness,
}

/// Two records that may be one person's.
#[derive(Clone, Debug)]
pub struct Pair {
    /// The older record.
    pub older: Patient,
    /// The newer one.
    pub newer: Patient,
    /// How alike they are.
    pub likeness: Likeness,
}

// Pairs that wait: of records that stand for themselves and that nobody told apart as they are now.
macro_rules! waiting {
    ($what:literal, $rest:literal) => {
        concat!(
            "SELECT ",
            $what,
            " FROM likely_duplicates AS d INDEXED BY likely_duplicates_by_score
             CROSS JOIN patients AS a ON a.key = d.a
             CROSS JOIN patients AS b ON b.key = d.b
             WHERE a.head = a.key AND b.head = b.key
               AND (?1 OR a.restricted = 0 OR a.treating = ?2)
               AND (?1 OR b.restricted = 0 OR b.treating = ?2)
               AND NOT EXISTS (SELECT 1 FROM told_apart AS t WHERE t.a = d.a AND t.b = d.b
                               AND t.a_version = a.version AND t.b_version = b.version) ",
            $rest
        )
    };
}

impl Clinic {
    /// Who may be this person, most alike first; at most 20. `except` is the patient who is corrected.
    ///
    /// # Errors
    /// [`crate::ClinicError::WrongPermit`]; [`ClinicError::Locked`].
    pub fn candidates(
        &self,
        permit: &Permit,
        who: &PatientDetails,
        except: Option<PatientId>,
    ) -> Result<Vec<Candidate>> {
        permit.needs_one_of(&[
            Permission::ReadPatients,
            Permission::WritePatients,
            Permission::ImportScans,
        ])?;
        let (all, me) = listed(permit)?;
        let store = self.store()?;
        let reader = store.readers.borrow()?;
        let db = reader.db()?;
        let except = match except {
            None => None,
            Some(id) => Some(find(db, permit, id)?.owned.patient),
        };
        let mut found: Vec<Candidate> = Vec::new();
        for key in compare::sharing(db, who, None)? {
            let likeness = Likeness::of(who, &compare::details_of(db, key)?);
            if !likeness.is_likely() {
                continue;
            }
            let patient = patients::load_key(db, key)?;
            let treated = patient
                .treating
                .is_some_and(|doctor| *doctor.as_bytes() == me);
            let seen = all || !patient.restricted || treated;
            let same = |one: &Candidate| one.patient.id == patient.id;
            if seen && Some(patient.id) != except && !found.iter().any(same) {
                found.push(Candidate { patient, likeness });
            }
        }
        found.sort_by_key(|one| std::cmp::Reverse(one.likeness.score));
        found.truncate(20);
        Ok(found)
    }

    /// Pairs of records that may be one person's, most alike first.
    ///
    /// # Errors
    /// [`crate::ClinicError::WrongPermit`]; [`ClinicError::Invalid`] for a cursor or limit that is none.
    pub fn duplicates(
        &self,
        permit: &Permit,
        cursor: Option<&str>,
        limit: u32,
    ) -> Result<Page<Pair>> {
        permit.needs(Permission::MergePatients)?;
        let limit = limits::page(limit)?;
        let (score, a, b) = from(cursor)?;
        let (all, me) = listed(permit)?;
        let store = self.store()?;
        let reader = store.readers.borrow()?;
        let db = reader.db()?.unchecked_transaction()?;
        let rows = db
            .prepare_cached(waiting!(
                "d.score, d.a, d.b",
                "AND (-d.score, d.a, d.b) > (?3, ?4, ?5) ORDER BY d.score DESC, d.a, d.b LIMIT ?6"
            ))?
            .query_map(params![all, me, -score, a, b, limit + 1], |row| {
                Ok((row.get(0)?, row.get(1)?, row.get(2)?))
            })?
            .collect::<rusqlite::Result<Vec<(i64, i64, i64)>>>()?;
        let page = sql::page(rows, limit, |(score, a, b)| format!("{score}.{a}.{b}"));
        let rows = page.rows.into_iter().map(|(_, a, b)| {
            let (older, newer) = (patients::load_key(&db, a)?, patients::load_key(&db, b)?);
            Ok(Pair {
                likeness: Likeness::of(&older.details, &newer.details),
                older,
                newer,
            })
        });
        Ok(Page {
            rows: rows.collect::<Result<_>>()?,
            next: page.next,
        })
    }

    /// How many pairs wait to be looked at, as far as the permit reaches.
    ///
    /// # Errors
    /// [`crate::ClinicError::WrongPermit`]; [`ClinicError::Locked`].
    pub fn duplicates_waiting(&self, permit: &Permit) -> Result<u32> {
        permit.needs(Permission::MergePatients)?;
        let (all, me) = listed(permit)?;
        let store = self.store()?;
        let reader = store.readers.borrow()?;
        Ok(reader
            .db()?
            .prepare_cached(waiting!("count(*)", ""))?
            .query_row(params![all, me], |row| row.get(0))?)
    }
}

/// The record that is read for this patient.
pub(crate) fn head_of(db: &Connection, id: PatientId) -> Result<PatientId> {
    let head = db
        .prepare_cached(
            "SELECT p.id FROM patients AS m JOIN patients AS p ON p.key = m.head WHERE m.id = ?1",
        )?
        .query_row([id.as_bytes()], |row| sql::id(row, 0))
        .optional()?;
    Ok(head.unwrap_or(id))
}

fn from(cursor: Option<&str>) -> Result<(i64, i64, i64)> {
    let Some(cursor) = cursor else {
        return Ok((i64::from(u8::MAX), 0, 0));
    };
    let mut parts = cursor.splitn(3, '.');
    let mut next = || sql::number("cursor", parts.next().unwrap_or_default());
    Ok((next()?, next()?, next()?))
}

/// Who took a merge back.
#[derive(Clone, Debug)]
pub struct Unmerged {
    /// Why.
    pub reason: Phi<String>,
    /// Shown name of that person.
    pub by_name: Phi<String>,
    /// Who.
    pub by: UserId,
    /// When.
    pub at: Timestamp,
}
