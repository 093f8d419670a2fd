//! Whom a patient is compared with: whoever shares the sound of the name, the birth date or an id. What
//! is found here is made from the present versions, with each change of one of them.

use rusqlite::{Connection, params};

use super::{
    likeness::{Likeness, birth_key},
    sound::Spoken,
};
use crate::{
    Clinic,
    error::Result,
    record::patients::{self, PatientDetails},
};

/// Rises with every change of how people are compared; then everybody is compared anew.
pub(crate) const VERSION: u32 = 1;
/// The people whom one patient is compared with, newest first.
const COMPARED: u32 = 500;
/// Pairs that are kept of one patient, most alike first.
const KEPT: usize = 20;

impl Clinic {
    /// Compares up to `most` patients whom this way of comparing has not seen yet; whether more are left.
    /// It is no act of a person, and keeps what is found as [`Clinic::upkeep`] would.
    ///
    /// # Errors
    /// [`crate::ClinicError::Locked`]; disk errors.
    pub fn compare_older(&self, most: u32) -> Result<bool> {
        let store = self.store()?;
        let next =
            "SELECT key FROM patients WHERE compared_by < ?1 ORDER BY compared_by, key LIMIT ?2";
        let some = store
            .readers
            .borrow()?
            .db()?
            .prepare_cached(next)?
            .exists(params![VERSION, 1])?;
        if !some {
            return Ok(false);
        }
        store.upkeep(|db| {
            let keys: Vec<i64> = db
                .prepare_cached(next)?
                .query_map(params![VERSION, most], |row| row.get(0))?
                .collect::<rusqlite::Result<_>>()?;
            keys.iter().try_for_each(|key| compare(db, *key))?;
            Ok(keys.len() == most as usize)
        })
    }
}

/// Compares a patient's present version with everybody who shares something with it.
pub(crate) fn compare(db: &Connection, key: i64) -> Result<()> {
    let who = details_of(db, key)?;
    db.prepare_cached("DELETE FROM patient_traits WHERE patient = ?1")?
        .execute([key])?;
    db.prepare_cached("DELETE FROM likely_duplicates WHERE a = ?1 OR b = ?1")?
        .execute([key])?;
    let mut found = Vec::new();
    for other in sharing(db, &who, Some(key))? {
        let likeness = Likeness::of(&who, &details_of(db, other)?);
        if likeness.is_likely() {
            found.push((likeness.score, other));
        }
    }
    found.sort_unstable_by(|a, b| b.cmp(a));
    let mut keep = db.prepare_cached("INSERT INTO likely_duplicates VALUES (?1, ?2, ?3)")?;
    for (score, other) in found.into_iter().take(KEPT) {
        keep.execute(params![key.min(other), key.max(other), score])?;
    }
    let mut share = db.prepare_cached("INSERT OR IGNORE INTO patient_traits VALUES (?1, ?2)")?;
    for one in traits(&who) {
        share.execute(params![one, key])?;
    }
    db.prepare_cached("UPDATE patients SET compared_by = ?2 WHERE key = ?1")?
        .execute(params![key, VERSION])?;
    Ok(())
}

/// Rows of those who share a trait with this person.
pub(super) fn sharing(
    db: &Connection,
    who: &PatientDetails,
    except: Option<i64>,
) -> Result<Vec<i64>> {
    let traits = serde_json::to_string(&traits(who))?;
    let mut statement = db.prepare_cached(
        "SELECT DISTINCT t.patient FROM json_each(?1) AS j
         CROSS JOIN patient_traits AS t ON t.trait = j.value
         WHERE t.patient IS NOT ?2 ORDER BY t.patient DESC LIMIT ?3",
    )?;
    let found = statement.query_map(params![traits, except, COMPARED], |row| row.get(0))?;
    Ok(found.collect::<rusqlite::Result<_>>()?)
}

fn traits(who: &PatientDetails) -> Vec<String> {
    let mut traits = Spoken::of(who.name.expose()).keys();
    traits.extend(
        who.birth_date
            .as_ref()
            .and_then(|date| birth_key(date.expose())),
    );
    traits.extend(
        who.external_id
            .as_ref()
            .map(|id| id.expose().trim().to_lowercase())
            .filter(|id| !id.is_empty())
            .map(|id| format!("id:{id}")),
    );
    traits
}

pub(super) fn details_of(db: &Connection, key: i64) -> Result<PatientDetails> {
    Ok(db
        .prepare_cached(
            "SELECT v.name, v.birth_date, v.sex, v.external_id, v.issuer FROM patients AS p
             JOIN patient_versions AS v ON v.patient = p.key AND v.version = p.version
             WHERE p.key = ?1",
        )?
        .query_row([key], |row| patients::details(row, 0))?)
}
