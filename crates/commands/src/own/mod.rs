//! What a patient sees at the clinic's kiosk: their own record and who looked at it.

mod record;

use crate::{
    clinic::{AccessRow, OwnScanView, PatientView},
    table::commands,
};

commands! {
    /// Shows one's own identity as the clinic has it.
    "own.identity": record::identity, (()) -> PatientView,
        Permission(May::ReadOwnRecord), Read("own.identity"), provides [Chart], stales [];
    /// Shows one's own scans with the doctor's verdict.
    "own.scans": record::scans, (()) -> Vec<OwnScanView>,
        Permission(May::ReadOwnRecord), Read("own.scans"), provides [Chart], stales [];
    /// Shows who looked at one's own record.
    "own.who_saw": record::who_saw, (()) -> Vec<AccessRow>,
        Permission(May::ReadOwnAccessLog), Read("own.who_saw"), provides [Journal], stales [];
}
