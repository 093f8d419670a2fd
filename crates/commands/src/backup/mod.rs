//! Backups of the record: planned by an administrator, made by themselves while the record is open, shown to
//! everybody in the bottom bar. Bringing one back is in [`crate::setup`], since nobody may be able to sign in.

mod act;
mod jobs;
mod types;
mod views;

pub(crate) use jobs::{Backups, look};
pub use types::*;
pub(crate) use views::{found_view, progress_view};

use crate::table::commands;

commands! {
    /// Shows where backups stand, in short, for the bottom bar.
    "backup.state": act::state, (()) -> BackupStateView,
        SignedIn, Quiet("backup.state"), provides [Backup], stales [];
    /// Shows the plan, the last tries and the snapshots that are there.
    "backup.view": act::view, (()) -> BackupView,
        Permission(May::ManageBackups), Read("backup.view"), provides [Backup], stales [];
    /// Chooses the folder or stick for backups and the time of the day.
    "backup.plan": act::plan, (PlanBackupsRequest) -> BackupView,
        Permission(May::ManageBackups), Write("backup.plan"), provides [], stales [Backup];
    /// Makes a backup now, in the background.
    "backup.start": act::start, (()) -> BackupStateView,
        Permission(May::ManageBackups), Write("backup.start"), provides [], stales [Backup];
    /// Checks a snapshot whole, in the background: a restore into a temporary place, every file read back.
    "backup.check": act::check, (SnapshotRequest) -> BackupStateView,
        Permission(May::ManageBackups), Write("backup.check"), provides [], stales [Backup];
    /// Stops the backup or check that runs; nothing half-done is left.
    "backup.cancel": act::cancel, (()) -> BackupStateView,
        Permission(May::ManageBackups), Write("backup.cancel"), provides [], stales [Backup];
}
