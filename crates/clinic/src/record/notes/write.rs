//! Writing a note: begun by a draft, edited, signed with the password – each a new version. Only the
//! consultation's doctor does any of it.

use std::fmt;

use basics::{ConsultationId, NoteId, Phi, Timestamp, UserId};
use ed25519_dalek::Signer;
use rusqlite::{OptionalExtension, params};
use sha2::{Digest, Sha256};

use super::{Found, NoteKind, NoteSeal, NoteVersion, find_note, version_of};
use crate::{
    PasswordProof,
    access::Permission,
    error::{ClinicError, Result},
    limits,
    record::{consultations::find_own, search::Source, sql},
    write::Change,
};

/// What stands before the content under a signature, so that it can be taken for nothing else.
pub const SIGNED_NOTE: &[u8] = b"medibridge-note-v1\n";

/// What a version says.
#[derive(Clone, PartialEq, Eq)]
pub struct NoteText {
    /// All of it, at most 1 MiB. Kept byte for byte.
    pub content: Phi<Vec<u8>>,
    /// The same as plain words, without what was struck out.
    pub words: Phi<String>,
}

/// A version to be written over the newest one.
#[derive(Clone, Debug)]
pub struct NewNoteVersion {
    /// Whether a machine wrote it or the doctor.
    pub drafted: bool,
    /// The version that the writer saw; none where there was no note.
    pub over: Option<u32>,
    /// What it says.
    pub text: NoteText,
}

/// What the text to be signed has to say of its signing.
#[derive(Clone, Debug)]
pub struct NoteToSign {
    /// Which note.
    pub note_id: NoteId,
    /// Of which consultation.
    pub consultation_id: ConsultationId,
    /// The number of the signed version.
    pub version: u32,
    /// Who signs.
    pub by: UserId,
    /// When.
    pub at: Timestamp,
    /// SHA-256 of what was signed before.
    pub supersedes: Option<[u8; 32]>,
    /// The version that is signed.
    pub newest: NoteVersion,
}

impl fmt::Debug for NoteText {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        // It says what the patient has.
        f.write_str("NoteText(…)")
    }
}

impl Change<'_> {
    /// Writes a version of a consultation's note; the first begins the note. Writing the newest again,
    /// because the answer was lost, changes nothing.
    ///
    /// # Errors
    /// [`ClinicError::Forbidden`] where the asker is not the consultation's doctor;
    /// [`ClinicError::Conflict`] (`note-changed`) where another window wrote meanwhile: nothing is lost,
    /// each version is kept; [`ClinicError::NotFound`]; [`ClinicError::TooLong`].
    pub fn write_note(
        &mut self,
        id: ConsultationId,
        new: &NewNoteVersion,
    ) -> Result<(NoteId, u32)> {
        self.needs(Permission::HostConsultations)?;
        check(&new.text)?;
        let of = find_own(self.db, self.permit, id)?;
        self.subject(of.patient);
        self.subject(id);
        let note = self
            .db
            .prepare_cached("SELECT id FROM notes WHERE consultation = ?1")?
            .query_row([of.key], |row| sql::id(row, 0))
            .optional()?;
        let note = match note {
            Some(note) => note,
            None => {
                let note = NoteId::new();
                self.db
                    .prepare_cached(
                        "INSERT INTO notes (id, consultation, author, created) VALUES (?1, ?2, ?3, ?4)",
                    )?
                    .execute(params![note.as_bytes(), of.key, self.by(), self.at()])?;
                note
            }
        };
        let found = find_note(self.db, self.permit, note)?;
        self.subject(note);
        let newest = self.newest_version(&found)?;
        let kind = match new.drafted {
            true => NoteKind::Drafted,
            false => NoteKind::Edited,
        };
        let at = newest.as_ref().map(|newest| newest.version);
        if at != new.over {
            let again = newest.is_some_and(|newest| {
                newest.kind == kind
                    && newest.content == new.text.content
                    && at == Some(new.over.unwrap_or(0).saturating_add(1))
            });
            return match (again, at) {
                (true, Some(at)) => Ok((note, at)),
                _ => Err(CHANGED),
            };
        }
        let version = at.unwrap_or(0) + 1;
        self.insert_version(&found, version, kind, &new.text, &Phi::default(), None)?;
        Ok((note, version))
    }

    /// Signs the newest version: `text` makes of it the exact bytes that are kept under the clinic's
    /// signature.
    ///
    /// # Errors
    /// [`ClinicError::PasswordNeeded`] where `proof` is too old or another person's;
    /// [`ClinicError::Forbidden`] where the asker is not its author; [`ClinicError::Conflict`]:
    /// `note-changed` where `version` is not the newest, `note-signed` where it is signed already;
    /// [`ClinicError::Invalid`] (`reason`) for a correction that does not say why; what `text` fails with.
    pub fn sign_note<E: From<ClinicError>>(
        &mut self,
        proof: PasswordProof,
        id: NoteId,
        version: u32,
        reason: &Phi<String>,
        text: impl FnOnce(&NoteToSign) -> Result<NoteText, E>,
    ) -> Result<NoteVersion, E> {
        self.needs(Permission::HostConsultations)?;
        proof.check(self.permit, self.now)?;
        let found = find_note(self.db, self.permit, id)?;
        find_own(self.db, self.permit, found.consultation)?;
        self.subject(found.patient);
        self.subject(found.consultation);
        self.subject(id);
        let newest = self.newest_version(&found)?.ok_or(CHANGED)?;
        if newest.version != version {
            return Err(CHANGED.into());
        }
        if newest.kind == NoteKind::Signed {
            return Err(ClinicError::Conflict {
                reason: "note-signed",
            }
            .into());
        }
        let supersedes: Option<[u8; 32]> = self
            .db
            .prepare_cached(
                "SELECT sha256 FROM note_versions WHERE note = ?1 AND kind = 'signed'
                 ORDER BY version DESC LIMIT 1",
            )
            .and_then(|mut row| row.query_row([found.key], |row| row.get(0)).optional())
            .map_err(ClinicError::from)?;
        limits::long("reason", reason.expose())?;
        if supersedes.is_some() && reason.expose().trim().is_empty() {
            return Err(ClinicError::Invalid {
                field: "reason",
                rule: "required",
            }
            .into());
        }
        let leave = NoteToSign {
            note_id: id,
            consultation_id: found.consultation,
            version: version + 1,
            by: self.permit.user(),
            at: self.now,
            supersedes,
            newest,
        };
        let text = text(&leave)?;
        check(&text)?;
        let content = text.content.expose();
        let seal = NoteSeal {
            sha256: Sha256::digest(content).into(),
            signature: self.store.reports.sign(&signed(content)).to_bytes(),
            key: self.store.reports.verifying_key().to_bytes(),
        };
        self.searched(Source::Note { key: found.key });
        self.insert_version(
            &found,
            leave.version,
            NoteKind::Signed,
            &text,
            reason,
            Some(&seal),
        )?;
        let kept = version_of(self.db, found.key, leave.version)?;
        Ok(kept.ok_or(ClinicError::Internal("note version"))?)
    }

    fn newest_version(&self, found: &Found) -> Result<Option<NoteVersion>> {
        let newest: Option<u32> = self
            .db
            .prepare_cached("SELECT max(version) FROM note_versions WHERE note = ?1")?
            .query_row([found.key], |row| row.get(0))?;
        match newest {
            None => Ok(None),
            Some(newest) => version_of(self.db, found.key, newest),
        }
    }

    fn insert_version(
        &self,
        found: &Found,
        version: u32,
        kind: NoteKind,
        text: &NoteText,
        reason: &Phi<String>,
        seal: Option<&NoteSeal>,
    ) -> Result<()> {
        self.db
            .prepare_cached(
                "INSERT INTO note_versions VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11)",
            )?
            .execute(params![
                found.key,
                version,
                sql::key_of(&kind)?,
                self.by(),
                self.at(),
                reason.expose(),
                text.content.expose(),
                text.words.expose(),
                seal.map(|seal| seal.sha256),
                seal.map(|seal| seal.signature),
                seal.map(|seal| seal.key),
            ])?;
        Ok(())
    }
}

const CHANGED: ClinicError = ClinicError::Conflict {
    reason: "note-changed",
};

/// The bytes under a signature.
pub(super) fn signed(content: &[u8]) -> Vec<u8> {
    [SIGNED_NOTE, content].concat()
}

fn check(text: &NoteText) -> Result<()> {
    limits::long("words", text.words.expose())?;
    let content = text.content.expose();
    if content.is_empty() {
        return Err(ClinicError::Invalid {
            field: "content",
            rule: "required",
        });
    }
    match content.len() > limits::TEXT {
        true => Err(ClinicError::TooLong {
            field: "content",
            limit: limits::TEXT as u64,
        }),
        false => Ok(()),
    }
}
