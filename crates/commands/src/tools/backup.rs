//! Backups of a record that no workstation has open: make one, check one, bring one back.

use std::{
    path::{Path, PathBuf},
    sync::Arc,
};

use ::clinic::{
    BackupDone, BackupPlan, BackupProblem, BackupWatch, Clinic, ClinicError, FoundSnapshot,
    Keychain, OsKeychain, Permission, Restoration, SnapshotKey, authorize,
};
use basics::{Secret, SystemClock, Timestamp};
use serde::Serialize;

use super::JournalKey;
use crate::{error::CommandError, keychain::NoKeychain};

/// A backup that was made and proved.
#[derive(Debug, Serialize)]
pub struct MadeBackup {
    /// Its folder.
    pub folder: PathBuf,
    /// Bytes of the database and every file that it names.
    pub bytes: u64,
    /// Bytes that had to be written.
    pub written: u64,
    /// Files that it names.
    pub files: u64,
    /// Files that were new.
    pub new_files: u64,
    /// Old ones that were let go.
    pub removed: u64,
}

/// A backup that was found whole.
#[derive(Debug, Serialize)]
pub struct WholeBackup {
    /// Its folder.
    pub folder: PathBuf,
    /// When it was made.
    pub made: Timestamp,
    /// Bytes of the database and every file that it names.
    pub bytes: u64,
    /// Files that it names, each read back.
    pub files: u64,
    /// Rows of the journal.
    pub journal_rows: u64,
}

/// Backs the record in `folder` up to where its plan says, or to `to`, which becomes the plan.
///
/// # Errors
/// `Busy` while a workstation has the record open; a wrong password; what a backup can fail with.
pub fn back_up(
    folder: &Path,
    login: &str,
    password: &Secret<String>,
    to: Option<&Path>,
    use_keychain: bool,
) -> Result<MadeBackup, CommandError> {
    let clinic = Clinic::open(folder, keychain(use_keychain), Arc::new(SystemClock))?;
    let session = clinic.sign_in(login, password)?;
    let permit = authorize(&clinic.session(session.id)?, Permission::ManageBackups)?;
    if let Some(to) = to {
        let target = std::path::absolute(to).map_err(|_| BackupProblem::TargetMissing);
        let target = target.map_err(ClinicError::from)?;
        let plan = match clinic.backup_plan(&permit)? {
            Some(plan) => BackupPlan { target, ..plan },
            None => BackupPlan {
                target,
                minute: 130,
                daily: false,
            },
        };
        clinic
            .write::<_, ClinicError>(&permit, "backup.plan", |change| change.plan_backups(&plan))?;
    }
    let done = clinic.back_up(&permit, &BackupWatch::default())?;
    let plan = clinic.backup_plan(&permit)?;
    clinic.sign_out(session.id)?;
    clinic.lock();
    let target = plan
        .ok_or(ClinicError::from(BackupProblem::NoTarget))?
        .target;
    Ok(made(newest(&target)?.folder, done))
}

/// Checks a backup whole: `folder` is the stick, the clinic's folder on it (the newest is taken then) or one
/// snapshot. Needs the recovery phrase, or a password on the machine where it was made.
///
/// # Errors
/// What is damaged; a wrong key.
pub fn verify_backup(
    folder: &Path,
    key: JournalKey,
    use_keychain: bool,
) -> Result<WholeBackup, CommandError> {
    let found = chosen(folder)?;
    let work = tempfile::tempdir().map_err(|_| CommandError::FileNotWritten)?;
    let proved = Clinic::prove_snapshot_in(
        &found.folder,
        work.path(),
        &snapshot_key(key),
        &*keychain(use_keychain),
        &BackupWatch::default(),
    )?;
    Ok(WholeBackup {
        folder: found.folder,
        made: proved.made,
        bytes: proved.bytes,
        files: proved.files,
        journal_rows: proved.journal_rows,
    })
}

/// Brings a backup back into `record`; what was there is kept aside in it. Says which it was.
///
/// # Errors
/// `Busy` while a workstation has the record open; what is damaged; a wrong key.
pub fn restore_backup(
    folder: &Path,
    record: &Path,
    key: JournalKey,
    use_keychain: bool,
) -> Result<PathBuf, CommandError> {
    let found = chosen(folder)?;
    let wanted = Restoration {
        folder: found.folder.clone(),
        key: snapshot_key(key),
    };
    Clinic::restore(
        record,
        &wanted,
        &*keychain(use_keychain),
        &SystemClock,
        &BackupWatch::default(),
    )?;
    Ok(found.folder)
}

/// The snapshot that is meant; the newest where a whole place is.
fn chosen(folder: &Path) -> Result<FoundSnapshot, CommandError> {
    let folder = std::path::absolute(folder).map_err(|_| CommandError::FileNotRead)?;
    let found = Clinic::snapshots_in(&folder)?;
    let meant = found.iter().find(|one| one.folder == folder).cloned();
    let newest = || found.into_iter().next();
    Ok(meant
        .or_else(newest)
        .ok_or(ClinicError::from(BackupProblem::None))?)
}

fn newest(target: &Path) -> Result<FoundSnapshot, CommandError> {
    let newest = Clinic::snapshots_in(target)?.into_iter().next();
    Ok(newest.ok_or(ClinicError::from(BackupProblem::None))?)
}

fn snapshot_key(key: JournalKey) -> SnapshotKey {
    match key {
        JournalKey::Phrase(phrase) => SnapshotKey::Phrase(phrase),
        JournalKey::Password { login, password } => SnapshotKey::Password {
            login,
            password,
            device_passphrase: None,
        },
    }
}

fn keychain(used: bool) -> Arc<dyn Keychain> {
    match used {
        true => Arc::new(OsKeychain),
        false => Arc::new(NoKeychain),
    }
}

fn made(folder: PathBuf, done: BackupDone) -> MadeBackup {
    MadeBackup {
        folder,
        bytes: done.bytes,
        written: done.written,
        files: done.files,
        new_files: done.new_files,
        removed: done.removed,
    }
}
