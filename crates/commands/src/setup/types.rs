//! What is asked and answered before anybody can sign in.

use basics::{Secret, Timestamp};
use serde::{Deserialize, Serialize};
use ts_rs::TS;

use crate::{backup::BackupJobView, error::ErrorView, session::Role};

/// Where this workstation stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum SetupState {
    /// There is no clinic yet: the wizard is due.
    New,
    /// A clinic was made but the recovery phrase has not been confirmed.
    RecoveryUnconfirmed,
    /// There is a clinic; sign in.
    Ready,
    /// The device's key lies in a file under a passphrase, which is asked first.
    PassphraseNeeded,
}

/// Where the device's secret is kept.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum KeyStore {
    /// The operating system's keychain.
    Keychain,
    /// A file sealed under a passphrase that is asked at each start.
    PassphraseFile,
    /// A file on this disk with no passphrase: whoever takes the disk has it.
    PlainFile,
}

/// The state of this workstation, as anybody in front of it may know.
#[derive(Debug, Serialize, TS)]
pub struct SetupStatus {
    /// What is due.
    pub state: SetupState,
    /// The clinic's name, where there is one.
    pub clinic_name: Option<String>,
    /// Invented people and freely licensed sample scans only.
    pub demo: bool,
    /// Sign-in of the demo clinic's accounts; empty in a real one.
    pub demo_accounts: Vec<DemoAccount>,
    /// Where the device's secret is, or would be, kept.
    pub key_store: KeyStore,
    /// The program's version.
    pub version: String,
    /// The last backup that a trial restore proved, for the day on which the record does not open.
    pub last_backup: Option<LastBackupView>,
}

/// The last verified backup of this workstation.
#[derive(Clone, Debug, Serialize, TS)]
pub struct LastBackupView {
    /// When it was made.
    pub at: Timestamp,
    /// Its folder.
    pub folder: String,
    /// It is there; otherwise the stick is not.
    pub there: bool,
}

/// Backups in a folder.
#[derive(Debug, Deserialize, TS)]
pub struct FindBackupsRequest {
    /// The folder or stick, as chosen in the system's dialog.
    pub folder: String,
}

/// What opens a backup.
#[derive(Debug, Deserialize, TS)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum RestoreKey {
    /// The recovery phrase, on any machine.
    Phrase {
        /// The words, separated by white space.
        phrase: Secret<String>,
    },
    /// An administrator's password of that day, on the machine where it was made.
    Password {
        /// Sign-in name.
        login: String,
        /// Password.
        password: Secret<String>,
        /// Where the device's key file is under a passphrase.
        device_passphrase: Option<Secret<String>>,
    },
}

/// Brings a backup back.
#[derive(Debug, Deserialize, TS)]
pub struct RestoreRequest {
    /// The snapshot's folder.
    pub folder: String,
    /// What opens it.
    pub key: RestoreKey,
}

/// How far a restore has come.
#[derive(Debug, Serialize, TS)]
pub struct RestoreStateView {
    /// It runs.
    pub running: Option<BackupJobView>,
    /// It took its place; sign in.
    pub restored: bool,
    /// Why the last one did not; the record is as it was.
    pub problem: Option<ErrorView>,
}

/// An account of the demo clinic, whose password is no secret.
#[derive(Clone, Debug, Serialize, TS)]
pub struct DemoAccount {
    /// Sign-in name.
    pub login: String,
    /// Password, shown on the sign-in screen.
    pub password: String,
    /// Role.
    pub role: Role,
    /// Shown name.
    pub name: String,
}

/// A person to make an account for.
#[derive(Debug, Deserialize, TS)]
pub struct NewAccount {
    /// Shown name.
    pub name: String,
    /// Sign-in name: 2–64 characters, no white space.
    pub login: String,
    /// At least 10 characters.
    pub password: Secret<String>,
}

/// A model pack to switch on.
#[derive(Debug, Deserialize, TS)]
pub struct ModelChoice {
    /// The pack's id.
    pub id: String,
    /// Its licence was shown and accepted; needed for a research licence.
    pub accept_licence: bool,
}

/// Makes a clinic on this workstation.
#[derive(Debug, Deserialize, TS)]
pub struct CreateClinicRequest {
    /// The clinic's name.
    pub clinic_name: String,
    /// The administrator.
    pub administrator: NewAccount,
    /// A first doctor: administrators do not read scans.
    pub doctor: Option<NewAccount>,
    /// Model packs to switch on.
    pub models: Vec<ModelChoice>,
    /// Where no keychain answers: seals the device's key file.
    pub device_passphrase: Option<Secret<String>>,
}

/// The recovery phrase, shown once.
#[derive(Debug, Serialize, TS)]
pub struct RecoveryPhraseView {
    /// Words of the BIP-39 English list, in order.
    pub words: Vec<String>,
}

/// One word of the phrase, to show that it was written down.
#[derive(Debug, Deserialize, TS)]
pub struct PhraseWord {
    /// Place in the phrase, from 1.
    pub position: usize,
    /// The word.
    pub word: String,
}

/// Shows that the phrase was written down.
#[derive(Debug, Deserialize, TS)]
pub struct ConfirmRecoveryRequest {
    /// At least three words.
    pub words: Vec<PhraseWord>,
}

/// Opens the device's key file.
#[derive(Debug, Deserialize, TS)]
pub struct PassphraseRequest {
    /// The device's passphrase.
    pub passphrase: Secret<String>,
}

/// Gives an administrator a new password by the recovery phrase.
#[derive(Debug, Deserialize, TS)]
pub struct RecoverRequest {
    /// The words, separated by white space.
    pub phrase: Secret<String>,
    /// Sign-in name of an administrator.
    pub login: String,
    /// The new password.
    pub new_password: Secret<String>,
    /// Where this computer's secret lay in a key file under a passphrase and is lost: the passphrase to be.
    pub device_passphrase: Option<Secret<String>>,
}
