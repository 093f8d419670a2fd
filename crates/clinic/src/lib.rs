#![doc = include_str!("../README.md")]
#![forbid(unsafe_code)]
#![warn(missing_docs)]
#![cfg_attr(test, allow(clippy::unwrap_used))]

pub mod access;
mod accounts;
pub mod backup;
#[doc(hidden)]
pub mod bulk;
mod check;
mod clinic;
mod db;
mod durable;
mod error;
pub mod journal;
pub mod keys;
pub mod limits;
pub mod record;
mod recovery;
mod session;
mod setup;
mod signin;
mod store;
mod vault;
mod write;

pub use access::{ActiveSession, Permission, Permit, Role, authorize};
pub use accounts::{
    AccountState, Challenge, Invitation, Letter, MailWay, NewAuthenticator, NewInvitation,
    OwnAccount, OwnWindow, PIN, RECOVERY_CODES, RecoveryCodes, Rotation, SecondFactor, SignIn,
};
pub use backup::{
    BackupDone, BackupOutcome, BackupPhase, BackupPlan, BackupProblem, BackupProgress, BackupRun,
    BackupState, BackupWatch, FoundSnapshot, LastBackup, Proved, Restoration, SnapshotKey,
    SnapshotName, Told,
};
pub use clinic::{Clinic, ClinicStatus};
pub use error::{ClinicError, Result};
pub use journal::{
    ExportProblem, JournalExport, JournalQuery, JournalReport, JournalRow, Outcome, Problem,
    Subject, check_export,
};
pub use keys::password::{ENOUGH, Strength};
pub use keys::{Cost, FileKeychain, KeyStore, Keychain, OsKeychain, PhraseLength, RecoveryPhrase};
pub use record::{
    break_glass::*, consultations::*, day::*, deliveries::*, engines::*, feedback::*, identity::*,
    macros::*, marks::*, measured::*, notes::*, patients::*, phrases::*, prescriptions::*,
    readings::*, reports::*, scans::*, search::*, secrets::*, services::*, settings::*, staff::*,
    statistics::*, users::*, verdicts::*, worklist::*,
};
pub use session::{Hold, Session};
pub use setup::{Created, NewAccount, Setup};
pub use signin::PasswordProof;
pub use vault::StoredFile;
pub use write::Change;
