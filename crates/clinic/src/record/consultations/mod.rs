//! Consultations: who took part, what was said in which language. Facts stay as they came; what keeps
//! a running one alive (its keys above all) goes in the transaction that ends it.

mod change;
mod doubts;
mod hand_over;
mod messages;
mod say;
#[cfg(test)]
mod tests;
mod transcripts;
mod upkeep;

use basics::{
    ConsultationId, InvitationId, Language, ParticipantId, PatientId, Phi, Timestamp, UserId,
};
use rusqlite::{Connection, OptionalExtension, Row, params, types::Type};
use serde::{Deserialize, Serialize};

pub use change::NewParticipant;
pub use doubts::{Doubt, Finding};
pub use hand_over::HandedOverFile;
pub use messages::{Message, Messages, Relayed, Sound, Translation};
pub use say::{Kept, LONGEST_SOUND_MS, NewMessage, NewSound, NewTranslation, PEAKS};
pub use transcripts::{NewTranscript, Transcript, TranscriptSegment, TranscriptState, WaitingNote};
pub use upkeep::{Recording, Upkeep};

use super::{
    patients::{self, Page, Patient},
    sql,
};
use crate::{
    Clinic,
    access::{Permission, Permit, Reach},
    error::{ClinicError, Result},
    limits,
    write::find,
};

/// A consultation.
#[derive(Clone, Debug)]
pub struct Consultation {
    /// Id.
    pub id: ConsultationId,
    /// With whom.
    pub patient: Patient,
    /// Its doctor, who alone may speak in it.
    pub doctor: UserId,
    /// Shown name of that person.
    pub doctor_name: Phi<String>,
    /// When it began.
    pub started: Timestamp,
    /// When it ended; none while it lasts.
    pub ended: Option<Timestamp>,
    /// Languages that those in it chose, by tag.
    pub languages: Vec<Language>,
    /// How much was said; the number of the newest message, too.
    pub messages: u64,
}

/// How somebody takes part.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ParticipantKind {
    /// The doctor at the workstation.
    Doctor,
    /// On a phone.
    Guest,
    /// Across the desk, on the doctor's screen.
    AcrossTheDesk,
}

/// Somebody who was let in.
#[derive(Clone, Debug)]
pub struct Participant {
    /// Id.
    pub id: ParticipantId,
    /// How they take part.
    pub kind: ParticipantKind,
    /// As they want to be called.
    pub name: Phi<String>,
    /// What they read now.
    pub language: Language,
    /// When they were let in.
    pub joined: Timestamp,
    /// Came by a link whose guest was in already.
    pub second_device: bool,
    /// When they left or were removed.
    pub gone: Option<Timestamp>,
    /// Number of the newest message on their screen; 0 for none.
    pub seen: u64,
}

/// What an invitation is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum InvitationWay {
    /// A link, and the same as a QR code.
    Link,
    /// A code to say.
    Spoken,
}

/// A way in. What opens it is no part of this; see [`Clinic::live_state`].
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Invitation {
    /// Id.
    pub id: InvitationId,
    /// What it is.
    pub way: InvitationWay,
    /// When it was made.
    pub made: Timestamp,
    /// Until when it opens.
    pub until: Timestamp,
    /// When a guest came in by it.
    pub spent: Option<Timestamp>,
    /// When the doctor closed it.
    pub withdrawn: Option<Timestamp>,
}

/// Which consultations a list shows.
#[derive(Clone, Copy, Debug, Default)]
pub struct ConsultationFilter {
    /// Only this patient's; a patient's account sees its own whatever stands here.
    pub patient_id: Option<PatientId>,
    /// Only the asker's own, for a doctor.
    pub only_mine: bool,
    /// Only those that last.
    pub only_running: bool,
}

/// A consultation as changes and reads find it.
pub(super) struct Found {
    pub(super) key: i64,
    pub(super) id: ConsultationId,
    pub(super) patient: PatientId,
    pub(super) doctor: UserId,
    pub(super) ended: bool,
    pub(super) messages: u64,
}

/// Who may read consultations.
pub(super) const READERS: [Permission; 2] = [
    Permission::HostConsultations,
    Permission::ReadOwnConsultations,
];

// Everything of a consultation in one row; the clauses after it differ.
macro_rules! consultations {
    ($rest:literal) => {
        concat!(
            "SELECT c.key, c.id, p.id, c.doctor, u.name, c.started, c.ended, c.messages,
                    (SELECT group_concat(DISTINCT l.language) FROM participants AS q
                     JOIN participant_languages AS l ON l.participant = q.key
                     WHERE q.consultation = c.key)
             FROM consultations AS c
             JOIN heads AS p ON p.member = c.patient
             JOIN users AS u ON u.id = c.doctor ",
            $rest
        )
    };
}

impl Clinic {
    /// A consultation.
    ///
    /// # Errors
    /// [`ClinicError::NotFound`] where there is none or the permit does not reach its patient.
    pub fn consultation(&self, permit: &Permit, id: ConsultationId) -> Result<Consultation> {
        permit.needs_one_of(&READERS)?;
        let store = self.store()?;
        let reader = store.readers.borrow()?;
        let db = reader.db()?;
        find_consultation(db, permit, id)?;
        load(db, id)
    }

    /// A page of consultations, newest first.
    ///
    /// # Errors
    /// [`ClinicError::Invalid`] for a cursor or limit that is none.
    pub fn consultations(
        &self,
        permit: &Permit,
        filter: ConsultationFilter,
        cursor: Option<&str>,
        limit: u32,
    ) -> Result<Page<Consultation>> {
        permit.needs_one_of(&READERS)?;
        let limit = limits::page(limit)?;
        let before: i64 = cursor.map_or(Ok(i64::MAX), |cursor| sql::number("cursor", cursor))?;
        let own = permit.reach() == Reach::Own;
        let patient = if own {
            permit.patient()
        } else {
            filter.patient_id
        };
        let (all, me) = if own {
            (true, *permit.user().as_bytes())
        } else {
            patients::listed_of(permit, patient)?
        };
        let store = self.store()?;
        let reader = store.readers.borrow()?;
        let db = reader.db()?;
        // Each filter has its index; `?5` is of no patient where only the doctor counts.
        let sql = match (patient, filter.only_mine && !own) {
            (Some(_), false) => consultations!(
                "WHERE c.patient IN (SELECT key FROM patients WHERE head =
                    (SELECT head FROM patients WHERE id = ?5)) AND c.key < ?1
                 AND (?2 OR p.restricted = 0 OR p.treating = ?3)
                 AND (NOT ?6 OR c.ended IS NULL) ORDER BY c.key DESC LIMIT ?4"
            ),
            (Some(_), true) => consultations!(
                "WHERE c.patient IN (SELECT key FROM patients WHERE head =
                    (SELECT head FROM patients WHERE id = ?5)) AND c.key < ?1
                 AND c.doctor = ?3
                 AND (?2 OR p.restricted = 0 OR p.treating = ?3)
                 AND (NOT ?6 OR c.ended IS NULL) ORDER BY c.key DESC LIMIT ?4"
            ),
            (None, true) => consultations!(
                "WHERE c.doctor = ?3 AND c.key < ?1 AND ?5 IS NULL
                 AND (?2 OR p.restricted = 0 OR p.treating = ?3)
                 AND (NOT ?6 OR c.ended IS NULL) ORDER BY c.key DESC LIMIT ?4"
            ),
            (None, false) => consultations!(
                "WHERE c.key < ?1 AND ?5 IS NULL
                 AND (?2 OR p.restricted = 0 OR p.treating = ?3)
                 AND (NOT ?6 OR c.ended IS NULL) ORDER BY c.key DESC LIMIT ?4"
            ),
        };
        let patient = patient.map(|id| *id.as_bytes());
        let rows = db
            .prepare_cached(sql)?
            .query_map(
                params![before, all, me, limit + 1, patient, filter.only_running],
                bare,
            )?
            .collect::<rusqlite::Result<Vec<_>>>()?;
        let page = sql::page(rows, limit, |row| row.key.to_string());
        let rows = page.rows.into_iter().map(|row| row.with_patient(db));
        Ok(Page {
            rows: rows.collect::<Result<_>>()?,
            next: page.next,
        })
    }

    /// The asker's own consultations that have not ended, oldest first: after a restart of the program
    /// they are taken up again.
    ///
    /// # Errors
    /// [`ClinicError::WrongPermit`]; [`ClinicError::Locked`].
    pub fn open_consultations(&self, permit: &Permit) -> Result<Vec<Consultation>> {
        permit.needs(Permission::HostConsultations)?;
        let store = self.store()?;
        let reader = store.readers.borrow()?;
        let db = reader.db()?;
        let (all, me) = patients::listed(permit)?;
        let rows = db
            .prepare_cached(consultations!(
                "WHERE c.doctor = ?2 AND c.ended IS NULL
                 AND (?1 OR p.restricted = 0 OR p.treating = ?2) ORDER BY c.key"
            ))?
            .query_map(params![all, me], bare)?
            .collect::<rusqlite::Result<Vec<_>>>()?;
        rows.into_iter().map(|row| row.with_patient(db)).collect()
    }

    /// Everyone who was let in, the doctor first.
    ///
    /// # Errors
    /// [`ClinicError::NotFound`].
    pub fn participants(&self, permit: &Permit, id: ConsultationId) -> Result<Vec<Participant>> {
        permit.needs_one_of(&READERS)?;
        let store = self.store()?;
        let reader = store.readers.borrow()?;
        let db = reader.db()?;
        let found = find_consultation(db, permit, id)?;
        let mut statement = db.prepare_cached(
            "SELECT p.id, p.kind, p.name,
                    (SELECT language FROM participant_languages
                     WHERE participant = p.key ORDER BY key DESC LIMIT 1),
                    p.joined, p.second_device, p.gone, coalesce(s.n, 0)
             FROM participants AS p LEFT JOIN seen AS s ON s.participant = p.key
             WHERE p.consultation = ?1 ORDER BY p.key",
        )?;
        let people = statement.query_map([found.key], |row| {
            Ok(Participant {
                id: sql::id(row, 0)?,
                kind: sql::from_key(row, 1)?,
                name: sql::phi(row, 2)?,
                language: sql::language(row, 3)?,
                joined: sql::moment(row, 4)?,
                second_device: row.get(5)?,
                gone: sql::optional_moment(row, 6)?,
                seen: sql::size(row, 7)?,
            })
        })?;
        Ok(people.collect::<rusqlite::Result<_>>()?)
    }

    /// Every way in that was made, oldest first; also those spent, withdrawn or out of date.
    ///
    /// # Errors
    /// [`ClinicError::NotFound`].
    pub fn invitations(&self, permit: &Permit, id: ConsultationId) -> Result<Vec<Invitation>> {
        permit.needs(Permission::HostConsultations)?;
        let store = self.store()?;
        let reader = store.readers.borrow()?;
        let db = reader.db()?;
        let found = find_consultation(db, permit, id)?;
        let mut statement = db.prepare_cached(
            "SELECT id, way, made, until, spent, withdrawn FROM invitations
             WHERE consultation = ?1 ORDER BY key",
        )?;
        let invitations = statement.query_map([found.key], |row| {
            Ok(Invitation {
                id: sql::id(row, 0)?,
                way: sql::from_key(row, 1)?,
                made: sql::moment(row, 2)?,
                until: sql::moment(row, 3)?,
                spent: sql::optional_moment(row, 4)?,
                withdrawn: sql::optional_moment(row, 5)?,
            })
        })?;
        Ok(invitations.collect::<rusqlite::Result<_>>()?)
    }
}

/// A consultation's row; its patient is loaded once the row is let go.
struct Bare {
    key: i64,
    id: ConsultationId,
    patient: PatientId,
    doctor: UserId,
    doctor_name: Phi<String>,
    started: Timestamp,
    ended: Option<Timestamp>,
    messages: u64,
    languages: Vec<Language>,
}

impl Bare {
    fn with_patient(self, db: &Connection) -> Result<Consultation> {
        Ok(Consultation {
            id: self.id,
            patient: patients::load(db, self.patient)?,
            doctor: self.doctor,
            doctor_name: self.doctor_name,
            started: self.started,
            ended: self.ended,
            languages: self.languages,
            messages: self.messages,
        })
    }
}

/// The consultation, if the permit reaches its patient.
pub(super) fn find_consultation(
    db: &Connection,
    permit: &Permit,
    id: ConsultationId,
) -> Result<Found> {
    let missing = || ClinicError::NotFound {
        what: "consultation",
    };
    let found = db
        .prepare_cached(
            "SELECT c.key, p.id, c.doctor, c.ended IS NOT NULL, c.messages
             FROM consultations AS c JOIN heads AS p ON p.member = c.patient WHERE c.id = ?1",
        )?
        .query_row([id.as_bytes()], |row| {
            Ok(Found {
                key: row.get(0)?,
                id,
                patient: sql::id(row, 1)?,
                doctor: sql::id(row, 2)?,
                ended: row.get(3)?,
                messages: sql::size(row, 4)?,
            })
        })
        .optional()?
        .ok_or_else(missing)?;
    find(db, permit, found.patient).map_err(|error| match error {
        ClinicError::NotFound { .. } => missing(),
        error => error,
    })?;
    Ok(found)
}

/// The consultation, if it is the asker's own.
pub(super) fn find_own(db: &Connection, permit: &Permit, id: ConsultationId) -> Result<Found> {
    permit.needs(Permission::HostConsultations)?;
    find_consultation(db, permit, id)?.own(permit)
}

/// The consultation, if it is the asker's own and has not ended.
pub(super) fn find_running(db: &Connection, permit: &Permit, id: ConsultationId) -> Result<Found> {
    find_own(db, permit, id)?.running()
}

impl Found {
    /// It, if it is the asker's own: nobody else changes it.
    pub(super) fn own(self, permit: &Permit) -> Result<Self> {
        match self.doctor == permit.user() {
            true => Ok(self),
            false => Err(ClinicError::Forbidden {
                permission: Permission::HostConsultations,
            }),
        }
    }

    /// It, if it has not ended.
    pub(super) fn running(self) -> Result<Self> {
        match self.ended {
            false => Ok(self),
            true => Err(ClinicError::Conflict {
                reason: "consultation-ended",
            }),
        }
    }
}

/// The consultation, whoever asks: the caller has checked.
pub(super) fn load(db: &Connection, id: ConsultationId) -> Result<Consultation> {
    db.prepare_cached(consultations!("WHERE c.id = ?1"))?
        .query_row([id.as_bytes()], bare)?
        .with_patient(db)
}

fn bare(row: &Row<'_>) -> rusqlite::Result<Bare> {
    let tags: Option<String> = row.get(8)?;
    let mut languages = tags
        .iter()
        .flat_map(|tags| tags.split(','))
        .map(Language::from_tag)
        .collect::<Option<Vec<_>>>()
        .ok_or_else(|| sql::wrong(8, Type::Text, "language"))?;
    languages.sort_unstable();
    Ok(Bare {
        key: row.get(0)?,
        id: sql::id(row, 1)?,
        patient: sql::id(row, 2)?,
        doctor: sql::id(row, 3)?,
        doctor_name: sql::phi(row, 4)?,
        started: sql::moment(row, 5)?,
        ended: sql::optional_moment(row, 6)?,
        messages: sql::size(row, 7)?,
        languages,
    })
}
