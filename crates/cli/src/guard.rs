//! `guard FILE.jsonl`: what differs between translations and their sources.

use std::{path::PathBuf, process::ExitCode};

use anyhow::anyhow;
use basics::Coded;
use clap::Args;
use serde_json::json;

#[derive(Args)]
pub(crate) struct Arguments {
    /// A line {"source","source_lang","target","target_lang"} for each pair.
    file: PathBuf,
}

/// A line {"flags":[…]} for each line; a bad one is {"error":…} and named on standard error, so that the
/// lines of both files stay beside each other. Exit code 0: every line was compared; 1: some were bad;
/// 2: the file cannot be read.
pub(crate) fn run(arguments: &Arguments) -> anyhow::Result<ExitCode> {
    let mut bad = 0;
    let mut printed = Ok(());
    let read = commands::tools::guard(&arguments.file, |line| {
        let text = match line {
            Ok(found) => json!(found),
            Err(error) => {
                bad += 1;
                eprintln!("{error} [{}]", error.message_id());
                json!({ "error": { "message_id": error.message_id(), "args": error.args() } })
            }
        };
        if printed.is_ok() {
            printed = crate::print(&text);
        }
    });
    read.map_err(|error| {
        anyhow!(
            "{}: {error} [{}]",
            arguments.file.display(),
            error.message_id()
        )
    })?;
    printed?;
    Ok(ExitCode::from(u8::from(bad > 0)))
}
