//! Measurements, in release, each printed beside its budget; and the kill test with its full count.

mod language;
mod relay;
mod report;

use std::env;

use anyhow::Result;
use clap::ValueEnum;

use crate::house::{self, House, cache};

/// What to measure.
#[derive(Clone, Copy, Debug, ValueEnum)]
pub(crate) enum What {
    /// From a scan's file to probabilities and every class's map, and the same work in Python.
    Reading,
    /// The record: opening, pages, journal, import.
    Clinic,
    /// The guard of translations, search, and what a slow engine holds up.
    Language,
    /// The relay: latency, throughput, memory, beside a Python server that does the same work.
    Relay,
    /// Backup of a gigabyte while people work, and its restore.
    Backup,
    /// The administrator's figures and the rows behind them, at 100,000 readings.
    Statistics,
    /// From a report's document to its sealed PDF, beside WeasyPrint and pikepdf.
    Report,
}

/// Runs the benchmark programs; each prints JSON lines with its figure and its budget.
pub(crate) fn bench(house: &House, what: What) -> Result<()> {
    match what {
        What::Reading => {
            house::run(&mut house.cargo(example("reading")))?;
            peer(house)
        }
        What::Clinic => house::run(&mut house.cargo(example("clinic"))),
        What::Language => language::language(house),
        What::Relay => relay::relay(house),
        What::Backup => house::run(&mut house.cargo(named("clinic", "--example=bench_backup"))),
        What::Statistics => house::run(&mut house.cargo(named("clinic", "--example=statistics"))),
        What::Report => report::report(house),
    }
}

/// Runs the kill -9 test with this many rounds; the ordinary tests run a few.
pub(crate) fn kill(house: &House, rounds: u32) -> Result<()> {
    let mut test = house.cargo(["test", "--locked", "--test", "main"]);
    test.args(house.shape())
        .args(["killed", "--", "--nocapture"]);
    test.env("MEDIBRIDGE_KILL_ROUNDS", rounds.to_string());
    house::run(&mut test)
}

fn example(package: &str) -> [&str; 6] {
    named(package, "--example=bench")
}

fn named<'a>(package: &'a str, example: &'a str) -> [&'a str; 6] {
    [
        "run",
        "--release",
        "--locked",
        "--package",
        package,
        example,
    ]
}

/// The same work in Python, in the interpreter that `MEDIBRIDGE_PYTHON` names.
fn peer(house: &House) -> Result<()> {
    let own = cache()?.join("peer/bin/python");
    let python = env::var_os("MEDIBRIDGE_PYTHON").map_or(own, Into::into);
    if !python.is_file() {
        println!(
            "the Python peer did not run: {} is missing (a venv with tensorflow-cpu, opencv-python-headless and pydicom)",
            python.display()
        );
        return Ok(());
    }
    let mut peer = house.command(python);
    house::run(peer.arg("models/training/peer_bench.py"))
}
