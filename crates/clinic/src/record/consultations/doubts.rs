//! What the guard found in machine translations, and whether the doctor confirmed them all the same.
//!
//! A translation with findings that nobody confirmed is *held*: only the doctor reads it.

use basics::{Language, MessageId, Phi};
use rusqlite::{Connection, OptionalExtension, params};
use serde::{Deserialize, Serialize};

use super::{
    Found,
    messages::{Message, find_message, load_message},
};
use crate::{
    access::Permission,
    error::{ClinicError, Result},
    limits,
    record::{search::Source, sql},
    write::Change,
};

/// Findings of one translation at most.
const FINDINGS: usize = 50;

/// Something that differs between a message and its translation.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Finding {
    /// What: `number`, `negation` and so on.
    pub kind: String,
    /// As it stands in the message; empty where nothing of it does.
    pub source: Phi<String>,
    /// As it stands in the translation.
    pub target: Phi<String>,
}

/// What was found in a translation.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Doubt {
    /// Each difference.
    pub findings: Vec<Finding>,
    /// The doctor read both and confirmed the translation.
    pub confirmed: bool,
}

impl Change<'_> {
    /// Keeps what was found in the newest translation of a message into a language.
    ///
    /// # Errors
    /// [`ClinicError::NotFound`] for the message or a translation of it; [`ClinicError::Forbidden`] where
    /// the asker is not its doctor; the limits.
    pub fn doubt_translation(
        &mut self,
        id: MessageId,
        language: Language,
        findings: &[Finding],
    ) -> Result<()> {
        self.needs(Permission::HostConsultations)?;
        let findings = &findings[..findings.len().min(FINDINGS)];
        let json = serde_json::to_string(findings)?;
        limits::characters("findings", &json, limits::TRANSLATION)?;
        let (found, n) = find_message(self.db, self.permit, id)?;
        let found = self.own(found.id)?;
        let (part, _) = newest(self.db, &found, n, language)?;
        self.db
            .prepare_cached("INSERT INTO translation_findings VALUES (?1, ?2, ?3, ?4)")?
            .execute(params![found.key, n, part, json])?;
        self.searched(Source::Message {
            consultation: found.key,
            n,
        });
        Ok(())
    }

    /// The doctor confirms these words as the translation of a message into a language, whatever was
    /// found in them; again, they stay confirmed.
    ///
    /// # Errors
    /// [`ClinicError::Conflict`] (`translation-changed`) where another translation came meanwhile;
    /// [`ClinicError::NotFound`] for the message or a translation with findings; [`ClinicError::Forbidden`]
    /// where the asker is not its doctor.
    pub fn confirm_translation(
        &mut self,
        id: MessageId,
        language: Language,
        words: &Phi<String>,
    ) -> Result<Message> {
        self.needs(Permission::HostConsultations)?;
        let (found, n) = find_message(self.db, self.permit, id)?;
        let found = self.own(found.id)?;
        let (part, text) = newest(self.db, &found, n, language)?;
        if text != *words {
            return Err(ClinicError::Conflict {
                reason: "translation-changed",
            });
        }
        let doubted = self
            .db
            .prepare_cached(
                "SELECT 1 FROM translation_findings WHERE consultation = ?1 AND n = ?2 AND part = ?3",
            )?
            .exists(params![found.key, n, part])?;
        if !doubted {
            return Err(missing());
        }
        self.db
            .prepare_cached(
                "INSERT OR IGNORE INTO translation_confirmations VALUES (?1, ?2, ?3, ?4, ?5)",
            )?
            .execute(params![
                found.key,
                n,
                part,
                self.permit.user().as_bytes(),
                self.at()
            ])?;
        self.searched(Source::Message {
            consultation: found.key,
            n,
        });
        load_message(self.db, self.permit, &found, n)
    }
}

/// Tells of every translation with findings between two numbers: its number, its part, its doubt.
pub(super) fn complete(
    db: &Connection,
    found: &Found,
    first: i64,
    last: i64,
    mut tell: impl FnMut(u64, u64, Doubt),
) -> Result<()> {
    let mut statement = db.prepare_cached(
        "SELECT f.n, f.part, f.findings, c.at IS NOT NULL
         FROM translation_findings AS f LEFT JOIN translation_confirmations AS c
         ON c.consultation = f.consultation AND c.n = f.n AND c.part = f.part
         WHERE f.consultation = ?1 AND f.n BETWEEN ?2 AND ?3",
    )?;
    let mut rows = statement.query(params![found.key, first, last])?;
    while let Some(row) = rows.next()? {
        let findings = serde_json::from_str(&row.get::<_, String>(2)?)?;
        let confirmed = row.get(3)?;
        let doubt = Doubt {
            findings,
            confirmed,
        };
        tell(
            row.get::<_, i64>(0)?.unsigned_abs(),
            row.get::<_, i64>(1)?.unsigned_abs(),
            doubt,
        );
    }
    Ok(())
}

/// The newest translation into a language: its part and its words.
fn newest(
    db: &Connection,
    found: &Found,
    n: i64,
    language: Language,
) -> Result<(i64, Phi<String>)> {
    db.prepare_cached(
        "SELECT part, text FROM translations WHERE consultation = ?1 AND n = ?2 AND language = ?3
         ORDER BY part DESC LIMIT 1",
    )?
    .query_row(params![found.key, n, language.tag()], |row| {
        Ok((row.get(0)?, sql::phi(row, 1)?))
    })
    .optional()?
    .ok_or_else(missing)
}

fn missing() -> ClinicError {
    ClinicError::NotFound {
        what: "translation",
    }
}
