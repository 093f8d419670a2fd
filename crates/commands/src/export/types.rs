//! What is asked and answered about exports.

use basics::{PatientId, Secret};
use serde::{Deserialize, Serialize};
use ts_rs::TS;

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

/// An export that was written whole.
#[derive(Debug, Serialize, TS)]
pub struct ExportedView {
    /// Its folder.
    pub folder: String,
    /// Patients in it.
    pub patients: u64,
    /// Scans in it.
    pub scans: u64,
    /// Reports in it.
    pub reports: u64,
    /// Bytes in all.
    pub bytes: u64,
}
