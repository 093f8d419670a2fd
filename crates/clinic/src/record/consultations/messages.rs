//! Reading what was said: pages by number, and the sounds.

use std::{collections::HashMap, fmt};

use basics::{
    ConsultationId, Language, MessageId, ParticipantId, Phi, PhraseUse, Provenance, Secret,
    Timestamp,
};
use rusqlite::{Connection, OptionalExtension, Row, params, types::Type};
use seal::ContentName;
use zeroize::Zeroizing;

use super::{
    Found, READERS,
    doubts::{self, Doubt},
    find_consultation,
    hand_over::HandedOverFile,
    transcripts::{self, Transcript},
};
use crate::{
    Clinic,
    access::Permit,
    error::{ClinicError, Result},
    limits,
    record::{reports, sql},
    vault::StoredFile,
};

/// Something that was said.
#[derive(Clone)]
pub struct Message {
    /// Its place, from 1 without gaps.
    pub n: u64,
    /// Made by whoever said it.
    pub id: MessageId,
    /// Who said it.
    pub participant_id: ParticipantId,
    /// When it was kept.
    pub at: Timestamp,
    /// In what it was said.
    pub language: Language,
    /// The words; of a voice note those that were written down of it, empty while there are none.
    pub text: Phi<String>,
    /// The phrase it was picked from.
    pub phrase: Option<PhraseUse>,
    /// The voice note.
    pub sound: Option<Sound>,
    /// The report that was handed over with it.
    pub handed_over: Option<HandedOverFile>,
    /// Every translation, newest first.
    pub translations: Vec<Translation>,
}

/// A voice note; [`Clinic::sound`] has its bytes.
#[derive(Clone, Debug)]
pub struct Sound {
    /// Size of its WAV file in bytes.
    pub bytes: u64,
    /// How long it plays, milliseconds.
    pub ms: u64,
    /// Loudness from 0 to 100 in 64 equal parts.
    pub peaks: Vec<u8>,
    /// Where the relay has it; only for the consultation's doctor, while it lasts.
    pub relayed: Option<Relayed>,
    /// How it stands with its words; none where no engine was asked.
    pub transcript: Option<Transcript>,
}

/// A sound that lies sealed at the relay.
#[derive(Clone, Debug)]
pub struct Relayed {
    /// SHA-256 of the sealed bytes, 64 hexadecimal digits.
    pub sha256: String,
    /// The key it is sealed with, 32 bytes.
    pub key: Secret<Vec<u8>>,
}

/// A message in another language.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Translation {
    /// Into what.
    pub language: Language,
    /// The words; empty where there is no translation.
    pub text: Phi<String>,
    /// Who stands behind it.
    pub provenance: Provenance,
    /// Name of the engine, where one made it.
    pub engine: Option<String>,
    /// When it was kept.
    pub at: Timestamp,
    /// What the guard found in it, where it found anything.
    pub doubt: Option<Doubt>,
}

impl Translation {
    /// Whether nobody but the doctor is to read it yet.
    pub fn is_held(&self) -> bool {
        self.doubt.as_ref().is_some_and(|doubt| !doubt.confirmed)
    }
}

/// A page of messages.
#[derive(Clone, Debug)]
pub struct Messages {
    /// They.
    pub rows: Vec<Message>,
    /// Whether more follow in this direction.
    pub more: bool,
}

impl fmt::Debug for Message {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        // A phrase says what was said.
        write!(f, "Message({} {})", self.n, self.id)
    }
}

// Everything of a message but its sound and translations in one row; the clauses after it differ.
macro_rules! messages {
    ($rest:literal) => {
        concat!(
            "SELECT m.n, m.id, p.id, m.at, m.language, m.text, m.phrase
             FROM messages AS m JOIN participants AS p ON p.key = m.participant ",
            $rest
        )
    };
}

impl Clinic {
    /// Messages below number `before` (none: the newest), newest first.
    ///
    /// # Errors
    /// [`ClinicError::NotFound`] for the consultation; [`ClinicError::Invalid`] for a limit that is none.
    pub fn messages(
        &self,
        permit: &Permit,
        id: ConsultationId,
        before: Option<u64>,
        limit: u32,
    ) -> Result<Messages> {
        let sql = messages!("WHERE m.consultation = ?1 AND m.n < ?2 ORDER BY m.n DESC LIMIT ?3");
        self.page_of_messages(permit, id, sql, before.unwrap_or(u64::MAX), limit)
    }

    /// Messages above number `after` (0: from the first), oldest first.
    ///
    /// # Errors
    /// As [`Clinic::messages`].
    pub fn messages_after(
        &self,
        permit: &Permit,
        id: ConsultationId,
        after: u64,
        limit: u32,
    ) -> Result<Messages> {
        let sql = messages!("WHERE m.consultation = ?1 AND m.n > ?2 ORDER BY m.n LIMIT ?3");
        self.page_of_messages(permit, id, sql, after, limit)
    }

    /// One message.
    ///
    /// # Errors
    /// [`ClinicError::NotFound`] where there is none or the permit does not reach its patient.
    pub fn message(&self, permit: &Permit, id: MessageId) -> Result<Message> {
        permit.needs_one_of(&READERS)?;
        let store = self.store()?;
        let reader = store.readers.borrow()?;
        let db = reader.db()?;
        let (found, n) = find_message(db, permit, id)?;
        load_message(db, permit, &found, n)
    }

    /// A voice note's WAV file.
    ///
    /// # Errors
    /// [`ClinicError::NotFound`] where the message is none, has no sound or is out of the permit's
    /// reach; [`ClinicError::Damaged`] (`vault`).
    pub fn sound(&self, permit: &Permit, id: MessageId) -> Result<Zeroizing<Vec<u8>>> {
        permit.needs_one_of(&READERS)?;
        let store = self.store()?;
        let file = {
            let reader = store.readers.borrow()?;
            let db = reader.db()?;
            let (found, n) = find_message(db, permit, id)?;
            stored_sound(db, &found, n)?.ok_or(ClinicError::NotFound { what: "sound" })?
        };
        store.vault.get(&file)
    }

    fn page_of_messages(
        &self,
        permit: &Permit,
        id: ConsultationId,
        sql: &'static str,
        from: u64,
        limit: u32,
    ) -> Result<Messages> {
        permit.needs_one_of(&READERS)?;
        let limit = limits::page(limit)?;
        let store = self.store()?;
        let reader = store.readers.borrow()?;
        let db = reader.db()?;
        let found = find_consultation(db, permit, id)?;
        let from = i64::try_from(from).unwrap_or(i64::MAX);
        let mut rows = db
            .prepare_cached(sql)?
            .query_map(params![found.key, from, limit + 1], message)?
            .collect::<rusqlite::Result<Vec<_>>>()?;
        let more = rows.len() > limit as usize;
        rows.truncate(limit as usize);
        complete(db, permit, &found, &mut rows)?;
        Ok(Messages { rows, more })
    }
}

/// The consultation and the number of a message, if the permit reaches its patient.
pub(super) fn find_message(
    db: &Connection,
    permit: &Permit,
    id: MessageId,
) -> Result<(Found, i64)> {
    let missing = || ClinicError::NotFound { what: "message" };
    let (consultation, n) = db
        .prepare_cached(
            "SELECT c.id, m.n FROM messages AS m JOIN consultations AS c ON c.key = m.consultation
             WHERE m.id = ?1",
        )?
        .query_row([id.as_bytes()], |row| Ok((sql::id(row, 0)?, row.get(1)?)))
        .optional()?
        .ok_or_else(missing)?;
    let found = find_consultation(db, permit, consultation).map_err(|error| match error {
        ClinicError::NotFound { .. } => missing(),
        error => error,
    })?;
    Ok((found, n))
}

/// A message with its translations.
pub(super) fn load_message(
    db: &Connection,
    permit: &Permit,
    found: &Found,
    n: i64,
) -> Result<Message> {
    let row = db
        .prepare_cached(messages!("WHERE m.consultation = ?1 AND m.n = ?2"))?
        .query_row(params![found.key, n], message)?;
    let mut rows = [row];
    complete(db, permit, found, &mut rows)?;
    let [row] = rows;
    Ok(row)
}

/// The file of a message's sound.
pub(super) fn stored_sound(db: &Connection, found: &Found, n: i64) -> Result<Option<StoredFile>> {
    let file = db
        .prepare_cached("SELECT vault_name, bytes FROM sounds WHERE consultation = ?1 AND n = ?2")?
        .query_row(params![found.key, n], |row| {
            let name: Vec<u8> = row.get(0)?;
            let name =
                ContentName::from_slice(&name).ok_or_else(|| sql::wrong(0, Type::Blob, "name"))?;
            Ok(StoredFile {
                name,
                bytes: sql::size(row, 1)?,
            })
        })
        .optional()?;
    Ok(file)
}

/// Adds sounds, reports and translations: one question each for all rows of a page, which lie side by side.
fn complete(db: &Connection, permit: &Permit, found: &Found, rows: &mut [Message]) -> Result<()> {
    let numbers = || rows.iter().map(|row| row.n);
    let (Some(first), Some(last)) = (numbers().min(), numbers().max()) else {
        return Ok(());
    };
    let places: HashMap<u64, usize> = numbers().zip(0..).collect();
    let span = params![found.key, first as i64, last as i64];
    let mine = found.doctor == permit.user();
    let mut statement = db.prepare_cached(
        "SELECT s.n, s.bytes, s.ms, s.peaks, r.sha256, r.blob_key
         FROM sounds AS s LEFT JOIN relayed_sounds AS r ON r.consultation = s.consultation AND r.n = s.n
         WHERE s.consultation = ?1 AND s.n BETWEEN ?2 AND ?3",
    )?;
    let mut sounds = statement.query(span)?;
    while let Some(row) = sounds.next()? {
        if let Some(place) = places.get(&sql::size(row, 0)?) {
            rows[*place].sound = Some(sound(row, mine)?);
        }
    }
    // What was translated before the words were written down, or corrected, is of other words.
    let mut fresh: HashMap<u64, u64> = HashMap::new();
    transcripts::complete(
        db,
        found,
        first as i64,
        last as i64,
        |n, transcript, after| {
            fresh.insert(n, after);
            let Some(place) = places.get(&n) else {
                return;
            };
            let row = &mut rows[*place];
            if let Some(sound) = &mut row.sound {
                row.text = transcript.text.clone();
                sound.transcript = Some(transcript);
            }
        },
    )?;
    let mut statement = db.prepare_cached(
        "SELECT h.n, f.id, r.id, r.number, f.revision, f.bytes
         FROM handed_over AS h
         JOIN report_files AS f ON f.key = h.file
         JOIN reports AS r ON r.key = f.report
         WHERE h.consultation = ?1 AND h.n BETWEEN ?2 AND ?3",
    )?;
    let mut files = statement.query(span)?;
    while let Some(row) = files.next()? {
        if let Some(place) = places.get(&sql::size(row, 0)?) {
            rows[*place].handed_over = Some(HandedOverFile {
                file_id: sql::id(row, 1)?,
                report_id: sql::id(row, 2)?,
                number: reports::number(row.get(3)?),
                revision: row.get(4)?,
                bytes: sql::size(row, 5)?,
            });
        }
    }
    let mut doubted: HashMap<(u64, u64), Doubt> = HashMap::new();
    doubts::complete(db, found, first as i64, last as i64, |n, part, doubt| {
        doubted.insert((n, part), doubt);
    })?;
    let mut statement = db.prepare_cached(
        "SELECT n, language, text, provenance, engine, at, part FROM translations
         WHERE consultation = ?1 AND n BETWEEN ?2 AND ?3 ORDER BY n, part DESC",
    )?;
    let mut translations = statement.query(span)?;
    while let Some(row) = translations.next()? {
        let n = sql::size(row, 0)?;
        let fresh = fresh
            .get(&n)
            .is_none_or(|after| sql::size(row, 6).is_ok_and(|part| part > *after));
        if let Some(place) = places.get(&n).filter(|_| fresh) {
            let doubt = doubted.remove(&(n, sql::size(row, 6)?));
            let translation = translation(row)?;
            rows[*place].translations.push(Translation {
                doubt,
                ..translation
            });
        }
    }
    Ok(())
}

fn translation(row: &Row<'_>) -> rusqlite::Result<Translation> {
    Ok(Translation {
        language: sql::language(row, 1)?,
        text: sql::phi(row, 2)?,
        provenance: sql::from_key(row, 3)?,
        engine: row.get(4)?,
        at: sql::moment(row, 5)?,
        doubt: None,
    })
}

/// What opens the relay's copy is for the doctor who speaks.
fn sound(row: &Row<'_>, mine: bool) -> rusqlite::Result<Sound> {
    let relayed = match row.get::<_, Option<String>>(4)?.filter(|_| mine) {
        None => None,
        Some(sha256) => Some(Relayed {
            sha256,
            key: Secret::new(row.get(5)?),
        }),
    };
    Ok(Sound {
        bytes: sql::size(row, 1)?,
        ms: sql::size(row, 2)?,
        peaks: row.get(3)?,
        relayed,
        transcript: None,
    })
}

fn message(row: &Row<'_>) -> rusqlite::Result<Message> {
    Ok(Message {
        n: sql::size(row, 0)?,
        id: sql::id(row, 1)?,
        participant_id: sql::id(row, 2)?,
        at: sql::moment(row, 3)?,
        language: sql::language(row, 4)?,
        text: sql::phi(row, 5)?,
        phrase: sql::optional_json(row, 6)?,
        sound: None,
        handed_over: None,
        translations: Vec::new(),
    })
}
