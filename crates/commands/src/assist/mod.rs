//! The assistant: about the program for everybody, about the open chart for clinicians, about one's own
//! final reports for a patient. It reads and never writes. What it says rests on passages that open with
//! a click; without an engine the passages are the answer.

mod act;
mod chart;
mod english;
mod own;
mod types;
mod write;

pub use types::*;
pub(crate) use write::Asking;

use crate::{imaging::JobRequest, table::commands};

commands! {
    /// Says what the assistant can be asked about here, and who would write an answer.
    "assist.state": act::state, (()) -> AssistStateView,
        Permission(May::AskAssistant), Quiet("assist.state"), provides [Engine], stales [];
    /// Shows the user guide.
    "assist.guide": act::guide, (()) -> Vec<GuidePageView>,
        Permission(May::AskAssistant), Quiet("assist.guide"), provides [], stales [];
    /// Asks about the program: passages of the guide, and with an engine an answer from them.
    "assist.ask": act::ask, (AssistRequest) -> AssistAnswerView,
        Permission(May::AskAssistant), Quiet("assist.ask"), provides [], stales [];
    /// Asks about one patient's record: pieces of it, and with an engine an answer from them.
    "assist.ask_about_chart": act::ask_about_chart, (AssistChartRequest) -> AssistAnswerView,
        Permission(May::AskAboutChart), Read("assist.ask_about_chart"), provides [], stales [];
    /// Asks about one's own final reports: their own words, and with an engine where they stand.
    "assist.ask_about_reports": act::ask_about_reports, (AssistRequest) -> AssistAnswerView,
        Permission(May::AskAboutOwnReports), Read("assist.ask_about_reports"),
        provides [], stales [];
    /// Stops an answer that is being written.
    "assist.stop": act::stop, (JobRequest) -> (),
        Permission(May::AskAssistant), Quiet("assist.stop"), provides [], stales [];
}
