//! Merging two records, taking it back, and telling two people apart. Every row stays; which record is
//! read is worked out from the merges that stand.

use std::collections::BTreeMap;

use basics::{Id, PatientId, Phi, Timestamp, UserId};
use rusqlite::{Connection, OptionalExtension, params};

use super::Unmerged;
use crate::{
    Clinic,
    access::{Permission, Permit},
    error::{ClinicError, Result},
    limits,
    record::{
        patients::{self, Patient, PatientDetails},
        sql,
    },
    write::{Change, Found, find},
};

#[doc(hidden)]
pub enum MergeKind {}

/// A merge of two records.
pub type MergeId = Id<MergeKind>;

/// A merge to be made.
#[derive(Clone, Debug)]
pub struct NewMerge {
    /// The record that is read for both, and the version that was on screen.
    pub kept: (PatientId, u32),
    /// The other one.
    pub gone: (PatientId, u32),
    /// Why they are one person.
    pub reason: Phi<String>,
}

/// A merge that was made.
#[derive(Clone, Debug)]
pub struct Merge {
    /// Id.
    pub id: MergeId,
    /// Number of the record that was read for both.
    pub kept: String,
    /// Number of the other one.
    pub gone: String,
    /// Who that one says that the patient is.
    pub details: PatientDetails,
    /// Why.
    pub reason: Phi<String>,
    /// Who did it.
    pub by: UserId,
    /// Shown name of that person.
    pub by_name: Phi<String>,
    /// When.
    pub at: Timestamp,
    /// Who took it back.
    pub undone: Option<Unmerged>,
}

impl Clinic {
    /// The merges that a patient's records were part of, newest first.
    ///
    /// # Errors
    /// [`ClinicError::NotFound`].
    pub fn merges(&self, permit: &Permit, id: PatientId) -> Result<Vec<Merge>> {
        permit.needs_one_of(&[Permission::ReadPatients, Permission::MergePatients])?;
        let store = self.store()?;
        let reader = store.readers.borrow()?;
        let db = reader.db()?;
        let found = find(db, permit, id)?;
        let mut statement = db.prepare_cached(
            "SELECT v.name, v.birth_date, v.sex, v.external_id, v.issuer, m.id, m.kept, m.gone, m.reason,
                    m.by, u.name, m.at, o.reason, o.by, w.name, o.at
             FROM merges AS m
             JOIN patients AS g ON g.key = m.gone
             JOIN patient_versions AS v ON v.patient = g.key AND v.version = g.version
             JOIN users AS u ON u.id = m.by
             LEFT JOIN unmerges AS o ON o.merge = m.key
             LEFT JOIN users AS w ON w.id = o.by
             WHERE m.kept IN (SELECT key FROM patients WHERE head = ?1)
                OR m.gone IN (SELECT key FROM patients WHERE head = ?1)
             ORDER BY m.key DESC",
        )?;
        let merges = statement.query_map([found.key], |row| {
            let undone = match sql::optional_moment(row, 15)? {
                None => None,
                Some(at) => Some(Unmerged {
                    reason: sql::phi(row, 12)?,
                    by: sql::id(row, 13)?,
                    by_name: sql::phi(row, 14)?,
                    at,
                }),
            };
            Ok(Merge {
                details: patients::details(row, 0)?,
                id: sql::id(row, 5)?,
                kept: patients::number(row.get(6)?),
                gone: patients::number(row.get(7)?),
                reason: sql::phi(row, 8)?,
                by: sql::id(row, 9)?,
                by_name: sql::phi(row, 10)?,
                at: sql::moment(row, 11)?,
                undone,
            })
        })?;
        Ok(merges.collect::<rusqlite::Result<_>>()?)
    }
}

impl Change<'_> {
    /// Has one record read for two. No fact moves; [`Change::unmerge`] restores what was.
    ///
    /// # Errors
    /// [`ClinicError::Conflict`]: `changed-meanwhile` where a version is not the present one,
    /// `same-record` where they are read as one already, `restriction-differs` where only one of them is
    /// restricted; [`ClinicError::Invalid`] without a reason; [`ClinicError::NotFound`].
    pub fn merge(&mut self, new: &NewMerge) -> Result<Patient> {
        self.needs(Permission::MergePatients)?;
        reason(&new.reason)?;
        let conflict = |reason| Err(ClinicError::Conflict { reason });
        let (kept, gone) = (self.pair(new.kept)?, self.pair(new.gone)?);
        if kept.key == gone.key {
            return conflict("same-record");
        }
        if kept.owned.restricted != gone.owned.restricted {
            return conflict("restriction-differs");
        }
        let after: i64 = self.db.query_row(
            "SELECT coalesce(max(key), 0) FROM allergy_statements",
            [],
            |row| row.get(0),
        )?;
        let id = MergeId::new();
        self.db.execute(
            "INSERT INTO merges (id, kept, gone, after, reason, by, at)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)",
            params![
                id.as_bytes(),
                kept.key,
                gone.key,
                after,
                new.reason.expose(),
                self.by(),
                self.at()
            ],
        )?;
        read_anew(self.db, gone.key)?;
        patients::load(self.db, new.kept.0)
    }

    /// Takes a merge back: each record is read for itself again, as it was.
    ///
    /// # Errors
    /// [`ClinicError::NotFound`]; [`ClinicError::Conflict`] (`unmerged`) where it was taken back already;
    /// [`ClinicError::Invalid`] without a reason.
    pub fn unmerge(&mut self, id: MergeId, why: &Phi<String>) -> Result<[Patient; 2]> {
        self.needs(Permission::MergePatients)?;
        reason(why)?;
        let missing = || ClinicError::NotFound { what: "merge" };
        let (key, kept, gone) = self
            .db
            .prepare_cached(
                "SELECT m.key, k.id, g.id, g.key FROM merges AS m
                 JOIN patients AS k ON k.key = m.kept JOIN patients AS g ON g.key = m.gone
                 WHERE m.id = ?1",
            )?
            .query_row([id.as_bytes()], |row| {
                Ok((
                    row.get::<_, i64>(0)?,
                    sql::id(row, 1)?,
                    (sql::id(row, 2)?, row.get::<_, i64>(3)?),
                ))
            })
            .optional()?
            .ok_or_else(missing)?;
        self.patient_for(kept).map_err(|_| missing())?;
        self.patient_for(gone.0).map_err(|_| missing())?;
        let undone = self
            .db
            .prepare_cached("SELECT 1 FROM unmerges WHERE merge = ?1")?
            .exists([key])?;
        if undone {
            return Err(ClinicError::Conflict { reason: "unmerged" });
        }
        self.db.execute(
            "INSERT INTO unmerges VALUES (?1, ?2, ?3, ?4)",
            params![key, why.expose(), self.by(), self.at()],
        )?;
        read_anew(self.db, gone.1)?;
        Ok([
            patients::load(self.db, kept)?,
            patients::load(self.db, gone.0)?,
        ])
    }

    /// Says that two records are two people's, as they are now; a correction of either asks again.
    ///
    /// # Errors
    /// [`ClinicError::Conflict`] (`changed-meanwhile`, `same-record`); [`ClinicError::NotFound`].
    pub fn tell_apart(
        &mut self,
        one: (PatientId, u32),
        other: (PatientId, u32),
        why: &Phi<String>,
    ) -> Result<()> {
        self.needs(Permission::MergePatients)?;
        limits::long("reason", why.expose())?;
        let (one, other) = (self.pair(one)?, self.pair(other)?);
        let (a, b) = match one.key.cmp(&other.key) {
            std::cmp::Ordering::Less => (one, other),
            std::cmp::Ordering::Greater => (other, one),
            std::cmp::Ordering::Equal => {
                return Err(ClinicError::Conflict {
                    reason: "same-record",
                });
            }
        };
        self.db.execute(
            "INSERT INTO told_apart (a, a_version, b, b_version, reason, by, at)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)",
            params![
                a.key,
                a.version,
                b.key,
                b.version,
                why.expose(),
                self.by(),
                self.at()
            ],
        )?;
        Ok(())
    }

    /// A patient of a pair, as they were on screen.
    fn pair(&mut self, (id, version): (PatientId, u32)) -> Result<Found> {
        let found = self.patient_for(id)?;
        match found.version == version {
            true => Ok(found),
            false => Err(ClinicError::Conflict {
                reason: "changed-meanwhile",
            }),
        }
    }
}

fn reason(text: &Phi<String>) -> Result<()> {
    limits::long("reason", text.expose())?;
    match text.expose().trim().is_empty() {
        true => Err(ClinicError::Invalid {
            field: "reason",
            rule: "required",
        }),
        false => Ok(()),
    }
}

/// Works out anew which record is read for each of those that are read together with this one, from the
/// merges that stand.
fn read_anew(db: &Connection, key: i64) -> Result<()> {
    let together: Vec<i64> = db
        .prepare_cached(
            "SELECT key FROM patients WHERE head = (SELECT head FROM patients WHERE key = ?1)",
        )?
        .query_map([key], |row| row.get(0))?
        .collect::<rusqlite::Result<_>>()?;
    let mut stands = db.prepare_cached(
        "SELECT kept, after FROM merges AS m
         WHERE gone = ?1 AND NOT EXISTS (SELECT 1 FROM unmerges WHERE merge = m.key)
         ORDER BY key DESC LIMIT 1",
    )?;
    // At most as many steps as there are records: a record that was merged is never merged into.
    let mut heads: BTreeMap<i64, (i64, Option<i64>)> = BTreeMap::new();
    for one in &together {
        let (mut head, mut after) = (*one, None);
        for _ in 0..=together.len() {
            let next = stands
                .query_row([head], |row| Ok((row.get(0)?, row.get(1)?)))
                .optional()?;
            let Some((kept, said)) = next else { break };
            (head, after) = (kept, after.max(Some(said)));
        }
        heads.insert(*one, (head, after));
    }
    let mut read =
        db.prepare_cached("UPDATE patients SET head = ?2, merged_after = ?3 WHERE key = ?1")?;
    for (one, (head, after)) in heads {
        read.execute(params![one, head, after])?;
    }
    Ok(())
}
