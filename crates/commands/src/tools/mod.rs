//! What needs no sign-in at a window: no journal, no rows of the table. The command line uses these.

mod backup;
mod decode;
mod guard;
mod journal;
mod report;
mod screen;

pub use backup::{MadeBackup, WholeBackup, back_up, restore_backup, verify_backup};
pub use decode::{DecodedHeader, decode};
pub use guard::{BadLine, GuardLine, guard};
pub use journal::{ExportReport, JournalKey, verify_export, verify_journal};
pub use report::{CheckLine, ReportCheck, SampleOptions, sample_report, verify_report};
pub use screen::{MillisLine, ModelLine, Notice, ScreenLine, ScreenOptions, screen};
