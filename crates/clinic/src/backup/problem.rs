//! What can go wrong with a backup and is not the record's own trouble.

use std::{collections::BTreeMap, io};

use basics::{Code, Coded};
use serde::{Deserialize, Serialize};

use crate::error::ClinicError;

/// Trouble with a backup or the place where it lies.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum BackupProblem {
    /// No folder was chosen.
    #[error("no folder for backups was chosen")]
    NoTarget,
    /// The folder or stick is not there.
    #[error("the folder or stick for backups is not there")]
    TargetMissing,
    /// It has too little room.
    #[error("the folder for backups has {free} bytes free and needs {needed}")]
    TargetFull {
        /// Bytes that are to be written.
        needed: u64,
        /// Bytes that are free.
        free: u64,
    },
    /// It cannot be written.
    #[error("the folder for backups is read-only")]
    TargetReadOnly,
    /// It does not answer, e.g. a stick that was pulled out.
    #[error("the folder for backups does not answer")]
    TargetFailed,
    /// It lies inside the record's own folder.
    #[error("the folder for backups lies inside the record")]
    TargetInside,
    /// A backup or restore runs already, here or from another program.
    #[error("a backup is running")]
    Running,
    /// The person cancelled.
    #[error("cancelled")]
    Cancelled,
    /// Not what was written: torn, changed or missing.
    #[error("the backup is damaged: {part}")]
    Damaged {
        /// Which part: `header` (the manifest), `database`, `keys`, `vault` (its files), `journal`.
        part: &'static str,
    },
    /// Another clinic's.
    #[error("the backup is another clinic's")]
    OtherClinic,
    /// There is none in this folder.
    #[error("there is no backup in this folder")]
    None,
    /// Work on the record did not end in time.
    #[error("the record is still in use")]
    InUse,
}

/// A problem as it is kept and told: code, sentence and what fills its places.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Told {
    /// Sort of failure.
    pub code: Code,
    /// Key of the sentence.
    pub message_id: String,
    /// What fills its places.
    #[serde(default)]
    pub args: BTreeMap<String, String>,
}

impl BackupProblem {
    pub(crate) fn code(self) -> Code {
        match self {
            Self::NoTarget | Self::TargetMissing | Self::None => Code::NotFound,
            Self::TargetFull { .. } => Code::DiskFull,
            Self::TargetReadOnly => Code::ReadOnly,
            Self::TargetFailed => Code::Unreadable,
            Self::TargetInside => Code::Invalid,
            Self::Running | Self::InUse => Code::Busy,
            Self::Cancelled => Code::Cancelled,
            Self::Damaged { .. } => Code::Damaged,
            Self::OtherClinic => Code::Conflict,
        }
    }

    pub(crate) fn message_id(self) -> &'static str {
        match self {
            Self::NoTarget => "backup-no-target",
            Self::TargetMissing => "backup-target-missing",
            // Found out on the way, not before: nobody knows how much is missing.
            Self::TargetFull { needed: 0, .. } => "backup-target-filled",
            Self::TargetFull { .. } => "backup-target-full",
            Self::TargetReadOnly => "backup-target-read-only",
            Self::TargetFailed => "backup-target-failed",
            Self::TargetInside => "backup-target-inside",
            Self::Running => "backup-running",
            Self::Cancelled => "backup-cancelled",
            Self::Damaged { .. } => "backup-damaged",
            Self::OtherClinic => "backup-other-clinic",
            Self::None => "backup-none",
            Self::InUse => "backup-in-use",
        }
    }

    pub(crate) fn args(self) -> BTreeMap<&'static str, String> {
        let megabytes = |bytes: u64| bytes.div_ceil(1_000_000).to_string();
        match self {
            Self::TargetFull { needed, free } => BTreeMap::from([
                ("needed", megabytes(needed)),
                ("free", (free / 1_000_000).to_string()),
            ]),
            Self::Damaged { part } => BTreeMap::from([("part", part.to_string())]),
            _ => BTreeMap::new(),
        }
    }
}

impl Told {
    /// The error in the form in which it is kept.
    pub(crate) fn of(error: &ClinicError) -> Self {
        let args = error.args().into_iter();
        Self {
            code: error.code(),
            message_id: error.message_id().into(),
            args: args.map(|(key, value)| (key.into(), value)).collect(),
        }
    }
}

impl From<BackupProblem> for ClinicError {
    fn from(problem: BackupProblem) -> Self {
        Self::Backup(problem)
    }
}

/// A failure of the chosen folder, in words about it and not about the record.
pub(super) fn at_target(error: io::Error) -> ClinicError {
    use io::ErrorKind;
    let problem = match error.kind() {
        ErrorKind::NotFound | ErrorKind::NotADirectory => BackupProblem::TargetMissing,
        ErrorKind::StorageFull | ErrorKind::QuotaExceeded | ErrorKind::FileTooLarge => {
            BackupProblem::TargetFull { needed: 0, free: 0 }
        }
        ErrorKind::ReadOnlyFilesystem | ErrorKind::PermissionDenied => {
            BackupProblem::TargetReadOnly
        }
        _ => {
            tracing::warn!(kind = %error.kind(), "the folder for backups");
            BackupProblem::TargetFailed
        }
    };
    problem.into()
}

/// A failure to read a part of a snapshot: one that is not there is damage.
pub(super) fn of_part(part: &'static str) -> impl Fn(io::Error) -> ClinicError {
    move |error| match error.kind() {
        io::ErrorKind::NotFound | io::ErrorKind::UnexpectedEof => {
            BackupProblem::Damaged { part }.into()
        }
        _ => at_target(error),
    }
}

/// That part is not what was written.
pub(super) fn damaged(part: &'static str) -> ClinicError {
    BackupProblem::Damaged { part }.into()
}
