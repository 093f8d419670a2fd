//! The record as plain files that any program reads: FHIR R4, the scans as they were imported, reports as PDF, signed
//! notes as text, an index. A doctor exports a patient, an administrator the clinic; the password is asked for again.
//! It runs in the background, one at a time, and can be stopped.

mod act;
mod fhir;
mod files;
mod jobs;
mod types;
mod write;

pub(crate) use files::sweep;
pub(crate) use jobs::{Exports, look};
pub use types::*;

use crate::table::commands;

commands! {
    /// Begins to write one patient's record as plain, unencrypted files.
    "export.patient": act::patient, (ExportPatientRequest) -> ExportStateView,
        Permission(May::ExportRecords), Read("export.patient"), provides [], stales [Export];
    /// Begins to write every patient's record as plain, unencrypted files.
    "export.clinic": act::clinic, (ExportClinicRequest) -> ExportStateView,
        Permission(May::ExportClinic), Read("export.clinic"), provides [], stales [Export];
    /// Shows where one's own export stands.
    "export.state": act::state, (()) -> ExportStateView,
        SignedIn, Quiet("export.state"), provides [Export], stales [];
    /// Stops one's own export; nothing half-written is left.
    "export.cancel": act::cancel, (()) -> ExportStateView,
        SignedIn, Quiet("export.cancel"), provides [], stales [Export];
}
