//! Changes of studies and scans: what is added stays as it came.

use basics::{PatientId, Phi, ScanId, StudyId};
use rusqlite::{OptionalExtension, params};

use super::{FoundScan, NewScan, NewStudy, Scan, find_scan, find_study, load};
use crate::{
    access::Permission,
    error::{ClinicError, Result},
    limits,
    record::{sql, worklist},
    write::Change,
};

impl Change<'_> {
    /// The patient's study with this UID, made where there is none; one without a UID is always made.
    ///
    /// # Errors
    /// [`ClinicError::NotFound`]; the limits.
    pub fn ensure_study(&mut self, patient: PatientId, new: &NewStudy) -> Result<StudyId> {
        self.needs(Permission::ImportScans)?;
        limits::optional("study_uid", new.uid.as_ref())?;
        limits::date("study_date", new.date.as_ref())?;
        limits::long(
            "study_description",
            new.description.as_ref().map_or("", |text| text.expose()),
        )?;
        limits::name("modality", &new.modality)?;
        limits::optional("accession", new.accession.as_ref().map(Phi::expose))?;
        let found = self.patient_for(patient)?;
        let known = match &new.uid {
            None => None,
            Some(uid) => self
                .db
                .prepare_cached(
                    "SELECT id FROM studies
                     WHERE patient IN (SELECT key FROM patients WHERE head = ?1) AND uid = ?2
                     ORDER BY key LIMIT 1",
                )?
                .query_row(params![found.key, uid], |row| sql::id(row, 0))
                .optional()?,
        };
        let id = match known {
            Some(id) => id,
            None => {
                let id = StudyId::new();
                self.db
                    .prepare_cached(
                        "INSERT INTO studies (id, patient, uid, date, description, modality, accession,
                                              by, created)
                         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)",
                    )?
                    .execute(params![
                        id.as_bytes(),
                        found.key,
                        new.uid,
                        new.date,
                        new.description.as_ref().map(Phi::expose),
                        new.modality,
                        new.accession.as_ref().map(Phi::expose),
                        self.by(),
                        self.at()
                    ])?;
                id
            }
        };
        self.subject(id);
        Ok(id)
    }

    /// Adds a scan whose file lies in the vault.
    ///
    /// # Errors
    /// [`ClinicError::NotFound`] for the study; [`ClinicError::Conflict`] (`file-gone`) where the file
    /// was swept away meanwhile; the limits.
    pub fn add_scan(&mut self, new: &NewScan) -> Result<Scan> {
        self.needs(Permission::ImportScans)?;
        let header = serde_json::to_string(&new.header)?;
        let quality = serde_json::to_string(&new.quality)?;
        limits::long("header", &header)?;
        limits::long("quality", &quality)?;
        limits::name("format", &new.format)?;
        limits::name("modality", &new.modality)?;
        limits::long(
            "description",
            new.description.as_ref().map_or("", |text| text.expose()),
        )?;
        limits::optional("series_uid", new.series_uid.as_ref())?;
        limits::optional("instance_uid", new.instance_uid.as_ref())?;
        if new.frames == 0 {
            return Err(ClinicError::Invalid {
                field: "frames",
                rule: "required",
            });
        }
        let (study, patient) = find_study(self.db, new.study_id)?;
        self.patient_for(patient)?;
        // Of a merged record: a scan goes where its study is, so that both stay together.
        let owner: i64 = self
            .db
            .prepare_cached("SELECT patient FROM studies WHERE key = ?1")?
            .query_row([study], |row| row.get(0))?;
        if !self.store.vault.holds(&new.file)? {
            return Err(ClinicError::Conflict {
                reason: "file-gone",
            });
        }
        let id = ScanId::new();
        self.db
            .prepare_cached(
                "INSERT INTO scans (id, study, patient, vault_name, bytes, format, modality, description,
                                    series_uid, instance_uid, instance_number, frames, header, quality,
                                    by, at)
                 VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16)",
            )?
            .execute(params![
                id.as_bytes(),
                study,
                owner,
                new.file.name.as_bytes(),
                i64::try_from(new.file.bytes).unwrap_or(i64::MAX),
                new.format,
                new.modality,
                new.description.as_ref().map(Phi::expose),
                new.series_uid,
                new.instance_uid,
                new.instance_number,
                new.frames,
                header,
                quality,
                self.by(),
                self.at()
            ])?;
        let key = self.db.last_insert_rowid();
        worklist::add(self.db, key, owner, &new.modality, self.by(), self.at())?;
        self.db
            .prepare_cached("UPDATE patients SET scans = scans + 1 WHERE key = ?1")?
            .execute([owner])?;
        self.filed.push(new.file.name);
        self.subject(new.study_id);
        self.subject(id);
        load(self.db, id)
    }

    /// Marks a scan as entered in error: it leaves the lists and stays in the history.
    ///
    /// # Errors
    /// [`ClinicError::NotFound`]; [`ClinicError::Conflict`] (`retracted`).
    pub fn retract_scan(&mut self, id: ScanId, reason: &str) -> Result<()> {
        self.needs(Permission::ImportScans)?;
        limits::long("reason", reason)?;
        let found = self.scan_for(id)?;
        self.db.execute(
            "INSERT INTO retractions VALUES (?1, ?2, ?3, ?4)",
            params![found.key, reason, self.by(), self.at()],
        )?;
        self.db
            .execute("DELETE FROM worklist WHERE scan = ?1", [found.key])?;
        self.db.execute(
            "UPDATE patients SET scans = scans - 1
             WHERE key = (SELECT patient FROM scans WHERE key = ?1)",
            [found.key],
        )?;
        Ok(())
    }

    /// A scan to be changed, if the permit reaches it and it was not retracted; it and its patient
    /// become subjects.
    pub(crate) fn scan_for(&mut self, id: ScanId) -> Result<FoundScan> {
        let found = find_scan(self.db, self.permit, id)?;
        if found.retracted {
            return Err(ClinicError::Conflict {
                reason: "retracted",
            });
        }
        self.subject(found.patient_id);
        self.subject(id);
        Ok(found)
    }
}
