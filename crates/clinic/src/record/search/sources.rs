//! What of a fact the search reads: its words, whose they are, and when they were said or signed.

use basics::{Language, Provenance};
use rusqlite::{Connection, OptionalExtension, params};
use serde::Deserialize;

use super::Source;
use crate::{error::Result, record::sql};

/// What the search knows of a source.
pub(super) struct Readable {
    pub(super) patient: i64,
    pub(super) at: i64,
    /// The original first.
    pub(super) texts: Vec<Readout>,
}

/// One text of a source.
pub(super) struct Readout {
    pub(super) text: String,
    pub(super) language: Option<Language>,
    /// Who stands behind it, where it is a translation.
    pub(super) provenance: Option<Provenance>,
}

/// The words of a source as they stand now; `None` where there are none to be found.
pub(super) fn read(db: &Connection, source: Source) -> Result<Option<Readable>> {
    let readable = match source {
        Source::Message { consultation, n } => message(db, consultation, n)?,
        Source::Note { key } => note(db, key)?,
        Source::Report { key } => report(db, key)?,
    };
    Ok(readable.filter(|readable| !readable.texts.is_empty()))
}

/// What was said – in a voice note, what was written down of it – and of each language the newest
/// translation.
fn message(db: &Connection, consultation: i64, n: i64) -> Result<Option<Readable>> {
    let found = db
        .prepare_cached(
            "SELECT c.patient, m.at, coalesce(t.language, m.language), coalesce(t.text, m.text),
                    coalesce(t.after, 0)
             FROM messages AS m
             JOIN consultations AS c ON c.key = m.consultation
             LEFT JOIN transcripts AS t ON t.consultation = m.consultation AND t.n = m.n AND t.part =
                (SELECT max(part) FROM transcripts
                 WHERE consultation = m.consultation AND n = m.n AND text <> '')
             WHERE m.consultation = ?1 AND m.n = ?2",
        )?
        .query_row(params![consultation, n], |row| {
            let original = Readout {
                text: row.get(3)?,
                language: Some(sql::language(row, 2)?),
                provenance: None,
            };
            let readable = Readable {
                patient: row.get(0)?,
                at: row.get(1)?,
                texts: vec![original],
            };
            Ok((readable, row.get::<_, i64>(4)?))
        })
        .optional()?;
    let Some((mut found, after)) = found else {
        return Ok(None);
    };
    let mut statement = db.prepare_cached(
        "SELECT language, text, provenance FROM translations AS t
         WHERE consultation = ?1 AND n = ?2 AND part > ?3 AND part =
            (SELECT max(part) FROM translations
             WHERE consultation = t.consultation AND n = t.n AND language = t.language)
           AND (NOT EXISTS (SELECT 1 FROM translation_findings
                            WHERE consultation = t.consultation AND n = t.n AND part = t.part)
             OR EXISTS (SELECT 1 FROM translation_confirmations
                        WHERE consultation = t.consultation AND n = t.n AND part = t.part))
         ORDER BY part",
    )?;
    // Translations of words that were corrected since count no longer; one in which the guard found
    // something is nobody's until its doctor confirms it.
    let mut translations = statement.query(params![consultation, n, after])?;
    while let Some(row) = translations.next()? {
        found.texts.push(Readout {
            text: row.get(1)?,
            language: Some(sql::language(row, 0)?),
            provenance: Some(sql::from_key(row, 2)?),
        });
    }
    found.texts.retain(|text| !text.text.trim().is_empty());
    Ok(Some(found))
}

/// The newest signed version; what is only drafted is nobody's word yet.
fn note(db: &Connection, key: i64) -> Result<Option<Readable>> {
    let found = db
        .prepare_cached(
            "SELECT c.patient, v.at, v.words
             FROM notes AS o
             JOIN consultations AS c ON c.key = o.consultation
             JOIN note_versions AS v ON v.note = o.key
             WHERE o.key = ?1 AND v.kind = 'signed' ORDER BY v.version DESC LIMIT 1",
        )?
        .query_row([key], |row| {
            let words = Readout {
                text: row.get(2)?,
                language: None,
                provenance: None,
            };
            Ok(Readable {
                patient: row.get(0)?,
                at: row.get(1)?,
                texts: vec![words],
            })
        })
        .optional()?;
    Ok(found)
}

/// What the newest signing says: its title, its sections, what was added.
fn report(db: &Connection, key: i64) -> Result<Option<Readable>> {
    let found = db
        .prepare_cached(
            "SELECT r.patient, g.at, r.language, g.title, g.content
             FROM reports AS r JOIN signings AS g ON g.report = r.key AND g.revision = r.revision
             WHERE r.key = ?1",
        )?
        .query_row([key], |row| {
            let language = sql::language(row, 2)?;
            let content = row.get_ref(4)?.as_blob().map_err(rusqlite::Error::from)?;
            let texts = sections(content)
                .into_iter()
                .chain([row.get(3)?])
                .filter(|text| !text.trim().is_empty())
                .map(|text| Readout {
                    text,
                    language: Some(language),
                    provenance: None,
                });
            Ok(Readable {
                patient: row.get(0)?,
                at: row.get(1)?,
                texts: texts.collect(),
            })
        })
        .optional()?;
    Ok(found)
}

/// The doctor's words in a signed report, sections that say most first. The record keeps the content as
/// it came; of another form than this, only the title is found.
fn sections(content: &[u8]) -> Vec<String> {
    #[derive(Deserialize)]
    struct Signed {
        text: Text,
        #[serde(default)]
        addenda: Vec<Added>,
    }
    #[derive(Deserialize)]
    struct Added {
        text: String,
    }
    #[derive(Default, Deserialize)]
    #[serde(default)]
    struct Text {
        impression: String,
        findings: String,
        recommendation: String,
        indication: String,
        comparison: String,
        technique: String,
    }
    let Ok(Signed { text, addenda }) = serde_json::from_slice(content) else {
        return Vec::new();
    };
    let added = addenda.into_iter().map(|added| added.text);
    added
        .chain([
            text.impression,
            text.findings,
            text.recommendation,
            text.indication,
            text.comparison,
            text.technique,
        ])
        .collect()
}
