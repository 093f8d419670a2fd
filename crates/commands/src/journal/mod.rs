//! The audit trail.

mod show;
mod types;

pub(crate) use show::{page_view, report_view};
pub use types::*;

use crate::table::commands;

commands! {
    /// Lists what was done, by whom, newest first.
    "journal.page": show::page, (JournalPageRequest) -> JournalPage,
        Permission(May::ReadJournal), Read("journal.page"), provides [Journal], stales [];
    /// Checks every row, every link and the signed head.
    "journal.verify": show::verify, (()) -> JournalReport,
        Permission(May::ReadJournal), Read("journal.verify"), provides [Journal], stales [];
    /// Writes the journal, or a stretch of time of it, into a signed file that can be checked anywhere.
    "journal.export": show::export, (ExportJournalRequest) -> JournalExportView,
        Permission(May::ReadJournal), Write("journal.export"), provides [], stales [Journal];
}
