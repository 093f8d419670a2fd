//! The tests, in parts; what `.ci/run` and the workflows call.

mod core;
mod count;
mod desktop;
mod screens;
mod ui;

use std::time::{Duration, Instant};

use anyhow::{Result, bail};
use clap::ValueEnum;

use self::count::Count;
use crate::{house::House, setup};

/// A part of the tests.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum Part {
    /// Types, lint, unit tests, build and size of the screens.
    Ui,
    /// Format, lint, the house's rules, bindings, and all tests in Rust.
    Core,
    /// Every screen over the fake host, in Chromium.
    Screens,
    /// The real app in a window.
    Desktop,
}

/// In this order: the screens are built first, because the app embeds them.
const ALL: &[Part] = &[Part::Ui, Part::Core, Part::Screens, Part::Desktop];

impl Part {
    fn name(self) -> &'static str {
        match self {
            Self::Ui => "ui",
            Self::Core => "core",
            Self::Screens => "screens",
            Self::Desktop => "desktop",
        }
    }

    fn run(self, house: &House, count: &mut Count) -> Result<()> {
        match self {
            Self::Ui => ui::run(house, count),
            Self::Core => core::run(house, count),
            Self::Screens => screens::run(house, count),
            Self::Desktop => desktop::run(house, count),
        }
    }
}

/// Runs one part or all, stops at the first that fails, and prints time and counts either way.
pub(crate) fn run(house: &House, part: Option<Part>) -> Result<()> {
    let began = Instant::now();
    setup::setup(house, false)?;
    let mut lines = vec![line("setup", began.elapsed(), "")];
    let mut count = Count::default();
    let mut failed = None;
    for part in part.as_ref().map_or(ALL, std::slice::from_ref) {
        println!("\n== {} ==", part.name());
        let (began, before) = (Instant::now(), count);
        let outcome = part.run(house, &mut count);
        let tests = format!(
            "{} passed, {} failed",
            count.passed - before.passed,
            count.failed - before.failed
        );
        lines.push(line(part.name(), began.elapsed(), &tests));
        if let Err(error) = outcome {
            lines.push(format!("{} failed: {error:#}", part.name()));
            // A part that failed without a test (lint, build) counts as one.
            count.failed = count.failed.max(1);
            failed = Some(part.name());
            break;
        }
    }
    lines.push(line("all", began.elapsed(), ""));
    println!("\n{}", lines.join("\n"));
    println!("{} passed, {} failed", count.passed, count.failed);
    match failed {
        Some(part) => bail!("part {part} failed"),
        None => Ok(()),
    }
}

fn line(name: &str, time: Duration, rest: &str) -> String {
    format!("{name:<8} {:>5.1} min  {rest}", time.as_secs_f64() / 60.0)
        .trim_end()
        .to_owned()
}
