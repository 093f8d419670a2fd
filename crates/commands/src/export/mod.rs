//! The record as plain files that any program reads: FHIR R4, the scans as they were imported, reports as PDF, an
//! index. A doctor exports a patient, an administrator the clinic; the password is asked for again.

mod act;
mod fhir;
mod files;
mod types;

pub use types::*;

use crate::table::commands;

commands! {
    /// Writes one patient's record as plain, unencrypted files.
    "export.patient": act::patient, (ExportPatientRequest) -> ExportedView,
        Permission(May::ExportRecords), Read("export.patient"), provides [], stales [];
    /// Writes every patient's record as plain, unencrypted files.
    "export.clinic": act::clinic, (ExportClinicRequest) -> ExportedView,
        Permission(May::ExportClinic), Read("export.clinic"), provides [], stales [];
}
