//! Where something was found, as a list names it.

use rusqlite::{Connection, OptionalExtension, params};

use super::FoundAt;
use crate::{
    error::Result,
    record::{reports, sql},
};

pub(super) fn message(db: &Connection, consultation: i64, n: i64) -> Result<Option<FoundAt>> {
    let place = db
        .prepare_cached(
            "SELECT c.id, m.id, p.name, p.kind,
                    EXISTS (SELECT 1 FROM sounds WHERE consultation = m.consultation AND n = m.n)
             FROM messages AS m
             JOIN consultations AS c ON c.key = m.consultation
             JOIN participants AS p ON p.key = m.participant
             WHERE m.consultation = ?1 AND m.n = ?2",
        )?
        .query_row(params![consultation, n], |row| {
            Ok(FoundAt::Message {
                consultation_id: sql::id(row, 0)?,
                message_id: sql::id(row, 1)?,
                n: u64::try_from(n).unwrap_or(0),
                by: sql::phi(row, 2)?,
                kind: sql::from_key(row, 3)?,
                spoken: row.get(4)?,
            })
        })
        .optional()?;
    Ok(place)
}

pub(super) fn note(db: &Connection, key: i64) -> Result<Option<FoundAt>> {
    let place = db
        .prepare_cached(
            "SELECT o.id, c.id, u.name
             FROM notes AS o
             JOIN consultations AS c ON c.key = o.consultation
             JOIN note_versions AS v ON v.note = o.key
             JOIN users AS u ON u.id = v.by
             WHERE o.key = ?1 AND v.kind = 'signed' ORDER BY v.version DESC LIMIT 1",
        )?
        .query_row([key], |row| {
            Ok(FoundAt::Note {
                note_id: sql::id(row, 0)?,
                consultation_id: sql::id(row, 1)?,
                by: sql::phi(row, 2)?,
            })
        })
        .optional()?;
    Ok(place)
}

pub(super) fn report(db: &Connection, key: i64) -> Result<Option<FoundAt>> {
    let place = db
        .prepare_cached(
            "SELECT r.id, r.number, g.title, r.state, u.name
             FROM reports AS r
             JOIN signings AS g ON g.report = r.key AND g.revision = r.revision
             JOIN users AS u ON u.id = g.by
             WHERE r.key = ?1",
        )?
        .query_row([key], |row| {
            Ok(FoundAt::Report {
                report_id: sql::id(row, 0)?,
                number: row.get(1).map(reports::number)?,
                title: sql::phi(row, 2)?,
                state: sql::from_key(row, 3)?,
                by: sql::phi(row, 4)?,
            })
        })
        .optional()?;
    Ok(place)
}
