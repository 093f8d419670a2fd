//! Studies and scans. A scan never changes; a wrong one is retracted and stays in the history.

use basics::{PatientId, Phi, ScanId, StudyId, Timestamp, UserId};

use super::worklist::Status;
use crate::vault::StoredFile;

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
