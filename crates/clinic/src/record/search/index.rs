//! Writing the index: with the fact, in its transaction; and for what is older, in steps that can be
//! taken up again.

use rusqlite::{Connection, OptionalExtension, params};

use super::{SearchKind, Source, sources, tokens};
use crate::{
    Clinic,
    access::{Permission, Permit},
    error::Result,
    write::Change,
};

/// The present way of folding; another number makes every index anew.
const VERSION: i64 = 1;
/// A key is a moment in milliseconds and a place among those of the same millisecond.
const PLACES: u32 = 16;

impl Change<'_> {
    /// Notes that the words of `source` changed: they are in the index when this change is kept.
    pub(crate) fn searched(&mut self, source: Source) {
        self.searched.insert(source);
    }
}

impl Clinic {
    /// Takes one step through what is older than the index: at most `most` texts, in one transaction.
    /// Says whether more is left. It shows nobody anything, so it asks for no leave.
    ///
    /// # Errors
    /// [`crate::ClinicError::Locked`]; disk errors.
    pub fn index_older(&self, most: u32) -> Result<bool> {
        let store = self.store()?;
        let done = {
            let reader = store.readers.borrow()?;
            is_current(reader.db()?)? && !is_behind(reader.db()?)?
        };
        if done {
            return Ok(false);
        }
        store.upkeep(|db| {
            make_current(db)?;
            step(db, most)
        })
    }

    /// Whether older texts are still missing from the index.
    ///
    /// # Errors
    /// [`crate::ClinicError::WrongPermit`]; [`crate::ClinicError::Locked`].
    pub fn search_is_behind(&self, permit: &Permit) -> Result<bool> {
        permit.needs(Permission::SearchRecords)?;
        let store = self.store()?;
        let reader = store.readers.borrow()?;
        Ok(!is_current(reader.db()?)? || is_behind(reader.db()?)?)
    }
}

/// Puts each source into the index as it stands now.
pub(crate) fn refresh(db: &Connection, sources: impl IntoIterator<Item = Source>) -> Result<()> {
    sources.into_iter().try_for_each(|source| put(db, source))
}

/// The lowest key of a moment.
pub(super) fn key_of(at_ms: i64) -> i64 {
    at_ms.clamp(0, i64::MAX >> PLACES) << PLACES
}

/// The word in the column `scope` that stands for a kind.
pub(super) fn scope_of_kind(kind: SearchKind) -> String {
    format!("§k{}", kind.number())
}

/// The word in the column `scope` that stands for a patient.
pub(super) fn scope_of_patient(patient: i64) -> String {
    format!("§p{patient}")
}

fn put(db: &Connection, source: Source) -> Result<()> {
    let (kind, row, n) = source.row();
    let known: Option<i64> = db
        .prepare_cached(
            "SELECT key FROM search_entries WHERE kind = ?1 AND source = ?2 AND n = ?3",
        )?
        .query_row([kind, row, n], |row| row.get(0))
        .optional()?;
    let readable = sources::read(db, source)?;
    // A text signed anew is found at its new moment.
    let stays = |key: &i64| {
        readable
            .as_ref()
            .is_some_and(|readable| *key >> PLACES == key_of(readable.at) >> PLACES)
    };
    if let Some(key) = known {
        forget_words(db, key)?;
        if !stays(&key) {
            db.prepare_cached("DELETE FROM search_entries WHERE key = ?1")?
                .execute([key])?;
        }
    }
    let Some(readable) = &readable else {
        return Ok(());
    };
    let key = match known.filter(stays) {
        Some(key) => key,
        None => {
            let key = free_key(db, readable.at)?;
            db.prepare_cached("INSERT INTO search_entries VALUES (?1, ?2, ?3, ?4, ?5)")?
                .execute([key, kind, row, n, readable.patient])?;
            key
        }
    };
    let texts: Vec<&str> = readable.texts.iter().map(|text| &*text.text).collect();
    let scope = [
        scope_of_kind(source.kind()),
        scope_of_patient(readable.patient),
    ];
    db.prepare_cached("INSERT INTO search_words (rowid, words, scope) VALUES (?1, ?2, ?3)")?
        .execute(params![key, tokens::indexed(&texts), scope.join(" ")])?;
    Ok(())
}

fn forget_words(db: &Connection, key: i64) -> Result<()> {
    db.prepare_cached("DELETE FROM search_words WHERE rowid = ?1")?
        .execute([key])?;
    db.prepare_cached("DELETE FROM search_vectors WHERE key = ?1")?
        .execute([key])?;
    Ok(())
}

/// The next free key of a moment.
fn free_key(db: &Connection, at: i64) -> Result<i64> {
    let first = key_of(at);
    let last: Option<i64> = db
        .prepare_cached("SELECT max(key) FROM search_entries WHERE key BETWEEN ?1 AND ?2")?
        .query_row([first, first + (1 << PLACES) - 1], |row| row.get(0))?;
    let next = last.map_or(first, |last| last + 1);
    // More than 65,536 of one millisecond run over into the next, wherever that ends.
    let mut taken = db.prepare_cached("SELECT 1 FROM search_entries WHERE key = ?1")?;
    let mut key = next;
    while taken.exists([key])? {
        key += 1;
    }
    Ok(key)
}

fn is_current(db: &Connection) -> Result<bool> {
    Ok(db
        .prepare_cached("SELECT 1 FROM search_made_by WHERE version = ?1")?
        .exists([VERSION])?)
}

fn is_behind(db: &Connection) -> Result<bool> {
    let done: i64 = db
        .prepare_cached("SELECT count(*) FROM search_walks WHERE done = 1")?
        .query_row([], |row| row.get(0))?;
    Ok(done < SearchKind::ALL.len() as i64)
}

/// Throws away what another way of folding made.
fn make_current(db: &Connection) -> Result<()> {
    if is_current(db)? {
        return Ok(());
    }
    let made: bool = db
        .prepare_cached("SELECT 1 FROM search_made_by")?
        .exists([])?;
    if made {
        db.execute_batch(
            "INSERT INTO search_words (search_words) VALUES ('delete-all');
             DELETE FROM search_entries;",
        )?;
    }
    db.execute_batch("DELETE FROM search_walks; DELETE FROM search_made_by;")?;
    db.execute("INSERT INTO search_made_by VALUES (1, ?1)", [VERSION])?;
    for kind in SearchKind::ALL {
        db.execute(
            "INSERT INTO search_walks VALUES (?1, 0, 0, 0)",
            [kind.number()],
        )?;
    }
    Ok(())
}

/// Walks on through the first kind that is not done.
fn step(db: &Connection, most: u32) -> Result<bool> {
    let walk: Option<(i64, i64, i64)> = db
        .prepare_cached(
            "SELECT kind, source, n FROM search_walks WHERE done = 0 ORDER BY kind LIMIT 1",
        )?
        .query_row([], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)))
        .optional()?;
    let Some((kind, source, n)) = walk else {
        return Ok(false);
    };
    let next = match Source::from_row(kind, source, n) {
        Some(Source::Note { .. }) => {
            "SELECT key, 0 FROM notes WHERE key > ?1 AND ?2 = 0 ORDER BY key LIMIT ?3"
        }
        Some(Source::Report { .. }) => {
            "SELECT key, 0 FROM reports WHERE key > ?1 AND ?2 = 0 ORDER BY key LIMIT ?3"
        }
        _ => {
            "SELECT consultation, n FROM messages WHERE (consultation, n) > (?1, ?2)
              ORDER BY consultation, n LIMIT ?3"
        }
    };
    let places = db
        .prepare_cached(next)?
        .query_map(params![source, n, most], |row| {
            Ok((row.get(0)?, row.get(1)?))
        })?
        .collect::<rusqlite::Result<Vec<(i64, i64)>>>()?;
    let mut known = db.prepare_cached(
        "SELECT 1 FROM search_entries WHERE kind = ?1 AND source = ?2 AND n = ?3",
    )?;
    for (source, n) in &places {
        if !known.exists([kind, *source, *n])?
            && let Some(source) = Source::from_row(kind, *source, *n)
        {
            put(db, source)?;
        }
    }
    let done = places.len() < most as usize;
    let (source, n) = places.last().copied().unwrap_or((source, n));
    db.prepare_cached("UPDATE search_walks SET source = ?2, n = ?3, done = ?4 WHERE kind = ?1")?
        .execute(params![kind, source, n, done])?;
    Ok(!done || is_behind(db)?)
}
