#![doc = include_str!("../README.md")]

mod backup;
mod decode;
mod guard;
mod journal;
mod places;
mod report;
mod rows;
mod screen;

use std::process::ExitCode;

use clap::{Parser, Subcommand};

/// AI-assisted reading of scans on this machine. Every result needs review by a clinician and is not
/// for diagnosis alone.
#[derive(Parser)]
#[command(name = "medibridge-cli", version)]
struct Arguments {
    #[command(subcommand)]
    act: Act,
}

#[derive(Subcommand)]
enum Act {
    /// Reads files, folders and ZIP archives: a line for each file, in order of finish.
    Screen(screen::Arguments),
    /// Writes the stored pixel values of a file, before any look-up table.
    Decode(decode::Arguments),
    /// Compares translations with their sources: a JSON line each.
    Guard(guard::Arguments),
    /// Works on the journal of a record.
    #[command(subcommand)]
    Journal(journal::Act),
    /// Checks a sealed report, or makes a sample of one.
    #[command(subcommand)]
    Report(report::Act),
    /// Makes a backup of a record and proves it.
    Backup(backup::Backup),
    /// Brings a backup back.
    Restore(backup::Restore),
    /// Checks a backup whole.
    Verify(backup::Verify),
    /// Prints the command table.
    Commands(rows::Arguments),
}

fn main() -> ExitCode {
    commands::prepare_process();
    tracing_subscriber::fmt()
        .with_writer(std::io::stderr)
        .with_env_filter(tracing_subscriber::EnvFilter::from_default_env())
        .init();
    let result = match Arguments::parse().act {
        Act::Screen(arguments) => screen::run(arguments),
        Act::Decode(arguments) => decode::run(&arguments),
        Act::Guard(arguments) => guard::run(&arguments),
        Act::Journal(act) => journal::run(act),
        Act::Report(act) => report::run(act),
        Act::Backup(arguments) => backup::backup(arguments),
        Act::Restore(arguments) => backup::restore(arguments),
        Act::Verify(arguments) => backup::verify(arguments),
        Act::Commands(arguments) => rows::run(&arguments),
    };
    result.unwrap_or_else(|error| {
        eprintln!("{error:#}");
        ExitCode::from(2)
    })
}

/// Prints a line; a reader that has gone away (`| head`) is an error, not a panic.
fn print(line: &dyn std::fmt::Display) -> std::io::Result<()> {
    use std::io::Write;
    writeln!(std::io::stdout().lock(), "{line}")
}
