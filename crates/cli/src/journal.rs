//! `journal verify DIR|FILE`: does the audit trail of a record, or one that was exported from it, hold?

use std::{io::BufRead, path::PathBuf, process::ExitCode};

use anyhow::{Context, anyhow};
use basics::{Coded, Secret};
use clap::Subcommand;
use commands::tools::{JournalKey, verify_export, verify_journal};

#[derive(Subcommand)]
pub(crate) enum Act {
    /// Checks every row, every link, the signed head and its anchor. The password, or the recovery
    /// phrase, is read from standard input, so that it stands in no list of processes. A file that was
    /// exported from a journal is checked without either.
    Verify {
        /// The record's folder, or an exported journal.
        folder: PathBuf,
        /// Opens with this person's password; without it, with the recovery phrase.
        #[arg(long, value_name = "LOGIN")]
        login: Option<String>,
        /// Never asks the keychain for the device's secret.
        #[arg(long)]
        no_keychain: bool,
    },
}

pub(crate) fn run(act: Act) -> anyhow::Result<ExitCode> {
    let Act::Verify {
        folder,
        login,
        no_keychain,
    } = act;
    if folder.is_file() {
        let report =
            verify_export(&folder).map_err(|error| anyhow!("{error} [{}]", error.message_id()))?;
        crate::print(&serde_json::to_string(&report)?)?;
        return Ok(exit_code(report.intact));
    }
    let mut line = String::new();
    std::io::stdin()
        .lock()
        .read_line(&mut line)
        .context("standard input")?;
    let given = Secret::new(line.trim_end_matches(['\r', '\n']).to_string());
    let key = match login {
        Some(login) => JournalKey::Password {
            login,
            password: given,
        },
        None => JournalKey::Phrase(given),
    };
    let report = verify_journal(&folder, key, !no_keychain)
        .map_err(|error| anyhow!("{error} [{}]", error.message_id()))?;
    crate::print(&serde_json::to_string(&report)?)?;
    Ok(exit_code(report.intact))
}

fn exit_code(intact: bool) -> ExitCode {
    match intact {
        true => ExitCode::SUCCESS,
        false => ExitCode::FAILURE,
    }
}
