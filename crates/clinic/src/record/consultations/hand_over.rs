//! Handing a report over: a message of the doctor's that carries a sealed file instead of words.

use basics::{ConsultationId, Language, MessageId, ReportId};
use rusqlite::{OptionalExtension, params};

use super::{
    Found, Kept, NewMessage,
    messages::{find_message, load_message},
};
use crate::{
    error::{ClinicError, Result},
    record::{
        reports::{ReportFileId, ReportState},
        sql,
    },
    write::Change,
};

/// A sealed report that a message carries; its bytes are [`crate::Clinic::report_file_bytes`].
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct HandedOverFile {
    /// The file.
    pub file_id: ReportFileId,
    /// Of which report.
    pub report_id: ReportId,
    /// As people call it, e.g. `R-000123`.
    pub number: String,
    /// Which revision it shows.
    pub revision: u32,
    /// Size in bytes.
    pub bytes: u64,
}

impl Change<'_> {
    /// Says the newest sealed file of a report, in the doctor's name, under the next number. The same id
    /// with the same report again is the message that was kept.
    ///
    /// # Errors
    /// [`ClinicError::NotFound`] for the consultation, and for a report of another patient;
    /// [`ClinicError::Conflict`]: `not-final` before it is final and after it was withdrawn, `not-sealed`
    /// where its newest revision has no sealed file, `consultation-ended`, `message-differs`;
    /// [`ClinicError::Forbidden`] where the asker is not the consultation's doctor.
    pub fn say_report(
        &mut self,
        id: MessageId,
        consultation: ConsultationId,
        report: ReportId,
    ) -> Result<Kept> {
        let found = self.own(consultation)?;
        if let Some(message) = self.given_before(id, &found, report)? {
            let fresh = false;
            return Ok(Kept { message, fresh });
        }
        let found = found.running()?;
        let file = self.newest_file(&found, report)?;
        let (participant_id, language) = self.doctor_of(&found)?;
        let (doctor, _) = self.participant(&found, participant_id)?;
        let new = NewMessage {
            id,
            consultation_id: consultation,
            participant_id,
            language,
            text: basics::Phi::new(String::new()),
            phrase: None,
            sound: None,
        };
        let n = self.insert_message(&found, doctor, &new, None)?;
        self.db
            .prepare_cached("INSERT INTO handed_over VALUES (?1, ?2, ?3)")?
            .execute(params![found.key, n, file])?;
        let message = load_message(self.db, self.permit, &found, n)?;
        let fresh = true;
        Ok(Kept { message, fresh })
    }

    /// The message of this id, where it carries this report.
    fn given_before(
        &self,
        id: MessageId,
        found: &Found,
        report: ReportId,
    ) -> Result<Option<super::Message>> {
        let (known, n) = match find_message(self.db, self.permit, id) {
            Err(ClinicError::NotFound { .. }) => return Ok(None),
            known => known?,
        };
        let message = load_message(self.db, self.permit, &known, n)?;
        let same = message
            .handed_over
            .as_ref()
            .is_some_and(|file| file.report_id == report);
        match known.key == found.key && same {
            true => Ok(Some(message)),
            false => Err(ClinicError::Conflict {
                reason: "message-differs",
            }),
        }
    }

    /// The row of the newest sealed file of the report's newest revision.
    fn newest_file(&mut self, found: &Found, id: ReportId) -> Result<i64> {
        let report = self.report_for(id)?;
        if report.patient != found.patient {
            return Err(ClinicError::NotFound { what: "report" });
        }
        let conflict = |reason| Err(ClinicError::Conflict { reason });
        match report.state {
            ReportState::Final | ReportState::Amended | ReportState::Appended => {}
            _ => return conflict("not-final"),
        }
        let newest = self
            .db
            .prepare_cached(
                "SELECT key FROM report_files
                 WHERE report = ?1 AND revision = ?2 AND vault_name IS NOT NULL
                 ORDER BY key DESC LIMIT 1",
            )?
            .query_row(params![report.key, report.revision], |row| row.get(0))
            .optional()?;
        newest.map_or_else(|| conflict("not-sealed"), Ok)
    }

    /// The consultation's doctor, and what they read.
    fn doctor_of(&self, found: &Found) -> Result<(basics::ParticipantId, Language)> {
        Ok(self
            .db
            .prepare_cached(
                "SELECT p.id, (SELECT language FROM participant_languages
                               WHERE participant = p.key ORDER BY key DESC LIMIT 1)
                 FROM participants AS p
                 WHERE p.consultation = ?1 AND p.kind = 'doctor' ORDER BY p.key LIMIT 1",
            )?
            .query_row([found.key], |row| {
                Ok((sql::id(row, 0)?, sql::language(row, 1)?))
            })?)
    }
}
