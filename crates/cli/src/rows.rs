//! `commands [--json]`: the command table.

use std::process::ExitCode;

use clap::Args;

#[derive(Args)]
pub(crate) struct Arguments {
    /// As JSON.
    #[arg(long)]
    json: bool,
}

pub(crate) fn run(arguments: &Arguments) -> anyhow::Result<ExitCode> {
    let table = commands::describe();
    if arguments.json {
        crate::print(&serde_json::to_string_pretty(&table)?)?;
    } else {
        for row in table {
            crate::print(&format_args!(
                "{:<28} {:<24} {}",
                row.name, row.permission, row.verb
            ))?;
        }
    }
    Ok(ExitCode::SUCCESS)
}
