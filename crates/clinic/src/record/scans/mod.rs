//! Studies and scans. A scan never changes; a wrong one is retracted and stays in the history.

mod change;

use basics::{PatientId, Phi, ScanId, StudyId, Timestamp, UserId};

use rusqlite::{Connection, OptionalExtension, Row, params};
use seal::ContentName;
use zeroize::Zeroizing;

use super::{sql, worklist::Status};
use crate::{
    Clinic,
    access::{Permission, Permit},
    error::{ClinicError, Result},
    vault::StoredFile,
    write::find,
};

/// A study to be found by its UID, or made.
#[derive(Clone, Debug, Default)]
pub struct NewStudy {
    /// DICOM Study Instance UID (0020,000D); none for plain pictures.
    pub uid: Option<String>,
    /// `YYYY-MM-DD`.
    pub date: Option<String>,
    /// What it is called.
    pub description: Option<Phi<String>>,
    /// DICOM modality; `OT` for plain pictures.
    pub modality: String,
    /// Accession number (0008,0050).
    pub accession: Option<Phi<String>>,
}

/// A study.
#[derive(Clone, Debug)]
pub struct Study {
    /// Id.
    pub id: StudyId,
    /// Whose.
    pub patient_id: PatientId,
    /// As imported.
    pub facts: NewStudy,
    /// When its first scan was imported.
    pub created: Timestamp,
}

/// A scan to be added; its file lies in the vault already.
#[derive(Clone, Debug)]
pub struct NewScan {
    /// Of which study.
    pub study_id: StudyId,
    /// From [`crate::Clinic::store_file`].
    pub file: StoredFile,
    /// `dicom`, `png`, `jpeg` or `tiff`.
    pub format: String,
    /// DICOM modality; `OT` for plain pictures.
    pub modality: String,
    /// What it is called.
    pub description: Option<Phi<String>>,
    /// Series Instance UID (0020,000E).
    pub series_uid: Option<String>,
    /// SOP Instance UID (0008,0018).
    pub instance_uid: Option<String>,
    /// Place in the series (0020,0013).
    pub instance_number: Option<i32>,
    /// Frames, at least 1.
    pub frames: u32,
    /// What the importer read from the file.
    pub header: serde_json::Value,
    /// Remarks on quality, keys of the catalogue.
    pub quality: Vec<String>,
}

/// A scan.
#[derive(Clone, Debug)]
pub struct Scan {
    /// Id.
    pub id: ScanId,
    /// Of which study.
    pub study_id: StudyId,
    /// Whose.
    pub patient_id: PatientId,
    /// Size of the file in bytes.
    pub bytes: u64,
    /// `dicom`, `png`, `jpeg` or `tiff`.
    pub format: String,
    /// DICOM modality; `OT` for plain pictures.
    pub modality: String,
    /// What it is called.
    pub description: Option<Phi<String>>,
    /// `YYYY-MM-DD` of its study.
    pub study_date: Option<String>,
    /// Series Instance UID.
    pub series_uid: Option<String>,
    /// SOP Instance UID.
    pub instance_uid: Option<String>,
    /// Place in the series.
    pub instance_number: Option<i32>,
    /// Frames.
    pub frames: u32,
    /// What the importer read from the file.
    pub header: serde_json::Value,
    /// Remarks on quality.
    pub quality: Vec<String>,
    /// Who imported it.
    pub imported_by: UserId,
    /// When.
    pub imported: Timestamp,
    /// Where it stands.
    pub status: Status,
    /// Entered in error: when and by whom.
    pub retracted: Option<(Timestamp, UserId)>,
}

// Everything of a scan in one row; the clauses after it differ.
macro_rules! scans {
    ($rest:literal) => {
        concat!(
            "SELECT s.id, t.id, p.id, s.bytes, s.format, s.modality, s.description, t.date, s.series_uid,
                    s.instance_uid, s.instance_number, s.frames, s.header, s.quality, s.by, s.at,
                    w.status, r.at, r.by
             FROM scans AS s
             JOIN studies AS t ON t.key = s.study
             JOIN heads AS p ON p.member = s.patient
             LEFT JOIN worklist AS w ON w.scan = s.key
             LEFT JOIN retractions AS r ON r.scan = s.key ",
            $rest
        )
    };
}

/// A scan as changes find it.
pub(crate) struct FoundScan {
    pub(crate) key: i64,
    pub(crate) patient_id: PatientId,
    pub(crate) retracted: bool,
    pub(crate) frames: u32,
    pub(crate) file: StoredFile,
}

impl Clinic {
    /// Seals a file into the vault. It is the record's only once [`Change::add_scan`] or
    /// [`Change::say`] points at it; otherwise the next start sweeps it away.
    ///
    /// # Errors
    /// [`ClinicError::TooLong`] over 4 GiB; [`ClinicError::DiskFull`]; [`ClinicError::ReadOnly`].
    pub fn store_file(
        &self,
        permit: &Permit,
        content: &mut (impl std::io::Read + std::io::Seek),
    ) -> Result<StoredFile> {
        permit.needs_one_of(&[Permission::ImportScans, Permission::HostConsultations])?;
        self.store()?.vault.put(content)
    }

    /// The scan that holds the same bytes, if the record has one that was not retracted; one that the
    /// permit does not reach counts as none.
    ///
    /// # Errors
    /// [`ClinicError::WrongPermit`]; [`ClinicError::Locked`].
    pub fn duplicate_of(
        &self,
        permit: &Permit,
        file: &StoredFile,
    ) -> Result<Option<(ScanId, PatientId)>> {
        permit.needs(Permission::ImportScans)?;
        let store = self.store()?;
        let reader = store.readers.borrow()?;
        let (all, me) = super::patients::listed(permit)?;
        let mut statement = reader.db()?.prepare_cached(
            "SELECT s.id, p.id FROM scans AS s
             JOIN heads AS p ON p.member = s.patient
             LEFT JOIN retractions AS r ON r.scan = s.key
             WHERE s.vault_name = ?1 AND r.scan IS NULL
               AND (?2 OR p.restricted = 0 OR p.treating = ?3)
             ORDER BY s.key LIMIT 1",
        )?;
        let found = statement.query_row(params![file.name.as_bytes(), all, me], |row| {
            Ok((sql::id(row, 0)?, sql::id(row, 1)?))
        });
        Ok(found.optional()?)
    }

    /// The bytes of a scan's file, as imported.
    ///
    /// # Errors
    /// [`ClinicError::NotFound`]; [`ClinicError::Damaged`] (`vault`).
    pub fn read_file(&self, permit: &Permit, id: ScanId) -> Result<Zeroizing<Vec<u8>>> {
        permit.needs_one_of(&READERS)?;
        let store = self.store()?;
        let file = find_scan(store.readers.borrow()?.db()?, permit, id)?.file;
        store.vault.get(&file)
    }

    /// A scan, also a retracted one.
    ///
    /// # Errors
    /// [`ClinicError::NotFound`] where there is none or the permit does not reach its patient.
    pub fn scan(&self, permit: &Permit, id: ScanId) -> Result<Scan> {
        permit.needs_one_of(&READERS)?;
        let store = self.store()?;
        let reader = store.readers.borrow()?;
        let db = reader.db()?;
        find_scan(db, permit, id)?;
        load(db, id)
    }

    /// The scans of a study that were not retracted, by series and place in it.
    ///
    /// # Errors
    /// [`ClinicError::NotFound`].
    pub fn scans_of_study(&self, permit: &Permit, id: StudyId) -> Result<Vec<Scan>> {
        permit.needs_one_of(&READERS)?;
        let store = self.store()?;
        let reader = store.readers.borrow()?;
        let db = reader.db()?;
        let (key, patient) = find_study(db, id)?;
        find(db, permit, patient).map_err(|_| ClinicError::NotFound { what: "study" })?;
        let mut statement = db.prepare_cached(scans!(
            "WHERE s.study = ?1 AND r.scan IS NULL
             ORDER BY s.series_uid, s.instance_number, s.key"
        ))?;
        let scans = statement.query_map([key], scan)?;
        Ok(scans.collect::<rusqlite::Result<_>>()?)
    }

    /// A patient's studies, newest first, each with its scans.
    ///
    /// # Errors
    /// [`ClinicError::NotFound`].
    pub fn studies(&self, permit: &Permit, patient: PatientId) -> Result<Vec<(Study, Vec<Scan>)>> {
        permit.needs_one_of(&[
            Permission::ReadPatients,
            Permission::ReadScans,
            Permission::ReadOwnRecord,
        ])?;
        let store = self.store()?;
        let reader = store.readers.borrow()?;
        let db = reader.db()?;
        let found = find(db, permit, patient)?;
        let mut statement = db.prepare_cached(
            "SELECT key, id, uid, date, description, modality, accession, created
             FROM studies WHERE patient IN (SELECT key FROM patients WHERE head = ?1)
             ORDER BY coalesce(date, '') DESC, key DESC",
        )?;
        let studies = statement.query_map([found.key], |row| {
            let facts = NewStudy {
                uid: row.get(2)?,
                date: row.get(3)?,
                description: sql::optional_phi(row, 4)?,
                modality: row.get(5)?,
                accession: sql::optional_phi(row, 6)?,
            };
            let (id, created) = (sql::id(row, 1)?, sql::moment(row, 7)?);
            Ok((
                row.get::<_, i64>(0)?,
                Study {
                    id,
                    patient_id: patient,
                    facts,
                    created,
                },
            ))
        })?;
        let mut scans = db.prepare_cached(scans!(
            "WHERE s.study = ?1 AND r.scan IS NULL
             ORDER BY s.series_uid, s.instance_number, s.key"
        ))?;
        studies
            .map(|study| {
                let (key, study) = study?;
                let scans = scans
                    .query_map([key], scan)?
                    .collect::<rusqlite::Result<_>>()?;
                Ok((study, scans))
            })
            .collect()
    }
}

/// What a reader of scans may hold.
pub(crate) const READERS: [Permission; 5] = [
    Permission::ReadScans,
    Permission::RunReadings,
    Permission::RecordVerdicts,
    Permission::MarkScans,
    Permission::ReadOwnRecord,
];

/// The scan, if the permit reaches its patient.
pub(crate) fn find_scan(db: &Connection, permit: &Permit, id: ScanId) -> Result<FoundScan> {
    let missing = || ClinicError::NotFound { what: "scan" };
    let found = db
        .prepare_cached(
            "SELECT s.key, p.id, r.scan IS NOT NULL, s.frames, s.vault_name, s.bytes
             FROM scans AS s JOIN heads AS p ON p.member = s.patient
             LEFT JOIN retractions AS r ON r.scan = s.key
             WHERE s.id = ?1",
        )?
        .query_row([id.as_bytes()], |row| {
            let name: Vec<u8> = row.get(4)?;
            let name = ContentName::from_slice(&name)
                .ok_or_else(|| sql::wrong(4, rusqlite::types::Type::Blob, "name"))?;
            Ok(FoundScan {
                key: row.get(0)?,
                patient_id: sql::id(row, 1)?,
                retracted: row.get(2)?,
                frames: row.get(3)?,
                file: StoredFile {
                    name,
                    bytes: sql::size(row, 5)?,
                },
            })
        })
        .optional()?
        .ok_or_else(missing)?;
    find(db, permit, found.patient_id).map_err(|error| match error {
        ClinicError::NotFound { .. } => missing(),
        error => error,
    })?;
    Ok(found)
}

fn find_study(db: &Connection, id: StudyId) -> Result<(i64, PatientId)> {
    let sql = "SELECT t.key, p.id FROM studies AS t JOIN heads AS p ON p.member = t.patient
               WHERE t.id = ?1";
    let found = db
        .prepare_cached(sql)?
        .query_row([id.as_bytes()], |row| Ok((row.get(0)?, sql::id(row, 1)?)))
        .optional()?;
    found.ok_or(ClinicError::NotFound { what: "study" })
}

fn load(db: &Connection, id: ScanId) -> Result<Scan> {
    let mut statement = db.prepare_cached(scans!("WHERE s.id = ?1"))?;
    let found = statement.query_row([id.as_bytes()], scan).optional()?;
    found.ok_or(ClinicError::NotFound { what: "scan" })
}

fn scan(row: &Row<'_>) -> rusqlite::Result<Scan> {
    let retracted = match sql::optional_moment(row, 17)? {
        None => None,
        Some(at) => Some((at, sql::id(row, 18)?)),
    };
    Ok(Scan {
        id: sql::id(row, 0)?,
        study_id: sql::id(row, 1)?,
        patient_id: sql::id(row, 2)?,
        bytes: sql::size(row, 3)?,
        format: row.get(4)?,
        modality: row.get(5)?,
        description: sql::optional_phi(row, 6)?,
        study_date: row.get(7)?,
        series_uid: row.get(8)?,
        instance_uid: row.get(9)?,
        instance_number: row.get(10)?,
        frames: row.get(11)?,
        header: sql::json(row, 12)?,
        quality: sql::json(row, 13)?,
        imported_by: sql::id(row, 14)?,
        imported: sql::moment(row, 15)?,
        // A retracted scan is on no list.
        status: row
            .get::<_, Option<i64>>(16)?
            .map_or(Status::Imported, Status::from_number),
        retracted,
    })
}
