//! Changes of a consultation other than what is said: it starts, people come and go, it ends.

use basics::{ConsultationId, InvitationId, Language, ParticipantId, PatientId, Phi, Timestamp};
use rusqlite::{OptionalExtension, params};

use super::{Consultation, Found, InvitationWay, ParticipantKind, find_own, find_running, load};
use crate::{
    access::Permission,
    error::{ClinicError, Result},
    limits,
    record::sql,
    write::Change,
};

/// Somebody to be let in.
#[derive(Clone, Debug)]
pub struct NewParticipant {
    /// The id they knocked under; let in again under it, they are let in once.
    pub id: ParticipantId,
    /// How they take part; the doctor is there from the start.
    pub kind: ParticipantKind,
    /// As they want to be called: 1–200 characters.
    pub name: Phi<String>,
    /// What they read.
    pub language: Language,
    /// Came by a link whose guest is in already.
    pub second_device: bool,
}

impl Change<'_> {
    /// Starts a consultation with a patient; the asker is its doctor and reads `language`.
    ///
    /// # Errors
    /// [`ClinicError::NotFound`] for the patient.
    pub fn start_consultation(
        &mut self,
        patient: PatientId,
        language: Language,
    ) -> Result<Consultation> {
        self.needs(Permission::HostConsultations)?;
        let found = self.patient_for(patient)?;
        let id = ConsultationId::new();
        self.db
            .prepare_cached(
                "INSERT INTO consultations (id, patient, doctor, started) VALUES (?1, ?2, ?3, ?4)",
            )?
            .execute(params![id.as_bytes(), found.key, self.by(), self.at()])?;
        let key = self.db.last_insert_rowid();
        self.subject(id);
        self.insert_participant(
            key,
            &NewParticipant {
                id: ParticipantId::new(),
                kind: ParticipantKind::Doctor,
                name: self.own_name()?,
                language,
                second_device: false,
            },
        )?;
        load(self.db, id)
    }

    /// Lets somebody in.
    ///
    /// # Errors
    /// [`ClinicError::Conflict`] (`consultation-ended`; `participant-differs` where the id is somebody
    /// else's); [`ClinicError::Forbidden`] where the asker is not its doctor; [`ClinicError::Invalid`]
    /// for a second doctor; [`ClinicError::NotFound`]; the limits.
    pub fn add_participant(&mut self, id: ConsultationId, new: &NewParticipant) -> Result<()> {
        limits::name("name", new.name.expose())?;
        if new.kind == ParticipantKind::Doctor {
            return Err(ClinicError::Invalid {
                field: "kind",
                rule: "one-doctor",
            });
        }
        let found = self.running(id)?;
        let known: Option<(i64, String)> = self
            .db
            .prepare_cached("SELECT consultation, name FROM participants WHERE id = ?1")?
            .query_row([new.id.as_bytes()], |row| Ok((row.get(0)?, row.get(1)?)))
            .optional()?;
        match known {
            None => self.insert_participant(found.key, new),
            Some((key, name)) if key == found.key && name == *new.name.expose() => Ok(()),
            Some(_) => Err(ClinicError::Conflict {
                reason: "participant-differs",
            }),
        }
    }

    /// Somebody reads another language from now on.
    ///
    /// # Errors
    /// [`ClinicError::NotFound`] where they take no part; as [`Change::add_participant`].
    pub fn set_language(
        &mut self,
        id: ConsultationId,
        participant: ParticipantId,
        language: Language,
    ) -> Result<()> {
        let found = self.running(id)?;
        let (participant, _) = self.participant(&found, participant)?;
        self.insert_language(participant, language)
    }

    /// Somebody left or was removed; again, it stays as it was.
    ///
    /// # Errors
    /// As [`Change::set_language`].
    pub fn participant_gone(
        &mut self,
        id: ConsultationId,
        participant: ParticipantId,
    ) -> Result<()> {
        let found = self.running(id)?;
        let (key, _) = self.participant(&found, participant)?;
        self.db
            .prepare_cached("UPDATE participants SET gone = ?2 WHERE key = ?1 AND gone IS NULL")?
            .execute(params![key, self.at()])?;
        Ok(())
    }

    /// Makes a way in; again under the same id, it is made once.
    ///
    /// # Errors
    /// [`ClinicError::Conflict`] (`consultation-ended`); [`ClinicError::Forbidden`];
    /// [`ClinicError::NotFound`].
    pub fn add_invitation(
        &mut self,
        id: ConsultationId,
        invitation: InvitationId,
        way: InvitationWay,
        until: Timestamp,
    ) -> Result<()> {
        let found = self.running(id)?;
        self.db
            .prepare_cached(
                "INSERT INTO invitations (id, consultation, way, made, until)
                 VALUES (?1, ?2, ?3, ?4, ?5) ON CONFLICT (id) DO NOTHING",
            )?
            .execute(params![
                invitation.as_bytes(),
                found.key,
                sql::key_of(&way)?,
                self.at(),
                until.as_millisecond()
            ])?;
        Ok(())
    }

    /// A guest came in by it: it opens for nobody else.
    ///
    /// # Errors
    /// [`ClinicError::NotFound`] for the invitation; as [`Change::add_invitation`].
    pub fn invitation_spent(&mut self, id: ConsultationId, invitation: InvitationId) -> Result<()> {
        let sql = "UPDATE invitations SET spent = coalesce(spent, ?3)
                   WHERE consultation = ?1 AND id = ?2";
        self.close_invitation(sql, id, invitation)
    }

    /// The doctor closed it.
    ///
    /// # Errors
    /// As [`Change::invitation_spent`].
    pub fn invitation_withdrawn(
        &mut self,
        id: ConsultationId,
        invitation: InvitationId,
    ) -> Result<()> {
        let sql = "UPDATE invitations SET withdrawn = coalesce(withdrawn, ?3)
                   WHERE consultation = ?1 AND id = ?2";
        self.close_invitation(sql, id, invitation)
    }

    /// Ends a consultation and deletes its keys with everything else that kept it alive, recordings
    /// that nobody finished included; again, it stays as it was.
    ///
    /// # Errors
    /// [`ClinicError::Forbidden`] where the asker is not its doctor; [`ClinicError::NotFound`].
    pub fn end_consultation(&mut self, id: ConsultationId) -> Result<Consultation> {
        let found = self.own(id)?;
        if !found.ended {
            self.db
                .prepare_cached("UPDATE consultations SET ended = ?2 WHERE key = ?1")?
                .execute(params![found.key, self.at()])?;
            for sql in [
                "DELETE FROM live_state WHERE consultation = ?1",
                "DELETE FROM relayed_sounds WHERE consultation = ?1",
                "DELETE FROM recording_pieces WHERE consultation = ?1",
            ] {
                self.db.prepare_cached(sql)?.execute([found.key])?;
            }
        }
        load(self.db, id)
    }

    /// The asker's own consultation; it and its patient become subjects.
    pub(super) fn own(&mut self, id: ConsultationId) -> Result<Found> {
        let found = find_own(self.db, self.permit, id)?;
        self.about(id, &found);
        Ok(found)
    }

    fn running(&mut self, id: ConsultationId) -> Result<Found> {
        let found = find_running(self.db, self.permit, id)?;
        self.about(id, &found);
        Ok(found)
    }

    fn about(&mut self, id: ConsultationId, found: &Found) {
        self.subject(found.patient);
        self.subject(id);
    }

    /// Somebody's row in this consultation, and whether they are gone.
    pub(super) fn participant(&self, found: &Found, id: ParticipantId) -> Result<(i64, bool)> {
        participant(self.db, found, id)
    }

    fn insert_participant(&mut self, consultation: i64, new: &NewParticipant) -> Result<()> {
        self.db
            .prepare_cached(
                "INSERT INTO participants (id, consultation, kind, name, joined, second_device)
                 VALUES (?1, ?2, ?3, ?4, ?5, ?6)",
            )?
            .execute(params![
                new.id.as_bytes(),
                consultation,
                sql::key_of(&new.kind)?,
                new.name.expose(),
                self.at(),
                new.second_device
            ])?;
        self.insert_language(self.db.last_insert_rowid(), new.language)
    }

    fn insert_language(&mut self, participant: i64, language: Language) -> Result<()> {
        self.db
            .prepare_cached(
                "INSERT INTO participant_languages (participant, language, at) VALUES (?1, ?2, ?3)",
            )?
            .execute(params![participant, language.tag(), self.at()])?;
        Ok(())
    }

    fn close_invitation(
        &mut self,
        sql: &'static str,
        id: ConsultationId,
        invitation: InvitationId,
    ) -> Result<()> {
        let found = self.running(id)?;
        let closed = self.db.prepare_cached(sql)?.execute(params![
            found.key,
            invitation.as_bytes(),
            self.at()
        ])?;
        match closed {
            0 => Err(ClinicError::NotFound { what: "invitation" }),
            _ => Ok(()),
        }
    }
}

/// Somebody's row in a consultation, and whether they are gone.
pub(super) fn participant(
    db: &rusqlite::Connection,
    found: &Found,
    id: ParticipantId,
) -> Result<(i64, bool)> {
    db.prepare_cached(
        "SELECT key, gone IS NOT NULL FROM participants WHERE id = ?1 AND consultation = ?2",
    )?
    .query_row(params![id.as_bytes(), found.key], |row| {
        Ok((row.get(0)?, row.get(1)?))
    })
    .optional()?
    .ok_or(ClinicError::NotFound {
        what: "participant",
    })
}
