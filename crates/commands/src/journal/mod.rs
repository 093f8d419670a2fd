//! The audit trail.

mod show;
mod types;

pub(crate) use show::report_view;
pub use types::*;

use crate::table::commands;

commands! {
    /// Lists what was done, by whom, newest first.
    "journal.page": show::page, (JournalPageRequest) -> JournalPage,
        Permission(May::ReadJournal), Read("journal.page"), provides [Journal], stales [];
    /// Checks every row, every link and the signed head.
    "journal.verify": show::verify, (()) -> JournalReport,
        Permission(May::ReadJournal), Read("journal.verify"), provides [Journal], stales [];
}
