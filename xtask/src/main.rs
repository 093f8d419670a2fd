#![doc = include_str!("../README.md")]
// A program for a terminal, not a library.
#![allow(clippy::print_stdout)]
#![cfg_attr(test, allow(clippy::unwrap_used))]

mod bench;
mod bindings;
mod ci;
mod house;
mod licences;
mod package;
mod setup;
mod tidy;

use std::process::ExitCode;

use anyhow::Result;
use clap::{Parser, Subcommand};

use crate::house::House;

/// The project's own commands.
#[derive(Parser)]
#[command(name = "cargo xtask")]
struct Cli {
    #[command(subcommand)]
    task: Task,
}

#[derive(Subcommand)]
enum Task {
    /// Install what this machine lacks.
    Setup {
        /// Only say what is missing; fail if anything is.
        #[arg(long)]
        check: bool,
    },
    /// Set up, build the screens and the app, and open its window.
    Run {
        /// Passed to the app.
        #[arg(last = true)]
        args: Vec<String>,
    },
    /// Set up, then run every part of the tests.
    Test,
    /// Run every part of the tests, or one.
    Ci { part: Option<ci::Part> },
    /// Check the house's own rules.
    Tidy,
    /// Write the TypeScript of the command table.
    Bindings {
        /// Only compare; fail if a file differs.
        #[arg(long)]
        check: bool,
    },
    /// Measure, beside the budgets of ARCHITECTURE.md.
    Bench { what: bench::What },
    /// Kill the program at random moments during its work and check the record, so many times.
    Kill {
        #[arg(default_value_t = 500)]
        rounds: u32,
    },
    /// Check licences, bans and sources with cargo-deny.
    Deny,
    /// Write THIRD_PARTY.md.
    Licences {
        /// Only compare; fail if the file differs.
        #[arg(long)]
        check: bool,
    },
    /// Build the installers that this system can build.
    Package,
}

fn main() -> ExitCode {
    let outcome = House::find().and_then(|house| perform(&house, Cli::parse().task));
    match outcome {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("xtask: {error:#}");
            ExitCode::FAILURE
        }
    }
}

fn perform(house: &House, task: Task) -> Result<()> {
    match task {
        Task::Setup { check } => setup::setup(house, check),
        Task::Run { args } => package::run(house, &args),
        Task::Test => ci::run(house, None),
        Task::Ci { part } => ci::run(house, part),
        Task::Tidy => tidy::tidy(house),
        Task::Bindings { check } => bindings::bindings(house, check),
        Task::Bench { what } => bench::bench(house, what),
        Task::Kill { rounds } => bench::kill(house, rounds),
        Task::Deny => licences::deny(house),
        Task::Licences { check } => licences::licences(house, check),
        Task::Package => package::package(house),
    }
}
