//! Importing scans, opening one, marking it.

mod document;
mod import;
mod marks;
mod open;
mod seed;
mod types;

pub(crate) use document::Document;
pub(crate) use import::Import;
pub(crate) use seed::Seed;
pub use types::*;

use crate::table::commands;

commands! {
    /// Imports files, folders and ZIP archives in the background.
    "imaging.import": import::start, (ImportRequest) -> ImportView,
        Permission(May::ImportScans), Write("scan.import"), provides [], stales [Imports];
    /// Tells how far an import has come, with everything that waits for a decision.
    "imaging.import_state": import::state, (JobRequest) -> ImportView,
        Permission(May::ImportScans), Quiet("scan.import_state"), provides [Imports], stales [];
    /// Stops an import; what was kept stays.
    "imaging.cancel_import": import::cancel, (JobRequest) -> (),
        Permission(May::ImportScans), Quiet("scan.cancel_import"), provides [], stales [Imports];
    /// Says whose the waiting files of an import are.
    "imaging.assign": import::assign, (AssignRequest) -> ImportView,
        Permission(May::ImportScans), Write("scan.assign"),
        provides [], stales [Imports, Worklist, Chart, Patients];
    /// Opens a scan in the reading room.
    "imaging.open_scan": open::open_scan, (ScanRequest) -> ScanView,
        Permission(May::ReadScans), Read("scan.open"), provides [Scan], stales [];
    /// Keeps a measurement or note.
    "imaging.save_mark": marks::save, (SaveMarkRequest) -> MarkView,
        Permission(May::MarkScans), Write("scan.save_mark"), provides [], stales [Scan];
    /// Takes a measurement or note away; it stays in the history.
    "imaging.remove_mark": marks::remove, (RemoveMarkRequest) -> (),
        Permission(May::MarkScans), Write("scan.remove_mark"), provides [], stales [Scan];
    /// Marks a scan as entered in error; it stays in the history.
    "imaging.retract_scan": open::retract, (RetractScanRequest) -> (),
        Permission(May::ImportScans), Write("scan.retract"),
        provides [], stales [Worklist, Chart, Patients];
}
