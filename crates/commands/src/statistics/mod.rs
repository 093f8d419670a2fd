//! Figures for the administrator, and the rows behind each of them: ids, dates and counts, never a name.

mod calendar;
mod show;
mod types;

pub use types::*;

use crate::table::commands;

commands! {
    /// Shows the figures that an administrator begins the day with.
    "statistics.home": show::home, (()) -> AdministratorHome,
        Permission(May::ReadStatistics), Read("statistics.home"),
        provides [Worklist, Users, BreakGlass, Journal], stales [];
    /// Counts scans, readings, consultations, reports, how long they took, and accounts.
    "statistics.view": show::view, (StatisticsRequest) -> StatisticsView,
        Permission(May::ReadStatistics), Read("statistics.view"),
        provides [Worklist, Users, Consultations, Reports], stales [];
    /// Lists the rows behind a figure.
    "statistics.rows": show::rows, (CountedRowsRequest) -> CountedRowsPage,
        Permission(May::ReadStatistics), Read("statistics.rows"),
        provides [Worklist, Consultations, Reports], stales [];
}
