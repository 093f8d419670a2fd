//! The words of voice notes: who waits for an engine, what it heard, what a doctor corrected.
//!
//! A note without a row here was never asked for: no engine was set when it was said.

use std::fmt;

use basics::{ConsultationId, Language, MessageId, Phi, Timestamp};
use rusqlite::{Connection, OptionalExtension, Row, params};
use serde::{Deserialize, Serialize};

use super::{
    Found,
    messages::{Message, find_message, load_message},
};
use crate::{
    Clinic,
    access::{Permission, Permit},
    error::{ClinicError, Result},
    limits,
    record::{patients, search::Source, sql},
    write::Change,
};

/// Segments of a transcript at most: eight minutes of very short ones.
const SEGMENTS: usize = 4000;

/// How a voice note stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum TranscriptState {
    /// It waits for an engine.
    Waiting,
    /// An engine wrote it down.
    Written,
    /// Nobody speaks in it: it went to no engine.
    NoSpeech,
    /// The engine could not; asked again, it tries again.
    Failed,
    /// A doctor corrected what the engine wrote, or wrote it.
    Corrected,
}

/// The words of a voice note as they stand.
#[derive(Clone)]
pub struct Transcript {
    /// How it stands.
    pub state: TranscriptState,
    /// What the engine heard it spoken in.
    pub language: Option<Language>,
    /// The words; empty unless written or corrected.
    pub text: Phi<String>,
    /// The same by the time at which they are said; none of a correction.
    pub segments: Vec<TranscriptSegment>,
    /// Name of the engine.
    pub engine: Option<String>,
    /// The sound did not leave this machine for it.
    pub on_device: bool,
    /// Why it failed: a sentence of the catalogue.
    pub problem: Option<String>,
    /// Shown name of whoever corrected it.
    pub by: Option<Phi<String>>,
    /// When it was kept; of one that waits, since when.
    pub at: Timestamp,
}

/// A part of a transcript.
#[derive(Clone, PartialEq, Serialize, Deserialize)]
pub struct TranscriptSegment {
    /// Where it begins in the sound, milliseconds.
    pub from_ms: u64,
    /// Where it ends.
    pub to_ms: u64,
    /// The words.
    pub text: Phi<String>,
    /// How sure the engine is, 0–1.
    pub confidence: Option<f32>,
}

/// What became of a voice note that waited.
#[derive(Clone)]
pub enum NewTranscript {
    /// An engine wrote it down: at most 32,000 characters.
    Written {
        /// What it heard it spoken in.
        language: Option<Language>,
        /// The words, in order.
        segments: Vec<TranscriptSegment>,
        /// Its name: at most 200 characters.
        engine: String,
        /// The sound did not leave this machine.
        on_device: bool,
    },
    /// Nobody speaks in it.
    NoSpeech,
    /// It could not be written down.
    Failed {
        /// Name of the engine.
        engine: String,
        /// A sentence of the catalogue.
        problem: String,
    },
    /// A doctor says what was said: 1–32,000 characters.
    Corrected {
        /// The words.
        text: Phi<String>,
    },
}

/// A voice note that waits.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct WaitingNote {
    /// The message.
    pub message_id: MessageId,
    /// Where it was said.
    pub consultation_id: ConsultationId,
    /// What it is said to be spoken in.
    pub language: Language,
    /// Since when.
    pub since: Timestamp,
}

impl fmt::Debug for Transcript {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Transcript({:?})", self.state)
    }
}

// A transcript with its number; the clauses after it differ.
macro_rules! transcripts {
    ($rest:literal) => {
        concat!(
            "SELECT t.n, t.state, t.language, t.text, t.segments, t.engine, t.on_device, t.problem,
                    u.name, t.at, t.after
             FROM transcripts AS t LEFT JOIN users AS u ON u.id = t.by ",
            $rest
        )
    };
}

impl Clinic {
    /// Voice notes in the asker's own consultations that wait for an engine, in the order in which they
    /// were said; also those of consultations that have ended.
    ///
    /// # Errors
    /// [`ClinicError::WrongPermit`]; [`ClinicError::Locked`].
    pub fn waiting_notes(&self, permit: &Permit, limit: u32) -> Result<Vec<WaitingNote>> {
        permit.needs(Permission::HostConsultations)?;
        let limit = limits::page(limit)?;
        let store = self.store()?;
        let reader = store.readers.borrow()?;
        let db = reader.db()?;
        let (all, me) = patients::listed(permit)?;
        let mut statement = db.prepare_cached(
            "SELECT m.id, c.id, m.language, q.since
             FROM transcript_queue AS q
             JOIN messages AS m ON m.consultation = q.consultation AND m.n = q.n
             JOIN consultations AS c ON c.key = q.consultation
             JOIN heads AS p ON p.member = c.patient
             WHERE c.doctor = ?1 AND (?2 OR p.restricted = 0 OR p.treating = ?1)
             ORDER BY q.key LIMIT ?3",
        )?;
        let notes = statement.query_map(params![me, all, limit], |row| {
            Ok(WaitingNote {
                message_id: sql::id(row, 0)?,
                consultation_id: sql::id(row, 1)?,
                language: sql::language(row, 2)?,
                since: sql::moment(row, 3)?,
            })
        })?;
        Ok(notes.collect::<rusqlite::Result<_>>()?)
    }

    /// Everything that was ever written down of a voice note, newest first.
    ///
    /// # Errors
    /// [`ClinicError::NotFound`] where there is no such message or the permit does not reach its patient.
    pub fn transcripts(&self, permit: &Permit, id: MessageId) -> Result<Vec<Transcript>> {
        permit.needs_one_of(&super::READERS)?;
        let store = self.store()?;
        let reader = store.readers.borrow()?;
        let db = reader.db()?;
        let (found, n) = find_message(db, permit, id)?;
        let mut statement = db.prepare_cached(transcripts!(
            "WHERE t.consultation = ?1 AND t.n = ?2 ORDER BY t.part DESC"
        ))?;
        let rows = statement.query_map(params![found.key, n], |row| Ok(transcript(row)?.1))?;
        Ok(rows.collect::<rusqlite::Result<_>>()?)
    }
}

impl Change<'_> {
    /// Has a voice note wait for an engine; one that waits already goes on waiting in its place.
    ///
    /// # Errors
    /// [`ClinicError::NotFound`] for the message or its sound; [`ClinicError::Forbidden`] where the asker
    /// is not its doctor; [`ClinicError::Conflict`] (`written-already`).
    pub fn want_transcript(&mut self, id: MessageId) -> Result<()> {
        let (found, n) = self.voice_note(id)?;
        let words: Option<String> = self
            .db
            .prepare_cached(
                "SELECT text FROM transcripts WHERE consultation = ?1 AND n = ?2 AND text <> ''
                 LIMIT 1",
            )?
            .query_row(params![found.key, n], |row| row.get(0))
            .optional()?;
        if words.is_some() {
            return Err(ClinicError::Conflict {
                reason: "written-already",
            });
        }
        self.db
            .prepare_cached(
                "INSERT INTO transcript_queue (consultation, n, since) VALUES (?1, ?2, ?3)
                 ON CONFLICT (consultation, n) DO NOTHING",
            )?
            .execute(params![found.key, n, self.at()])?;
        Ok(())
    }

    /// Keeps what became of a voice note beside what there is; it waits no longer. It may also come
    /// after the end.
    ///
    /// # Errors
    /// [`ClinicError::NotFound`] for the message or its sound; [`ClinicError::Forbidden`] where the asker
    /// is not its doctor; [`ClinicError::Conflict`] (`written-already`) where an engine comes after words
    /// that stand; the limits.
    pub fn add_transcript(&mut self, id: MessageId, new: &NewTranscript) -> Result<Message> {
        let (found, n) = self.voice_note(id)?;
        let row = New::of(new)?;
        let corrected = matches!(new, NewTranscript::Corrected { .. });
        let before = newest(self.db, &found, n)?;
        if !corrected && before.is_some_and(|one| !one.text.expose().is_empty()) {
            // Somebody wrote it by hand while the engine listened: the person's words stand.
            return Err(ClinicError::Conflict {
                reason: "written-already",
            });
        }
        self.db
            .prepare_cached(
                "INSERT INTO transcripts
                 SELECT ?1, ?2, coalesce(max(part), 0) + 1, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11,
                        (SELECT coalesce(max(part), 0) FROM translations
                         WHERE consultation = ?1 AND n = ?2)
                 FROM transcripts WHERE consultation = ?1 AND n = ?2",
            )?
            .execute(params![
                found.key,
                n,
                self.at(),
                sql::key_of(&row.state)?,
                row.language.map(Language::tag),
                row.text,
                serde_json::to_string(row.segments)?,
                row.engine,
                row.on_device,
                row.problem,
                corrected.then(|| self.by()),
            ])?;
        self.searched(Source::Message {
            consultation: found.key,
            n,
        });
        self.answered(&found, n)?;
        load_message(self.db, self.permit, &found, n)
    }

    /// A voice note waits no longer.
    ///
    /// # Errors
    /// As [`Change::want_transcript`].
    pub fn forget_wanted(&mut self, id: MessageId) -> Result<()> {
        let (found, n) = self.voice_note(id)?;
        self.answered(&found, n)
    }

    fn answered(&self, found: &Found, n: i64) -> Result<()> {
        self.db
            .prepare_cached("DELETE FROM transcript_queue WHERE consultation = ?1 AND n = ?2")?
            .execute(params![found.key, n])?;
        Ok(())
    }

    /// The asker's own voice note.
    fn voice_note(&mut self, id: MessageId) -> Result<(Found, i64)> {
        self.needs(Permission::HostConsultations)?;
        let (found, n) = find_message(self.db, self.permit, id)?;
        let found = self.own(found.id)?;
        let spoken = self
            .db
            .prepare_cached("SELECT 1 FROM sounds WHERE consultation = ?1 AND n = ?2")?
            .exists(params![found.key, n])?;
        match spoken {
            true => Ok((found, n)),
            false => Err(ClinicError::NotFound { what: "sound" }),
        }
    }
}

/// A row to be written.
struct New<'a> {
    state: TranscriptState,
    language: Option<Language>,
    text: String,
    segments: &'a [TranscriptSegment],
    engine: Option<&'a str>,
    on_device: bool,
    problem: Option<&'a str>,
}

impl<'a> New<'a> {
    fn of(new: &'a NewTranscript) -> Result<Self> {
        let bare = |state| Self {
            state,
            language: None,
            text: String::new(),
            segments: &[],
            engine: None,
            on_device: false,
            problem: None,
        };
        let row = match new {
            NewTranscript::Written {
                language,
                segments,
                engine,
                on_device,
            } => Self {
                language: *language,
                text: whole(segments, *language),
                segments,
                engine: Some(engine),
                on_device: *on_device,
                ..bare(TranscriptState::Written)
            },
            NewTranscript::NoSpeech => bare(TranscriptState::NoSpeech),
            NewTranscript::Failed { engine, problem } => Self {
                engine: Some(engine),
                problem: Some(problem),
                ..bare(TranscriptState::Failed)
            },
            NewTranscript::Corrected { text } => Self {
                text: text.expose().trim().to_owned(),
                ..bare(TranscriptState::Corrected)
            },
        };
        row.check()
    }

    fn check(self) -> Result<Self> {
        limits::characters("text", &self.text, limits::TRANSLATION)?;
        limits::short("engine", self.engine.unwrap_or_default())?;
        limits::short("problem", self.problem.unwrap_or_default())?;
        let wordy = matches!(
            self.state,
            TranscriptState::Written | TranscriptState::Corrected
        );
        let invalid = |field, rule| Err(ClinicError::Invalid { field, rule });
        let ordered = self.segments.iter().all(|one| one.from_ms <= one.to_ms);
        match () {
            () if wordy && self.text.is_empty() => invalid("text", "required"),
            () if self.segments.len() > SEGMENTS || !ordered => invalid("segments", "range"),
            () => Ok(self),
        }
    }
}

/// The words of all segments. Chinese and Japanese put no space between sentences.
fn whole(segments: &[TranscriptSegment], language: Option<Language>) -> String {
    let parts = segments.iter().map(|one| one.text.expose().trim());
    let parts: Vec<&str> = parts.filter(|part| !part.is_empty()).collect();
    match language {
        Some(Language::Zh | Language::Ja) => parts.concat(),
        _ => parts.join(" "),
    }
}

/// Puts the newest transcripts to the voice notes of a page: with each the translations that were there
/// before, of other words.
pub(super) fn complete(
    db: &Connection,
    found: &Found,
    first: i64,
    last: i64,
    mut put: impl FnMut(u64, Transcript, u64),
) -> Result<()> {
    let span = params![found.key, first, last];
    let mut statement = db.prepare_cached(transcripts!(
        "WHERE t.consultation = ?1 AND t.n BETWEEN ?2 AND ?3 ORDER BY t.n, t.part"
    ))?;
    let mut rows = statement.query(span)?;
    while let Some(row) = rows.next()? {
        // The newest comes last and stays.
        let (n, transcript) = transcript(row)?;
        put(n, transcript, sql::size(row, 10)?);
    }
    let mut statement = db.prepare_cached(
        "SELECT n, since FROM transcript_queue WHERE consultation = ?1 AND n BETWEEN ?2 AND ?3",
    )?;
    let mut rows = statement.query(span)?;
    while let Some(row) = rows.next()? {
        put(sql::size(row, 0)?, waits(sql::moment(row, 1)?), 0);
    }
    Ok(())
}

fn newest(db: &Connection, found: &Found, n: i64) -> Result<Option<Transcript>> {
    Ok(db
        .prepare_cached(transcripts!(
            "WHERE t.consultation = ?1 AND t.n = ?2 ORDER BY t.part DESC LIMIT 1"
        ))?
        .query_row(params![found.key, n], transcript)
        .optional()?
        .map(|(_, transcript)| transcript))
}

fn waits(at: Timestamp) -> Transcript {
    Transcript {
        state: TranscriptState::Waiting,
        language: None,
        text: Phi::new(String::new()),
        segments: Vec::new(),
        engine: None,
        on_device: false,
        problem: None,
        by: None,
        at,
    }
}

fn transcript(row: &Row<'_>) -> rusqlite::Result<(u64, Transcript)> {
    let language: Option<String> = row.get(2)?;
    let transcript = Transcript {
        state: sql::from_key(row, 1)?,
        language: language.as_deref().and_then(Language::from_tag),
        text: sql::phi(row, 3)?,
        segments: sql::optional_json(row, 4)?.unwrap_or_default(),
        engine: row.get(5)?,
        on_device: row.get(6)?,
        problem: row.get(7)?,
        by: sql::optional_phi(row, 8)?,
        at: sql::moment(row, 9)?,
    };
    Ok((sql::size(row, 0)?, transcript))
}
