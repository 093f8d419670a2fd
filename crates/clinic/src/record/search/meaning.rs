//! Search by meaning: vectors that an engine made of the texts, and the nearest to the question's.
//!
//! sqlite-vec needs `unsafe` to be registered, which no crate here may use; so vectors lie as bytes and
//! are compared here, every one of a bounded span: exact, and the same few milliseconds always
//! (docs/decisions/0025). A vector is bound to the name of its model; only vectors of one model are
//! ever compared.

use basics::{PatientId, Phi};
use rusqlite::{Connection, params};

use super::{
    SearchQuery, SearchRow, Source,
    page::{Entry, Span, entry, may_see, show, span},
    sources,
};
use crate::{
    Clinic,
    access::{Permission, Permit},
    error::{ClinicError, Result},
    limits,
};

/// How many of the newest texts are compared.
pub const MEANING_SPAN: u32 = 20_000;
/// Characters of a text that an engine gets.
const EMBEDDED: usize = 2_000;
/// Numbers of a vector.
const DIMENSIONS: std::ops::RangeInclusive<usize> = 2..=4_096;

/// What an engine made of a text.
pub struct Vector {
    /// Which text.
    pub of: ToEmbed,
    /// Its numbers.
    pub numbers: Vec<f32>,
}

/// A text that has no vector yet; hand it back with the vector.
pub struct ToEmbed {
    key: i64,
    source: Source,
    /// Whose it is.
    pub patient_id: PatientId,
    /// The words.
    pub text: Phi<String>,
}

/// How far a model has come.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct MeaningState {
    /// Texts with a vector of it, among the newest [`MEANING_SPAN`].
    pub ready: u64,
    /// Texts in that span.
    pub of: u64,
}

impl Clinic {
    /// The newest texts that the asker may read and that have no vector of this model, at most `most`.
    ///
    /// # Errors
    /// [`ClinicError::WrongPermit`]; [`ClinicError::Locked`].
    pub fn to_embed(&self, permit: &Permit, model: &str, most: u32) -> Result<Vec<ToEmbed>> {
        permit.needs(Permission::SearchRecords)?;
        let store = self.store()?;
        let reader = store.readers.borrow()?;
        let db = reader.db()?.unchecked_transaction()?;
        let mut statement = db.prepare_cached(
            "SELECT e.key, e.kind, e.source, e.n, e.patient, p.id, p.restricted, p.treating
             FROM (SELECT * FROM search_entries ORDER BY key DESC LIMIT ?2) AS e
             CROSS JOIN heads AS p ON p.member = e.patient
             WHERE NOT EXISTS (SELECT 1 FROM search_vectors WHERE key = e.key AND model = ?1)
             ORDER BY e.key DESC",
        )?;
        let mut rows = statement.query(params![model, MEANING_SPAN])?;
        let mut found = Vec::new();
        while let Some(row) = rows.next()?
            && found.len() < most as usize
        {
            let entry = entry(row)?;
            let reads = entry.source.kind().is_read_by(permit.role());
            if reads
                && may_see(&db, permit, &entry)?
                && let Some(text) = whole(&db, entry.source)?
            {
                found.push(ToEmbed {
                    key: entry.key,
                    source: entry.source,
                    patient_id: entry.patient_id(),
                    text,
                });
            }
        }
        Ok(found)
    }

    /// Keeps vectors of this model, each in place of what its text had.
    ///
    /// # Errors
    /// [`ClinicError::WrongPermit`]; [`ClinicError::Invalid`] for numbers that are none; the limits.
    pub fn keep_vectors(&self, permit: &Permit, model: &str, vectors: &[Vector]) -> Result<()> {
        permit.needs(Permission::SearchRecords)?;
        limits::name("model", model)?;
        let packed = vectors
            .iter()
            .map(|vector| Ok((&vector.of, pack(&vector.numbers)?)))
            .collect::<Result<Vec<_>>>()?;
        self.store()?.upkeep(|db| {
            let mut keep = db.prepare_cached(
                "INSERT OR REPLACE INTO search_vectors
                 SELECT key, ?2, ?3 FROM search_entries WHERE key = ?1",
            )?;
            for (of, bytes) in packed {
                // A text that changed while the engine was at it waits for its own.
                if whole(db, of.source)?.as_ref() == Some(&of.text) {
                    keep.execute(params![of.key, model, bytes])?;
                }
            }
            Ok(())
        })
    }

    /// What lies nearest to the question's vector, nearest first, among the newest [`MEANING_SPAN`] texts
    /// that the question is limited to. The words of the query are not looked at.
    ///
    /// # Errors
    /// As [`Clinic::search`] and [`Clinic::keep_vectors`].
    pub fn search_meaning(
        &self,
        permit: &Permit,
        query: &SearchQuery,
        model: &str,
        numbers: &[f32],
        limit: u32,
    ) -> Result<Vec<SearchRow>> {
        permit.needs(Permission::SearchRecords)?;
        let limit = limits::page(limit)? as usize;
        let asked = pack(numbers)?;
        let store = self.store()?;
        let reader = store.readers.borrow()?;
        let db = reader.db()?.unchecked_transaction()?;
        let span = span(&db, permit, query)?;
        let mut nearest = compare(&db, permit, &span, model, &asked)?;
        nearest.sort_by(|(one, _), (other, _)| other.total_cmp(one));
        let mut rows = Vec::new();
        for (_, entry) in nearest {
            if rows.len() == limit {
                break;
            }
            rows.extend(show(&db, &entry, None)?);
        }
        Ok(rows)
    }

    /// How many of the newest texts have a vector of this model.
    ///
    /// # Errors
    /// [`ClinicError::WrongPermit`]; [`ClinicError::Locked`].
    pub fn meaning_state(&self, permit: &Permit, model: &str) -> Result<MeaningState> {
        permit.needs(Permission::SearchRecords)?;
        let store = self.store()?;
        let reader = store.readers.borrow()?;
        let state = reader
            .db()?
            .prepare_cached(
                "SELECT count(v.key), count(*)
                 FROM (SELECT key FROM search_entries ORDER BY key DESC LIMIT ?2) AS e
                 LEFT JOIN search_vectors AS v ON v.key = e.key AND v.model = ?1",
            )?
            .query_row(params![model, MEANING_SPAN], |row| {
                Ok(MeaningState {
                    ready: crate::record::sql::size(row, 0)?,
                    of: crate::record::sql::size(row, 1)?,
                })
            })?;
        Ok(state)
    }
}

/// Every entry of the span that the asker may see, with how near it is: 1 is the same, 0 has nothing to
/// do with it.
fn compare(
    db: &Connection,
    permit: &Permit,
    span: &Span,
    model: &str,
    asked: &[u8],
) -> Result<Vec<(f32, Entry)>> {
    let mut statement = db.prepare_cached(
        "SELECT e.key, e.kind, e.source, e.n, e.patient, p.id, p.restricted, p.treating, v.vector
         FROM (SELECT * FROM search_entries
               WHERE key >= ?3 AND key < ?4 AND (?5 IS NULL OR patient IN
                      (SELECT key FROM patients WHERE head = ?5))
               ORDER BY key DESC LIMIT ?2) AS e
         CROSS JOIN search_vectors AS v ON v.key = e.key AND v.model = ?1
         CROSS JOIN heads AS p ON p.member = e.patient",
    )?;
    let mut rows = statement.query(params![
        model,
        MEANING_SPAN,
        span.from,
        span.before,
        span.patient
    ])?;
    let mut near = Vec::new();
    while let Some(row) = rows.next()? {
        let entry = entry(row)?;
        if !span.kinds.contains(&entry.source.kind()) || !may_see(db, permit, &entry)? {
            continue;
        }
        let vector = row.get_ref(8)?.as_blob().map_err(rusqlite::Error::from)?;
        near.extend(nearness(asked, vector).map(|nearness| (nearness, entry)));
    }
    Ok(near)
}

/// What an engine reads of a source: the original and its translations, as far as they go.
fn whole(db: &Connection, source: Source) -> Result<Option<Phi<String>>> {
    let Some(readable) = sources::read(db, source)? else {
        return Ok(None);
    };
    let texts: Vec<&str> = readable.texts.iter().map(|text| &*text.text).collect();
    let text: String = texts.join("\n").chars().take(EMBEDDED).collect();
    Ok(Some(Phi::new(text)))
}

/// A vector of length 1 as bytes: what one step is worth, then a step count for each number.
fn pack(numbers: &[f32]) -> Result<Vec<u8>> {
    let invalid = || ClinicError::Invalid {
        field: "vector",
        rule: "range",
    };
    let length = numbers.iter().map(|n| n * n).sum::<f32>().sqrt();
    if !DIMENSIONS.contains(&numbers.len()) || !length.is_normal() {
        return Err(invalid());
    }
    let most = numbers.iter().fold(0.0_f32, |most, n| most.max(n.abs())) / length;
    let step = most / 127.0;
    let steps = numbers
        .iter()
        .map(|n| ((n / length / step).round() as i8).to_le_bytes());
    Ok(step
        .to_le_bytes()
        .into_iter()
        .chain(steps.flatten())
        .collect())
}

/// The cosine of the angle between two packed vectors; `None` where they cannot be compared.
fn nearness(one: &[u8], other: &[u8]) -> Option<f32> {
    let (one_step, one) = one.split_first_chunk::<4>()?;
    let (other_step, other) = other.split_first_chunk::<4>()?;
    if one.len() != other.len() {
        return None;
    }
    let product: i32 = one
        .iter()
        .zip(other)
        .map(|(a, b)| i32::from(*a as i8) * i32::from(*b as i8))
        .sum();
    Some(product as f32 * f32::from_le_bytes(*one_step) * f32::from_le_bytes(*other_step))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn what_is_no_vector_is_refused() {
        for bad in [
            &[][..],
            &[1.0],
            &[0.0, 0.0],
            &[f32::NAN, 1.0],
            &[f32::INFINITY, 1.0],
        ] {
            assert!(pack(bad).is_err(), "{bad:?}");
        }
        let one = pack(&[1.0, 0.0]).unwrap();
        assert_eq!(nearness(&one, &pack(&[1.0, 0.0, 0.0]).unwrap()), None);
        assert_eq!(nearness(&one, b"abc"), None);
    }

    proptest! {
        #[test]
        fn packed_vectors_keep_their_angle(pairs in prop::collection::vec((-1.0_f32..1.0, -1.0_f32..1.0), 64)) {
            let (one, other): (Vec<f32>, Vec<f32>) = pairs.into_iter().unzip();
            let length = |numbers: &[f32]| numbers.iter().map(|n| n * n).sum::<f32>().sqrt();
            prop_assume!(length(&one) > 0.1 && length(&other) > 0.1);
            let dot: f32 = one.iter().zip(&other).map(|(a, b)| a * b).sum();
            let exact = dot / length(&one) / length(&other);
            let packed = nearness(&pack(&one).unwrap(), &pack(&other).unwrap()).unwrap();
            prop_assert!((exact - packed).abs() < 0.02, "{exact} {packed}");
        }
    }
}
