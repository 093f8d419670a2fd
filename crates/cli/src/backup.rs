//! `backup RECORD`, `restore BACKUP RECORD`, `verify BACKUP`: the record's copies without the window.

use std::{io::BufRead, path::PathBuf, process::ExitCode};

use anyhow::{Context, anyhow};
use basics::{Coded, Secret};
use clap::Args;
use commands::{
    CommandError,
    tools::{JournalKey, back_up, restore_backup, verify_backup},
};

/// Makes a backup of a record that no program has open, and proves it by a restore. The administrator's password
/// is read from standard input, so that it stands in no list of processes.
#[derive(Args)]
pub(crate) struct Backup {
    /// The record's folder.
    record: PathBuf,
    /// The administrator's sign-in name.
    #[arg(long, value_name = "LOGIN")]
    login: String,
    /// Where to; the record's own plan says otherwise. It becomes the plan.
    #[arg(long, value_name = "FOLDER")]
    to: Option<PathBuf>,
    /// Never asks the keychain for the device's secret.
    #[arg(long)]
    no_keychain: bool,
}

/// Checks a backup whole: every byte, a trial restore, the journal, every file. The recovery phrase, or the
/// password, is read from standard input.
#[derive(Args)]
pub(crate) struct Verify {
    /// The stick, the clinic's folder on it (the newest backup is taken) or one snapshot.
    backup: PathBuf,
    #[command(flatten)]
    key: Key,
}

/// Brings a backup back. What lies in the record's folder is kept aside in it. The recovery phrase, or the
/// password, is read from standard input.
#[derive(Args)]
pub(crate) struct Restore {
    /// The stick, the clinic's folder on it (the newest backup is taken) or one snapshot.
    backup: PathBuf,
    /// The record's folder; made where it is missing.
    record: PathBuf,
    #[command(flatten)]
    key: Key,
}

/// What opens a backup.
#[derive(Args)]
struct Key {
    /// Opens with this administrator's password; without it, with the recovery phrase.
    #[arg(long, value_name = "LOGIN")]
    login: Option<String>,
    /// Never asks the keychain for the device's secret.
    #[arg(long)]
    no_keychain: bool,
}

pub(crate) fn backup(arguments: Backup) -> anyhow::Result<ExitCode> {
    let Backup {
        record,
        login,
        to,
        no_keychain,
    } = arguments;
    let made = back_up(&record, &login, &line()?, to.as_deref(), !no_keychain).map_err(told)?;
    crate::print(&serde_json::to_string(&made)?)?;
    Ok(ExitCode::SUCCESS)
}

pub(crate) fn verify(arguments: Verify) -> anyhow::Result<ExitCode> {
    let (key, use_keychain) = arguments.key.read()?;
    match verify_backup(&arguments.backup, key, use_keychain) {
        Ok(whole) => {
            crate::print(&serde_json::to_string(&whole)?)?;
            Ok(ExitCode::SUCCESS)
        }
        // A backup that is not whole is an answer; a wrong key or no backup is none.
        Err(error) if error.code() == basics::Code::Damaged => {
            crate::print(&format!("{error} [{}]", error.message_id()))?;
            Ok(ExitCode::FAILURE)
        }
        Err(error) => Err(told(error)),
    }
}

pub(crate) fn restore(arguments: Restore) -> anyhow::Result<ExitCode> {
    let (key, use_keychain) = arguments.key.read()?;
    let Restore { backup, record, .. } = arguments;
    let from = restore_backup(&backup, &record, key, use_keychain).map_err(told)?;
    let answer = serde_json::json!({ "restored": from, "record": record });
    crate::print(&answer)?;
    Ok(ExitCode::SUCCESS)
}

impl Key {
    fn read(&self) -> anyhow::Result<(JournalKey, bool)> {
        let given = line()?;
        let key = match &self.login {
            Some(login) => JournalKey::Password {
                login: login.clone(),
                password: given,
            },
            None => JournalKey::Phrase(given),
        };
        Ok((key, !self.no_keychain))
    }
}

fn line() -> anyhow::Result<Secret<String>> {
    let mut line = String::new();
    std::io::stdin()
        .lock()
        .read_line(&mut line)
        .context("standard input")?;
    Ok(Secret::new(line.trim_end_matches(['\r', '\n']).to_string()))
}

fn told(error: CommandError) -> anyhow::Error {
    anyhow!("{error} [{}]", error.message_id())
}
