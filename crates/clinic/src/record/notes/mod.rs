//! Clinical notes: one for each consultation, written by its doctor, in versions that never change. A
//! correction is a new version over the signed one, which stays as it was signed.
//!
//! What a note says is opaque here: JSON bytes, and the same as plain words.

mod write;

use basics::{ConsultationId, NoteId, PatientId, Phi, Timestamp, UserId};
use ed25519_dalek::{Signature, VerifyingKey};
use rusqlite::{Connection, OptionalExtension, Row, params};
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

pub use write::{NewNoteVersion, NoteText, NoteToSign, SIGNED_NOTE};

use super::{consultations::find_consultation, sql};
use crate::{
    Clinic,
    access::{Permission, Permit},
    error::{ClinicError, Result},
    limits,
    write::find,
};

/// The clinical note of a consultation.
#[derive(Clone, Debug)]
pub struct Note {
    /// Id.
    pub id: NoteId,
    /// Of which consultation.
    pub consultation_id: ConsultationId,
    /// About whom.
    pub patient_id: PatientId,
    /// The consultation's doctor, who alone writes and signs it.
    pub author: UserId,
    /// Shown name of that person.
    pub author_name: Phi<String>,
    /// When it was begun.
    pub created: Timestamp,
    /// As it stands now.
    pub newest: NoteVersion,
    /// As it was signed last; the same as the newest where nothing was written since.
    pub signed: Option<NoteVersion>,
}

/// One version of a note. It never changes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NoteVersion {
    /// From 1 without gaps.
    pub version: u32,
    /// How it came about.
    pub kind: NoteKind,
    /// What it says, byte for byte.
    pub content: Phi<Vec<u8>>,
    /// Why: for a correction of a signed note.
    pub reason: Phi<String>,
    /// By whom.
    pub by: UserId,
    /// Shown name of that person.
    pub by_name: Phi<String>,
    /// When.
    pub at: Timestamp,
    /// Where it was signed.
    pub seal: Option<NoteSeal>,
}

/// How a version came about.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum NoteKind {
    /// A machine or a rule wrote it; nobody has read it yet.
    Drafted,
    /// The doctor wrote in it.
    Edited,
    /// The doctor signed it.
    Signed,
}

/// A signature of the clinic's key over [`SIGNED_NOTE`] and the content.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NoteSeal {
    /// SHA-256 of the content.
    pub sha256: [u8; 32],
    /// Ed25519.
    pub signature: [u8; 64],
    /// The clinic's public key at that time.
    pub key: [u8; 32],
}

/// A version without what it says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NoteStep {
    /// From 1 without gaps.
    pub version: u32,
    /// How it came about.
    pub kind: NoteKind,
    /// Why: for a correction of a signed note.
    pub reason: Phi<String>,
    /// Shown name of whoever made it.
    pub by_name: Phi<String>,
    /// When.
    pub at: Timestamp,
}

/// What a doctor signed about a consultation, in plain words.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SignedNote {
    /// Which note.
    pub id: NoteId,
    /// Of which consultation.
    pub consultation_id: ConsultationId,
    /// The signed version.
    pub version: u32,
    /// Shown name of whoever signed it.
    pub by_name: Phi<String>,
    /// When.
    pub at: Timestamp,
    /// What it says, without what was struck out.
    pub words: Phi<String>,
}

/// SQLite's word for no limit.
const ALL: i64 = -1;

/// A note as changes and reads find it.
pub(super) struct Found {
    pub(super) key: i64,
    pub(super) id: NoteId,
    pub(super) consultation: ConsultationId,
    pub(super) patient: PatientId,
    pub(super) author: UserId,
}

impl NoteSeal {
    /// Whether it is this content that was signed.
    pub fn holds(&self, content: &[u8]) -> bool {
        let Ok(key) = VerifyingKey::from_bytes(&self.key) else {
            return false;
        };
        let hash: [u8; 32] = Sha256::digest(content).into();
        let signature = Signature::from_bytes(&self.signature);
        hash == self.sha256
            && key
                .verify_strict(&write::signed(content), &signature)
                .is_ok()
    }
}

impl Clinic {
    /// The note of a consultation, if one was begun.
    ///
    /// # Errors
    /// [`ClinicError::NotFound`] for the consultation, also where the permit does not reach its patient.
    pub fn note_of(&self, permit: &Permit, id: ConsultationId) -> Result<Option<Note>> {
        permit.needs(Permission::HostConsultations)?;
        let store = self.store()?;
        let reader = store.readers.borrow()?;
        let db = reader.db()?.unchecked_transaction()?;
        let found = find_consultation(&db, permit, id)?;
        let note: Option<NoteId> = db
            .prepare_cached("SELECT id FROM notes WHERE consultation = ?1")?
            .query_row([found.key], |row| sql::id(row, 0))
            .optional()?;
        note.map(|note| load(&db, &find_note(&db, permit, note)?))
            .transpose()
    }

    /// A note.
    ///
    /// # Errors
    /// [`ClinicError::NotFound`] where there is none or the permit does not reach its patient.
    pub fn note_by_id(&self, permit: &Permit, id: NoteId) -> Result<Note> {
        permit.needs(Permission::HostConsultations)?;
        let store = self.store()?;
        let reader = store.readers.borrow()?;
        let db = reader.db()?.unchecked_transaction()?;
        load(&db, &find_note(&db, permit, id)?)
    }

    /// One version of a note.
    ///
    /// # Errors
    /// [`ClinicError::NotFound`] for the note and the version.
    pub fn note_version(&self, permit: &Permit, id: NoteId, version: u32) -> Result<NoteVersion> {
        permit.needs(Permission::HostConsultations)?;
        let store = self.store()?;
        let reader = store.readers.borrow()?;
        let db = reader.db()?;
        let found = find_note(db, permit, id)?;
        version_of(db, found.key, version)?.ok_or(ClinicError::NotFound { what: "version" })
    }

    /// Of each signed note about a patient the newest signed version, newest first; at most `limit`.
    ///
    /// # Errors
    /// [`ClinicError::NotFound`] where the permit does not reach the patient.
    pub fn signed_notes(
        &self,
        permit: &Permit,
        patient: PatientId,
        limit: u32,
    ) -> Result<Vec<SignedNote>> {
        permit.needs_one_of(&[Permission::HostConsultations, Permission::AskAboutChart])?;
        self.newest_signed(permit, patient, limits::page(limit)?.into())
    }

    /// The same for an export: all of them.
    ///
    /// # Errors
    /// As [`Clinic::signed_notes`]; [`ClinicError::WrongPermit`] for a permit that is for no export.
    pub fn every_signed_note(
        &self,
        permit: &Permit,
        patient: PatientId,
    ) -> Result<Vec<SignedNote>> {
        permit.needs_one_of(&[Permission::ExportRecords, Permission::ExportClinic])?;
        self.newest_signed(permit, patient, ALL)
    }

    fn newest_signed(
        &self,
        permit: &Permit,
        patient: PatientId,
        limit: i64,
    ) -> Result<Vec<SignedNote>> {
        let store = self.store()?;
        let reader = store.readers.borrow()?;
        let db = reader.db()?;
        let patient = find(db, permit, patient)?.key;
        let mut statement = db.prepare_cached(
            "SELECT n.id, c.id, v.version, u.name, v.at, v.words
             FROM consultations AS c
             JOIN notes AS n ON n.consultation = c.key
             JOIN note_versions AS v ON v.note = n.key
              AND v.version = (SELECT max(version) FROM note_versions
                               WHERE note = n.key AND kind = 'signed')
             JOIN users AS u ON u.id = v.by
             WHERE c.patient IN (SELECT key FROM patients WHERE head = ?1)
             ORDER BY c.key DESC LIMIT ?2",
        )?;
        let notes = statement.query_map(params![patient, limit], |row| {
            Ok(SignedNote {
                id: sql::id(row, 0)?,
                consultation_id: sql::id(row, 1)?,
                version: row.get(2)?,
                by_name: sql::phi(row, 3)?,
                at: sql::moment(row, 4)?,
                words: sql::phi(row, 5)?,
            })
        })?;
        Ok(notes.collect::<rusqlite::Result<_>>()?)
    }

    /// How a note came to be what it is, oldest first.
    ///
    /// # Errors
    /// [`ClinicError::NotFound`].
    pub fn note_history(&self, permit: &Permit, id: NoteId) -> Result<Vec<NoteStep>> {
        permit.needs(Permission::HostConsultations)?;
        let store = self.store()?;
        let reader = store.readers.borrow()?;
        let db = reader.db()?;
        let found = find_note(db, permit, id)?;
        let mut statement = db.prepare_cached(
            "SELECT v.version, v.kind, v.reason, u.name, v.at
             FROM note_versions AS v JOIN users AS u ON u.id = v.by
             WHERE v.note = ?1 ORDER BY v.version",
        )?;
        let steps = statement.query_map([found.key], |row| {
            Ok(NoteStep {
                version: row.get(0)?,
                kind: sql::from_key(row, 1)?,
                reason: sql::phi(row, 2)?,
                by_name: sql::phi(row, 3)?,
                at: sql::moment(row, 4)?,
            })
        })?;
        Ok(steps.collect::<rusqlite::Result<_>>()?)
    }
}

/// The note, if the permit reaches its patient.
pub(super) fn find_note(db: &Connection, permit: &Permit, id: NoteId) -> Result<Found> {
    let missing = || ClinicError::NotFound { what: "note" };
    let (key, consultation, author) = db
        .prepare_cached(
            "SELECT n.key, c.id, n.author
             FROM notes AS n JOIN consultations AS c ON c.key = n.consultation WHERE n.id = ?1",
        )?
        .query_row([id.as_bytes()], |row| {
            Ok((row.get(0)?, sql::id(row, 1)?, sql::id(row, 2)?))
        })
        .optional()?
        .ok_or_else(missing)?;
    let of = find_consultation(db, permit, consultation).map_err(|error| match error {
        ClinicError::NotFound { .. } => missing(),
        error => error,
    })?;
    Ok(Found {
        key,
        id,
        consultation,
        patient: of.patient,
        author,
    })
}

fn load(db: &Connection, found: &Found) -> Result<Note> {
    let (author_name, created, newest, signed) = db
        .prepare_cached(
            "SELECT u.name, n.created,
                    (SELECT max(version) FROM note_versions WHERE note = n.key),
                    (SELECT max(version) FROM note_versions WHERE note = n.key AND kind = 'signed')
             FROM notes AS n JOIN users AS u ON u.id = n.author WHERE n.key = ?1",
        )?
        .query_row([found.key], |row| {
            let signed: Option<u32> = row.get(3)?;
            Ok((sql::phi(row, 0)?, sql::moment(row, 1)?, row.get(2)?, signed))
        })?;
    let damaged = ClinicError::Damaged { part: "database" };
    let signed = match signed {
        None => None,
        Some(signed) => version_of(db, found.key, signed)?,
    };
    Ok(Note {
        id: found.id,
        consultation_id: found.consultation,
        patient_id: found.patient,
        author: found.author,
        author_name,
        created,
        newest: version_of(db, found.key, newest)?.ok_or(damaged)?,
        signed,
    })
}

pub(super) fn version_of(db: &Connection, note: i64, version: u32) -> Result<Option<NoteVersion>> {
    Ok(db
        .prepare_cached(
            "SELECT v.version, v.kind, v.content, v.reason, v.by, u.name, v.at,
                    v.sha256, v.signature, v.public_key
             FROM note_versions AS v JOIN users AS u ON u.id = v.by
             WHERE v.note = ?1 AND v.version = ?2",
        )?
        .query_row(params![note, version], version_row)
        .optional()?)
}

fn version_row(row: &Row<'_>) -> rusqlite::Result<NoteVersion> {
    let kind = sql::from_key(row, 1)?;
    let seal = match kind {
        NoteKind::Signed => Some(NoteSeal {
            sha256: row.get(7)?,
            signature: row.get(8)?,
            key: row.get(9)?,
        }),
        NoteKind::Drafted | NoteKind::Edited => None,
    };
    Ok(NoteVersion {
        version: row.get(0)?,
        kind,
        content: row.get(2).map(Phi::new)?,
        reason: sql::phi(row, 3)?,
        by: sql::id(row, 4)?,
        by_name: sql::phi(row, 5)?,
        at: sql::moment(row, 6)?,
        seal,
    })
}
