//! How good a model is here, by what clinicians said of it; and what they said, for whoever trains the next.

mod agreement;
mod drift;
mod export;
mod figures;
mod pack;
mod types;

pub(crate) use figures::wilson;
pub use types::*;

use crate::table::commands;

commands! {
    /// Tells how often clinicians agreed with each version of a model, by class and modality.
    "feedback.agreement": agreement::agreement, (()) -> Vec<VersionAgreement>,
        Permission(May::ReadStatistics), Read("feedback.agreement"), provides [Agreement], stales [];
    /// Tells whether the scores of a version of a model have moved since its first readings here.
    "feedback.drift": drift::drift, (()) -> Vec<VersionDrift>,
        Permission(May::ReadStatistics), Read("feedback.drift"),
        provides [Agreement, Worklist], stales [];
    /// Lists scans with a verdict that could be given away for training.
    "feedback.list": export::list, (()) -> FeedbackList,
        Permission(May::ExportFeedback), Read("feedback.list"), provides [Agreement, Scan], stales [];
    /// Writes a pack of images without identity and what was said of them into a folder.
    "feedback.export": export::export, (ExportFeedbackRequest) -> ExportedFeedback,
        Permission(May::ExportFeedback), Write("feedback.export"), provides [], stales [Journal];
}
