//! What waits for a doctor today, each number the length of a list that can be opened.

use basics::{ConsultationId, NoteId, PatientId, Phi, Timestamp};
use rusqlite::params;

use super::{
    patients::{listed, number},
    sql,
};
use crate::{
    Clinic,
    access::{Permission, Permit},
    error::Result,
    limits,
};

/// What waits for a doctor.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Day {
    /// Their own consultations since a moment, and those that still last.
    pub consultations: u32,
    /// Of which last.
    pub running: u32,
    /// Their own notes whose newest version is not signed.
    pub notes: u32,
    /// Scans that a model put above its operating point and nobody gave a verdict on.
    pub above: u32,
}

/// A note that waits for its signature.
#[derive(Clone, Debug)]
pub struct UnsignedNote {
    /// Note.
    pub id: NoteId,
    /// Of which consultation.
    pub consultation_id: ConsultationId,
    /// Whose.
    pub patient_id: PatientId,
    /// Their number.
    pub patient_number: String,
    /// Their name.
    pub patient_name: Phi<String>,
    /// It was signed before and has been corrected since.
    pub again: bool,
    /// When it was last written.
    pub at: Timestamp,
}

// Notes of the asker (?2) whose newest version is not signed, as far as the permit reaches.
macro_rules! unsigned {
    ($what:literal, $rest:literal) => {
        concat!(
            "SELECT ",
            $what,
            " FROM notes AS n
             CROSS JOIN note_versions AS v ON v.note = n.key AND v.version =
                (SELECT max(version) FROM note_versions WHERE note = n.key)
             CROSS JOIN consultations AS c ON c.key = n.consultation
             CROSS JOIN heads AS p ON p.member = c.patient
             CROSS JOIN patient_versions AS w ON w.patient = p.key AND w.version = p.version
             WHERE n.author = ?2 AND v.kind <> 'signed'
               AND (?1 OR p.restricted = 0 OR p.treating = ?2) ",
            $rest
        )
    };
}

impl Clinic {
    /// What waits for the asker; consultations count from `since` on.
    ///
    /// # Errors
    /// [`crate::ClinicError::WrongPermit`]; [`crate::ClinicError::Locked`].
    pub fn day(&self, permit: &Permit, since: Timestamp) -> Result<Day> {
        permit.needs(Permission::ReadScans)?;
        let (all, me) = listed(permit)?;
        let store = self.store()?;
        let reader = store.readers.borrow()?;
        // All numbers of one moment.
        let db = reader.db()?.unchecked_transaction()?;
        let (consultations, running) = db
            .prepare_cached(
                "SELECT count(*), count(*) - count(c.ended)
                 FROM consultations AS c INDEXED BY consultations_by_doctor
                 CROSS JOIN heads AS p ON p.member = c.patient
                 WHERE c.doctor = ?2 AND (c.started >= ?3 OR c.ended IS NULL)
                   AND (?1 OR p.restricted = 0 OR p.treating = ?2)",
            )?
            .query_row(params![all, me, since.as_millisecond()], |row| {
                Ok((row.get(0)?, row.get(1)?))
            })?;
        let notes = db
            .prepare_cached(unsigned!("count(*)", ""))?
            .query_row(params![all, me], |row| row.get(0))?;
        let above = db
            .prepare_cached(
                "SELECT count(*) FROM worklist AS w INDEXED BY worklist_above
                 CROSS JOIN heads AS p ON p.member = w.patient
                 WHERE w.above = 1 AND w.status = 1
                   AND (?1 OR p.restricted = 0 OR p.treating = ?2)",
            )?
            .query_row(params![all, me], |row| row.get(0))?;
        Ok(Day {
            consultations,
            running,
            notes,
            above,
        })
    }

    /// The asker's notes that wait for a signature, newest first.
    ///
    /// # Errors
    /// [`crate::ClinicError::WrongPermit`]; [`crate::ClinicError::Invalid`] for a limit that is none.
    pub fn unsigned_notes(&self, permit: &Permit, limit: u32) -> Result<Vec<UnsignedNote>> {
        permit.needs(Permission::HostConsultations)?;
        let limit = limits::page(limit)?;
        let (all, me) = listed(permit)?;
        let store = self.store()?;
        let reader = store.readers.borrow()?;
        let mut statement = reader.db()?.prepare_cached(unsigned!(
            "n.id, c.id, p.id, p.key, w.name, v.at,
             EXISTS (SELECT 1 FROM note_versions WHERE note = n.key AND kind = 'signed')",
            "ORDER BY v.at DESC, n.key DESC LIMIT ?3"
        ))?;
        let notes = statement.query_map(params![all, me, limit], |row| {
            Ok(UnsignedNote {
                id: sql::id(row, 0)?,
                consultation_id: sql::id(row, 1)?,
                patient_id: sql::id(row, 2)?,
                patient_number: number(row.get(3)?),
                patient_name: sql::phi(row, 4)?,
                at: sql::moment(row, 5)?,
                again: row.get(6)?,
            })
        })?;
        Ok(notes.collect::<rusqlite::Result<_>>()?)
    }
}
