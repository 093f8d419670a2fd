//! What can go wrong with the record, each with a code and a sentence in
//! `assets/i18n/en/errors.clinic.json`.

use std::collections::BTreeMap;

use basics::{Code, Coded};

use crate::access::Permission;

/// A failure of the record. It never holds a person's data.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum ClinicError {
    /// There is no clinic in this folder.
    #[error("there is no clinic in this folder")]
    NoClinic,
    /// There is one already.
    #[error("there is a clinic in this folder already")]
    ClinicExists,
    /// Another process owns the record.
    #[error("another program has this record open")]
    Busy,
    /// The key was dropped; somebody must sign in.
    #[error("the record is locked")]
    Locked,
    /// The window is locked.
    #[error("this session is locked")]
    SessionLocked,
    /// No such session, or it ended.
    #[error("the session has ended")]
    SessionEnded,
    /// Login or password is wrong, or the account is disabled.
    #[error("login or password is wrong")]
    WrongPassword,
    /// The password was given too long ago, or not by this person.
    #[error("the password is needed again")]
    PasswordNeeded,
    /// The password may not be chosen.
    #[error("this password may not be chosen: {rule}")]
    PasswordRefused {
        /// Why: `forbidden` or `too-easy`.
        rule: &'static str,
    },
    /// The password is right; the second factor is due.
    #[error("a code is needed")]
    CodeNeeded(crate::SecondFactor),
    /// The code is wrong, was used, or is over.
    #[error("the code is wrong or was used")]
    WrongCode,
    /// This machine's clock is behind what the record has seen.
    #[error("the clock is behind the record")]
    ClockBehind,
    /// Codes cannot be sent.
    #[error("no mail server is set")]
    NoMailServer,
    /// The PIN is wrong.
    #[error("the PIN is wrong: {left} tries left")]
    WrongPin {
        /// Tries until the password is due; 0 means now.
        left: u8,
    },
    /// No invitation opens so.
    #[error("login or code of the invitation is wrong")]
    WrongInvitation,
    /// The invitation is over.
    #[error("the invitation is over")]
    InvitationOver,
    /// Too many failures in a row: an administrator opens the account again.
    #[error("the account is locked out")]
    LockedOut,
    /// Too many failures.
    #[error("too many tries: wait {seconds} s")]
    TooManyTries {
        /// How long to wait.
        seconds: u64,
    },
    /// The words are no valid recovery phrase, or not this clinic's.
    #[error("the recovery phrase does not open this record")]
    WrongPhrase,
    /// The device's passphrase does not open the key file.
    #[error("the passphrase does not open the device's key file")]
    WrongPassphrase,
    /// The device's passphrase has not been given yet.
    #[error("the device's key file needs its passphrase")]
    PassphraseNeeded,
    /// The device's secret is not to be had.
    #[error("the device's key is missing from the keychain or key file")]
    KeyUnavailable,
    /// A secret lies in a keychain that does not answer.
    #[error("the keychain that holds a secret does not answer")]
    SecretUnavailable,
    /// The role may not do this.
    #[error("the role may not use {permission:?}")]
    Forbidden {
        /// What was asked for.
        permission: Permission,
    },
    /// Only its author writes and signs a report.
    #[error("the report is another doctor's")]
    NotYours,
    /// A permit for one thing was shown for another: a defect of the caller.
    #[error("this needs a permit for {needed:?}, not {shown:?}")]
    WrongPermit {
        /// What the function needs.
        needed: Permission,
        /// What was shown.
        shown: Permission,
    },
    /// There is no such thing, or this person may not see it.
    #[error("there is no such {what}")]
    NotFound {
        /// Kind of thing, e.g. `patient`.
        what: &'static str,
    },
    /// Somebody else changed it, or it is already so.
    #[error("conflict: {reason}")]
    Conflict {
        /// Key of the reason, e.g. `login-taken`.
        reason: &'static str,
    },
    /// A field breaks a rule.
    #[error("{field} breaks the rule {rule}")]
    Invalid {
        /// Which field.
        field: &'static str,
        /// Key of the rule, e.g. `required`.
        rule: &'static str,
    },
    /// A text or file is over its stated limit; nothing was cut off.
    #[error("{field} is over the limit of {limit}")]
    TooLong {
        /// Which field.
        field: &'static str,
        /// The limit, in characters of a text or bytes of a file.
        limit: u64,
    },
    /// No space left.
    #[error("the disk is full")]
    DiskFull,
    /// Nothing can be written there.
    #[error("the record's folder is read-only")]
    ReadOnly,
    /// The record was damaged or tampered with.
    #[error("the record is damaged: {part}")]
    Damaged {
        /// Which part: `database`, `keys`, `vault`, `journal`, `anchor`.
        part: &'static str,
    },
    /// A newer program wrote it.
    #[error("the record has schema {found}, this program knows {known}")]
    NewerSchema {
        /// The record's.
        found: u32,
        /// Ours.
        known: u32,
    },
    /// A backup, or the place where it lies.
    #[error(transparent)]
    Backup(crate::backup::BackupProblem),
    /// The file system failed in another way.
    #[error("input/output failed")]
    Io(#[source] std::io::Error),
    /// The database failed in another way.
    #[error("the database failed")]
    Database(#[source] rusqlite::Error),
    /// A defect in this program.
    #[error("internal: {0}")]
    Internal(&'static str),
}

/// The crate's result.
pub type Result<T, E = ClinicError> = std::result::Result<T, E>;

impl Coded for ClinicError {
    fn code(&self) -> Code {
        match self {
            Self::NoClinic | Self::NotFound { .. } => Code::NotFound,
            Self::ClinicExists | Self::Conflict { .. } => Code::Conflict,
            Self::Busy => Code::Busy,
            Self::Locked | Self::SessionLocked => Code::Locked,
            Self::SessionEnded => Code::SignInNeeded,
            Self::WrongPassword
            | Self::PasswordNeeded
            | Self::WrongPhrase
            | Self::WrongPassphrase => Code::WrongPassword,
            Self::WrongCode | Self::WrongPin { .. } | Self::WrongInvitation => Code::WrongPassword,
            Self::CodeNeeded(_) => Code::SignInNeeded,
            Self::PasswordRefused { .. } => Code::Invalid,
            Self::ClockBehind | Self::NoMailServer | Self::InvitationOver => Code::Conflict,
            Self::TooManyTries { .. } | Self::LockedOut => Code::TooManyTries,
            Self::PassphraseNeeded | Self::KeyUnavailable | Self::SecretUnavailable => {
                Code::KeyUnavailable
            }
            Self::Forbidden { .. } | Self::NotYours => Code::Forbidden,
            Self::Invalid { .. } => Code::Invalid,
            Self::TooLong { .. } => Code::TooLarge,
            Self::DiskFull => Code::DiskFull,
            Self::ReadOnly => Code::ReadOnly,
            Self::Damaged { .. } | Self::NewerSchema { .. } => Code::Damaged,
            Self::Backup(problem) => problem.code(),
            Self::WrongPermit { .. } | Self::Io(_) | Self::Database(_) | Self::Internal(_) => {
                Code::Internal
            }
        }
    }

    fn message_id(&self) -> &'static str {
        match self {
            Self::NoClinic => "clinic-none",
            Self::ClinicExists => "clinic-exists",
            Self::Busy => "record-busy",
            Self::Locked => "record-locked",
            Self::SessionLocked => "session-locked",
            Self::SessionEnded => "session-ended",
            Self::WrongPassword => "wrong-password",
            Self::PasswordNeeded => "password-needed",
            Self::TooManyTries { .. } => "too-many-tries",
            Self::LockedOut => "locked-out",
            Self::PasswordRefused { rule: "forbidden" } => "password-forbidden",
            Self::PasswordRefused { .. } => "password-too-easy",
            Self::CodeNeeded(crate::SecondFactor::Authenticator) => "authenticator-code-needed",
            Self::CodeNeeded(crate::SecondFactor::Email) => "email-code-needed",
            Self::WrongCode => "wrong-code",
            Self::ClockBehind => "clock-behind",
            Self::NoMailServer => "no-mail-server",
            Self::WrongPin { left: 0 } => "pin-used-up",
            Self::WrongPin { .. } => "wrong-pin",
            Self::WrongInvitation => "wrong-invitation",
            Self::InvitationOver => "invitation-over",
            Self::WrongPhrase => "wrong-recovery-phrase",
            Self::WrongPassphrase => "wrong-passphrase",
            Self::PassphraseNeeded => "passphrase-needed",
            Self::KeyUnavailable => "key-unavailable",
            Self::SecretUnavailable => "secret-unavailable",
            Self::Forbidden { .. } => "forbidden",
            Self::NotYours => "report-not-yours",
            Self::WrongPermit { .. } => "wrong-permit",
            Self::NotFound { .. } => "not-found",
            Self::Conflict { reason } => sentence_of(reason),
            Self::Invalid { .. } => "invalid-field",
            Self::TooLong { .. } => "too-long",
            Self::DiskFull => "disk-full",
            Self::ReadOnly => "read-only",
            Self::Damaged { .. } => "record-damaged",
            Self::NewerSchema { .. } => "newer-schema",
            Self::Backup(problem) => problem.message_id(),
            Self::Io(_) => "record-io",
            Self::Database(_) => "record-database",
            Self::Internal(_) => "record-internal",
        }
    }

    fn args(&self) -> BTreeMap<&'static str, String> {
        match self {
            Self::TooManyTries { seconds } => BTreeMap::from([("seconds", seconds.to_string())]),
            Self::WrongPin { left } => BTreeMap::from([("left", left.to_string())]),
            Self::Forbidden { permission } => {
                BTreeMap::from([("permission", permission.name().into())])
            }
            Self::NotFound { what } => BTreeMap::from([("what", (*what).into())]),
            Self::Conflict { reason } => BTreeMap::from([("reason", (*reason).into())]),
            Self::Invalid { field, rule } => {
                BTreeMap::from([("field", (*field).into()), ("rule", (*rule).into())])
            }
            Self::TooLong { field, limit } => {
                BTreeMap::from([("field", (*field).into()), ("limit", limit.to_string())])
            }
            Self::Damaged { part } => BTreeMap::from([("part", (*part).into())]),
            Self::Backup(problem) => problem.args(),
            Self::NewerSchema { found, known } => {
                BTreeMap::from([("found", found.to_string()), ("known", known.to_string())])
            }
            _ => BTreeMap::new(),
        }
    }
}

/// The sentence of a conflict; most have one in common.
fn sentence_of(reason: &str) -> &'static str {
    match reason {
        "glass-not-needed" => "glass-not-needed",
        "own-opening" => "glass-own-opening",
        "glass-open" => "glass-still-open",
        "reviewed" => "glass-reviewed",
        "yourself" => "user-yourself",
        "last-administrator" => "user-last-administrator",
        "draft-changed" => "report-draft-changed",
        "draft-open" => "report-draft-open",
        "no-draft" => "report-not-open",
        "not-final" => "report-not-final",
        "report-state" => "report-state",
        "revision" => "report-newer-signed",
        "translation-changed" => "translation-changed",
        "note-changed" => "note-changed",
        "note-signed" => "note-signed",
        "prescription-changed" => "prescription-changed",
        "prescription-state" => "prescription-state",
        "delivery-state" => "delivery-state",
        "uncertain-stays" => "delivery-uncertain-stays",
        "rotation-waits" => "rotation-waits",
        "joined-already" => "joined-already",
        "invited" => "account-invited",
        "nothing-begun" => "factor-not-begun",
        "no-second-factor" => "factor-none",
        _ => "conflict",
    }
}

impl From<std::io::Error> for ClinicError {
    fn from(error: std::io::Error) -> Self {
        use std::io::ErrorKind;
        match error.kind() {
            ErrorKind::StorageFull | ErrorKind::QuotaExceeded => Self::DiskFull,
            ErrorKind::ReadOnlyFilesystem | ErrorKind::PermissionDenied => Self::ReadOnly,
            _ => Self::Io(error),
        }
    }
}

impl From<rusqlite::Error> for ClinicError {
    fn from(error: rusqlite::Error) -> Self {
        use rusqlite::ErrorCode;
        match error.sqlite_error_code() {
            Some(ErrorCode::DiskFull) => Self::DiskFull,
            Some(ErrorCode::ReadOnly | ErrorCode::PermissionDenied | ErrorCode::CannotOpen) => {
                Self::ReadOnly
            }
            Some(ErrorCode::DatabaseCorrupt | ErrorCode::NotADatabase) => {
                Self::Damaged { part: "database" }
            }
            Some(ErrorCode::DatabaseBusy | ErrorCode::DatabaseLocked) => Self::Busy,
            _ => Self::Database(error),
        }
    }
}

impl From<seal::SealError> for ClinicError {
    fn from(error: seal::SealError) -> Self {
        match error {
            seal::SealError::Io(error) => error.into(),
            seal::SealError::NoRandom => Self::Internal("no random numbers"),
            _ => Self::Damaged { part: "vault" },
        }
    }
}

impl From<serde_json::Error> for ClinicError {
    fn from(_: serde_json::Error) -> Self {
        // Only the record's own JSON columns are read with `?`.
        Self::Damaged { part: "database" }
    }
}
