//! Checks the journal of a record that no workstation has open.

use std::{path::Path, sync::Arc, time::Instant};

use ::clinic::{Clinic, Keychain, OsKeychain, Permission, authorize};
use basics::{Secret, SystemClock};

use crate::{
    error::CommandError,
    journal::{JournalReport, report_view},
    keychain::NoKeychain,
};

/// What opens the record.
pub enum JournalKey {
    /// An administrator's password.
    Password {
        /// Sign-in name.
        login: String,
        /// Password.
        password: Secret<String>,
    },
    /// The recovery phrase.
    Phrase(Secret<String>),
}

/// Checks every row, every link, the signed head and its anchor.
///
/// # Errors
/// `Busy` while a workstation has the record open; a wrong password or phrase; disk errors.
pub fn verify_journal(
    folder: &Path,
    key: JournalKey,
    use_keychain: bool,
) -> Result<JournalReport, CommandError> {
    let keychain: Arc<dyn Keychain> = if use_keychain {
        Arc::new(OsKeychain)
    } else {
        Arc::new(NoKeychain)
    };
    let clinic = Clinic::open(folder, keychain, Arc::new(SystemClock))?;
    let started = Instant::now();
    let report = match key {
        JournalKey::Phrase(phrase) => clinic.verify_journal_by_phrase(&phrase)?,
        JournalKey::Password { login, password } => {
            let session = clinic.sign_in(&login, &password)?;
            let permit = authorize(&clinic.session(session.id)?, Permission::ReadJournal)?;
            let report = clinic.verify_journal(&permit)?;
            clinic.sign_out(session.id)?;
            report
        }
    };
    clinic.lock();
    Ok(report_view(&report, started))
}
