//! The worklist, readings by the models, verdicts by clinicians.

mod agreement;
mod measured;
pub(crate) mod models;
mod pack_types;
mod run;
mod series;
mod types;
mod verdict;
mod worklist;

pub use measured::*;
pub(crate) use models::rows as model_rows;
pub use pack_types::*;
pub(crate) use run::{Running, after_import};
pub use types::*;

use crate::table::commands;

commands! {
    /// Lists scans by urgency.
    "reading.worklist": worklist::page, (WorklistRequest) -> WorklistPage,
        Permission(May::ReadScans), Read("worklist.page"), provides [Worklist], stales [];
    /// Sets the clinician's priority of a scan.
    "reading.set_priority": worklist::set_priority, (SetPriorityRequest) -> (),
        Permission(May::RecordVerdicts), Write("scan.set_priority"),
        provides [], stales [Worklist, Scan];
    /// Reads a scan in the background.
    "reading.read": run::start, (ReadScanRequest) -> ReadingProgress,
        Permission(May::RunReadings), Quiet("reading.start"), provides [], stales [];
    /// Stops a reading.
    "reading.cancel": run::cancel, (crate::imaging::JobRequest) -> (),
        Permission(May::RunReadings), Quiet("reading.cancel"), provides [], stales [];
    /// Records a clinician's verdict, apart from what the AI said.
    "reading.record_verdict": verdict::record, (RecordVerdictRequest) -> VerdictView,
        Permission(May::RecordVerdicts), Write("verdict.record"),
        provides [], stales [Worklist, Scan, Chart, Agreement];
    /// Tells how often clinicians agreed with each version of a model.
    "reading.agreement": agreement::agreement, (()) -> Vec<AgreementRow>,
        Permission(May::ReadStatistics), Read("statistics.agreement"),
        provides [Agreement], stales [];
}
