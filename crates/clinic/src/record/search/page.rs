//! A page of what was found, newest first.

use basics::{PatientId, UserId};
use rusqlite::{Connection, Row, params};

use super::{
    FoundAt, SearchKind, SearchPage, SearchQuery, SearchRow, Source,
    excerpt::excerpt,
    index::{key_of, scope_of_kind, scope_of_patient},
    question::{self, Question},
    sources::{self, Readable},
};
use crate::{
    Clinic,
    access::{Ownership, Permission, Permit, Reach},
    error::{ClinicError, Result},
    limits,
    record::{patients, reports, sql},
    write::find,
};

/// Index rows that one page looks at. So a page costs the same where nearly all that the words find is
/// out of the asker's reach; it is short then, and says that there is more.
const LOOKED_AT: usize = 5_000;

/// What a question is limited to, as keys of the index.
pub(super) struct Span {
    pub(super) patient: Option<i64>,
    /// That patient's records: more than one where some were merged.
    pub(super) records: Vec<i64>,
    pub(super) kinds: Vec<SearchKind>,
    pub(super) from: i64,
    pub(super) before: i64,
}

/// An entry of the index and who may see it.
pub(super) struct Entry {
    pub(super) key: i64,
    pub(super) source: Source,
    patient: i64,
    owned: Ownership,
}

impl Entry {
    pub(super) fn patient_id(&self) -> PatientId {
        self.owned.patient
    }
}

impl Clinic {
    /// A page of what holds all the words, newest first; an empty page where there are no words.
    ///
    /// # Errors
    /// [`ClinicError::WrongPermit`]; [`ClinicError::TooLong`] for the words; [`ClinicError::NotFound`]
    /// for the patient; [`ClinicError::Invalid`] for a cursor or limit that is none.
    pub fn search(
        &self,
        permit: &Permit,
        query: &SearchQuery,
        cursor: Option<&str>,
        limit: u32,
    ) -> Result<SearchPage> {
        permit.needs(Permission::SearchRecords)?;
        let limit = limits::page(limit)? as usize;
        limits::characters("words", query.words.expose(), question::LONGEST)?;
        let cursor: Option<i64> = cursor
            .map(|cursor| sql::number("cursor", cursor))
            .transpose()?;
        let store = self.store()?;
        let reader = store.readers.borrow()?;
        // Index and facts of one moment.
        let db = reader.db()?.unchecked_transaction()?;
        let mut span = span(&db, permit, query)?;
        span.before = cursor.map_or(span.before, |cursor| cursor.min(span.before));
        let question = Question::read(query.words.expose());
        let mut page = SearchPage {
            rows: Vec::new(),
            next: None,
        };
        let Some(question) = question.filter(|_| !span.kinds.is_empty()) else {
            return Ok(page);
        };
        let mut statement = db.prepare_cached(
            "SELECT e.key, e.kind, e.source, e.n, e.patient, p.id, p.restricted, p.treating
             FROM search_words AS w
             CROSS JOIN search_entries AS e ON e.key = w.rowid
             CROSS JOIN heads AS p ON p.member = e.patient
             WHERE search_words MATCH ?1 AND w.rowid >= ?2 AND w.rowid < ?3
             ORDER BY w.rowid DESC",
        )?;
        let asked = asked(&question, &span);
        let mut found = statement.query(params![asked, span.from, span.before])?;
        let mut last = 0_i64;
        let mut looked_at = 0;
        while let Some(row) = found.next()? {
            let entry = entry(row)?;
            if page.rows.len() == limit || looked_at == LOOKED_AT {
                page.next = Some(last.to_string());
                break;
            }
            (last, looked_at) = (entry.key, looked_at + 1);
            if may_see(&db, permit, &entry)?
                && let Some(row) = show(&db, &entry, Some(&question))?
            {
                page.rows.push(row);
            }
        }
        Ok(page)
    }
}

/// What the asker may search in, and wants to.
pub(super) fn span(db: &Connection, permit: &Permit, query: &SearchQuery) -> Result<Span> {
    let patient: Option<PatientId> = match permit.reach() {
        Reach::Own => Some(
            permit
                .patient()
                .ok_or(ClinicError::NotFound { what: "patient" })?,
        ),
        _ => query.patient_id,
    };
    let patient = patient.map(|id| find(db, permit, id)).transpose()?;
    let records = match &patient {
        None => Vec::new(),
        Some(found) => db
            .prepare_cached("SELECT key FROM patients WHERE head = ?1 ORDER BY key")?
            .query_map([found.key], |row| row.get(0))?
            .collect::<rusqlite::Result<_>>()?,
    };
    let asked = |kind: &SearchKind| query.kinds.is_empty() || query.kinds.contains(kind);
    Ok(Span {
        patient: patient.map(|found| found.key),
        records,
        kinds: SearchKind::ALL
            .into_iter()
            .filter(|kind| asked(kind) && kind.is_read_by(permit.role()))
            .collect(),
        from: query.from.map_or(0, |at| key_of(at.as_millisecond())),
        before: query.to.map_or(i64::MAX, |at| key_of(at.as_millisecond())),
    })
}

/// Whether the asker may read what this entry was made of: the rules of reading it.
pub(super) fn may_see(db: &Connection, permit: &Permit, entry: &Entry) -> Result<bool> {
    if !permit.covers(&entry.owned) {
        return Ok(false);
    }
    match entry.source {
        // A patient sees what was released.
        Source::Report { key } if permit.reach() == Reach::Own => {
            Ok(reports::state_of(db, key)?.is_some_and(|state| state.is_released()))
        }
        _ => Ok(true),
    }
}

/// An entry from the columns `key, kind, source, n, patient, id, restricted, treating`.
pub(super) fn entry(row: &Row<'_>) -> Result<Entry> {
    let source = Source::from_row(row.get(1)?, row.get(2)?, row.get(3)?)
        .ok_or(ClinicError::Damaged { part: "database" })?;
    let treating: Option<UserId> = sql::optional_id(row, 7)?;
    Ok(Entry {
        key: row.get(0)?,
        source,
        patient: row.get(4)?,
        owned: Ownership {
            patient: sql::id(row, 5)?,
            restricted: row.get(6)?,
            treating,
        },
    })
}

/// An entry as a list shows it; `None` where its words went away meanwhile.
pub(super) fn show(
    db: &Connection,
    entry: &Entry,
    question: Option<&Question>,
) -> Result<Option<SearchRow>> {
    let Some(readable) = sources::read(db, entry.source)? else {
        return Ok(None);
    };
    let Some(place) = place(db, entry.source)? else {
        return Ok(None);
    };
    let at = basics::Timestamp::from_millisecond(readable.at)
        .map_err(|_| ClinicError::Damaged { part: "database" })?;
    let best = best(&readable, question);
    let row = db
        .prepare_cached(
            "SELECT v.name, v.birth_date, v.sex, p.key FROM heads AS p
             JOIN patient_versions AS v ON v.patient = p.key AND v.version = p.version
             WHERE p.member = ?1",
        )?
        .query_row([entry.patient], |row| {
            Ok(SearchRow {
                place,
                patient_id: entry.owned.patient,
                patient_number: patients::number(row.get(3)?),
                patient_name: sql::phi(row, 0)?,
                birth_date: sql::optional_phi(row, 1)?,
                sex: sql::from_key(row, 2)?,
                restricted: entry.owned.restricted,
                at,
                language: best.and_then(|text| text.language),
                provenance: best.and_then(|text| text.provenance),
                excerpt: best.map_or_else(Default::default, |text| excerpt(&text.text, question)),
            })
        })?;
    Ok(Some(row))
}

/// The text that holds most of what was asked for; of equals the first, which is the original.
fn best<'a>(readable: &'a Readable, question: Option<&Question>) -> Option<&'a sources::Readout> {
    let held = |text: &sources::Readout| question.map_or(0, |asked| asked.held_by(&text.text));
    let mut best: Option<(usize, &sources::Readout)> = None;
    for text in &readable.texts {
        let held = held(text);
        if best.is_none_or(|(most, _)| held > most) {
            best = Some((held, text));
        }
    }
    best.map(|(_, text)| text)
}

fn place(db: &Connection, source: Source) -> Result<Option<FoundAt>> {
    match source {
        Source::Message { consultation, n } => super::place::message(db, consultation, n),
        Source::Note { key } => super::place::note(db, key),
        Source::Report { key } => super::place::report(db, key),
    }
}

/// The question to the index: the words, and in the column `scope` whose and of what kind.
fn asked(question: &Question, span: &Span) -> String {
    let mut asked = question.fts();
    if span.patient.is_some() {
        let records: Vec<_> = span
            .records
            .iter()
            .map(|record| format!("\"{}\"", scope_of_patient(*record)))
            .collect();
        asked.push_str(&format!(" AND scope : ({})", records.join(" OR ")));
    }
    if span.kinds.len() < SearchKind::ALL.len() {
        let kinds: Vec<_> = span
            .kinds
            .iter()
            .map(|kind| format!("\"{}\"", scope_of_kind(*kind)))
            .collect();
        asked.push_str(&format!(" AND scope : ({})", kinds.join(" OR ")));
    }
    asked
}
