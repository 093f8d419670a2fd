//! Backups: snapshots of the database and the vault in a folder that an administrator chose, each proved
//! by a restore, and the way back. Nothing in them can be read without the record's key.
//!
//! ```text
//! CHOSEN FOLDER/medibridge-backup-CLINIC/
//!   files/ab/abcd….mbs            files of the vault as they are: sealed, named by keyed content
//!   snapshots/20261121T021000Z-ID/
//!     clinic.db                   the database, encrypted under the record's key
//!     keys.json                   the wrapped keys of that day; never the device's secret
//!     manifest.mbk                size and BLAKE3 of everything, sealed under a key of the record
//!     verified.mbk                sealed too: when a restore of it succeeded
//! ```
//! A snapshot is made beside its name and renamed when it is durable; a file of the vault is written
//! once and shared by all snapshots. So a cut at any moment leaves whole snapshots and leftovers that
//! the next run sweeps. `docs/decisions/0035-backup.md` says why it is so.

mod copy;
mod database;
mod files;
mod make;
mod manifest;
mod place;
mod plan;
mod problem;
mod prove;
mod restore;
mod rotate;
mod state;
mod swap;
mod watch;

pub use make::BackupDone;
pub use place::{FoundSnapshot, SnapshotName};
pub use plan::{BackupPlan, is_due};
pub use problem::{BackupProblem, Told};
pub use prove::{Proved, SnapshotKey};
pub use restore::Restoration;
pub use state::{BackupOutcome, BackupRun, BackupState, LastBackup};
pub use watch::{BackupPhase, BackupProgress, BackupWatch};

pub(crate) use database::naming;
pub(crate) use swap::finish as finish_swap;
