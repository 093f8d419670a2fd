//! What is asked and answered about exports.

use basics::{PatientId, Secret};
use serde::{Deserialize, Serialize};
use ts_rs::TS;

use crate::error::ErrorView;

/// Exports one patient.
#[derive(Debug, Deserialize, TS)]
pub struct ExportPatientRequest {
    /// Who.
    pub patient_id: PatientId,
    /// Where, as chosen in the system's dialog; a folder of its own is made in it.
    pub folder: String,
    /// The asker's password, again.
    pub password: Secret<String>,
}

/// Exports the clinic.
#[derive(Debug, Deserialize, TS)]
pub struct ExportClinicRequest {
    /// Where, as chosen in the system's dialog; a folder of its own is made in it.
    pub folder: String,
    /// The asker's password, again.
    pub password: Secret<String>,
}

/// Where one's own export stands.
#[derive(Clone, Debug, Default, Serialize, TS)]
pub struct ExportStateView {
    /// Whose record it is or was; none for the whole clinic's.
    pub patient_id: Option<PatientId>,
    /// What runs now.
    pub running: Option<ExportJobView>,
    /// The last one, where it was written whole.
    pub done: Option<ExportedView>,
    /// Why the last one was not.
    pub problem: Option<ErrorView>,
}

/// An export that runs.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, TS)]
pub struct ExportJobView {
    /// Patients that are written.
    pub patients: u64,
    /// Patients in all; 0 until they are counted.
    pub total: u64,
    /// Bytes that are written.
    pub bytes: u64,
}

/// An export that was written whole.
#[derive(Clone, Debug, Serialize, TS)]
pub struct ExportedView {
    /// Its folder.
    pub folder: String,
    /// Patients in it.
    pub patients: u64,
    /// Scans in it.
    pub scans: u64,
    /// Reports in it.
    pub reports: u64,
    /// Signed notes in it.
    pub notes: u64,
    /// Prescriptions in it.
    pub prescriptions: u64,
    /// Bytes in all.
    pub bytes: u64,
}
