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

/// Whether an exported journal holds.
#[derive(Debug, serde::Serialize)]
pub struct ExportReport {
    /// Every row, link and the signature hold.
    pub intact: bool,
    /// What does not.
    pub problem: Option<String>,
    /// Rows.
    pub rows: u64,
    /// Number of the first.
    pub first: u64,
    /// Number of the last.
    pub last: u64,
    /// SHA-256 of the key that signed; compare it with the one that the workstation shows.
    pub fingerprint: Option<String>,
}

/// Checks a file that the workstation exported; it needs neither the record nor a key.
///
/// # Errors
/// [`CommandError::FileNotRead`].
pub fn verify_export(file: &Path) -> Result<ExportReport, CommandError> {
    let file = std::fs::File::open(file).map_err(|_| CommandError::FileNotRead)?;
    Ok(
        match ::clinic::check_export(std::io::BufReader::new(file)) {
            Ok(done) => ExportReport {
                intact: true,
                problem: None,
                rows: done.rows,
                first: done.first,
                last: done.last,
                fingerprint: Some(done.fingerprint),
            },
            Err(problem) => ExportReport {
                intact: false,
                problem: Some(problem.to_string()),
                rows: 0,
                first: 0,
                last: 0,
                fingerprint: None,
            },
        },
    )
}
