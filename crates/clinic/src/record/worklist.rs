//! The worklist: scans by the clinician's priority, then the AI's urgency, then age.

use basics::{PatientId, Phi, ScanId, StudyId, Timestamp};
use serde::{Deserialize, Serialize};

use super::{patients::Sex, readings::Answer, verdicts::Priority};

/// Where a scan stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Status {
    /// Kept, not read.
    Imported,
    /// Read by a model; no verdict.
    Read,
    /// A clinician gave a verdict.
    Verified,
    /// A report was signed.
    Reported,
    /// The report was delivered.
    Delivered,
}

/// What to list.
#[derive(Clone, Debug, Default)]
pub struct WorklistQuery {
    /// Only these.
    pub status: Option<Status>,
    /// Only this DICOM modality.
    pub modality: Option<String>,
    /// Words of the patient's name, or a number; empty for all.
    pub text: String,
    /// Only this patient.
    pub patient_id: Option<PatientId>,
    /// Only scans that the asker imported.
    pub only_mine: bool,
    /// From the page before.
    pub cursor: Option<String>,
    /// 1–200.
    pub limit: u32,
}

/// A page of the worklist.
#[derive(Clone, Debug)]
pub struct WorklistPage {
    /// Scans.
    pub rows: Vec<WorklistRow>,
    /// For the next page; none at the end.
    pub next: Option<String>,
    /// How many scans stand where, before the filter by status.
    pub counts: StatusCounts,
}

/// How many scans stand where.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct StatusCounts {
    /// Imported.
    pub imported: u32,
    /// Read.
    pub read: u32,
    /// Verified.
    pub verified: u32,
    /// Reported.
    pub reported: u32,
    /// Delivered.
    pub delivered: u32,
}

/// A scan on the worklist.
#[derive(Clone, Debug)]
pub struct WorklistRow {
    /// Scan.
    pub scan_id: ScanId,
    /// Study.
    pub study_id: StudyId,
    /// Whose.
    pub patient_id: PatientId,
    /// The clinic's own number.
    pub number: String,
    /// The patient's name.
    pub name: Phi<String>,
    /// Birth date.
    pub birth_date: Option<Phi<String>>,
    /// Sex.
    pub sex: Sex,
    /// Restricted record.
    pub restricted: bool,
    /// Invented person.
    pub demo: bool,
    /// Scans that the patient has in all.
    pub scans: u32,
    /// Modality.
    pub modality: String,
    /// What it is called.
    pub description: Option<Phi<String>>,
    /// `YYYY-MM-DD`.
    pub study_date: Option<String>,
    /// When it was imported.
    pub imported: Timestamp,
    /// Frames.
    pub frames: u32,
    /// Where it stands.
    pub status: Status,
    /// The clinician's priority.
    pub priority: Priority,
    /// Why it has that priority.
    pub priority_reason: Option<Phi<String>>,
    /// What the newest reading said.
    pub reading: Option<Answer>,
    /// The newest verdict in short.
    pub verdict: Option<VerdictShort>,
}

/// A verdict in short.
#[derive(Clone, Debug)]
pub struct VerdictShort {
    /// Agrees with the reading.
    pub agrees: bool,
    /// The corrected class.
    pub class: Option<Phi<String>>,
    /// Shown name of the clinician.
    pub by_name: Phi<String>,
}
