//! Counts tests by what the test programs print, while it is shown.

use std::{
    io::{BufRead, BufReader},
    process::{Command, Stdio},
};

use anyhow::{Context, Result, ensure};

use crate::house::tell;

/// How many tests passed and failed.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Count {
    /// Tests that passed.
    pub(crate) passed: u64,
    /// Tests that failed.
    pub(crate) failed: u64,
}

impl Count {
    /// Runs a test program, shows what it prints, and counts; fails if the program does.
    pub(crate) fn run(&mut self, command: &mut Command) -> Result<()> {
        let told = tell(command);
        println!("$ {told}");
        let mut child = command
            .env("NO_COLOR", "1")
            .stdout(Stdio::piped())
            .spawn()
            .with_context(|| format!("cannot start `{told}`"))?;
        let printed = child.stdout.take().context("no output to read")?;
        let before = *self;
        for line in BufReader::new(printed).split(b'\n') {
            let line = String::from_utf8_lossy(&line?).into_owned();
            println!("{line}");
            self.add(&line);
        }
        let status = child.wait()?;
        if !status.success() && *self == before {
            self.failed += 1;
        }
        ensure!(status.success(), "`{told}` failed ({status})");
        ensure!(*self != before, "`{told}` ran no test");
        Ok(())
    }

    /// Adds what a line of cargo's or vitest's summary says.
    fn add(&mut self, line: &str) {
        let line = line.trim();
        let summary = line
            .strip_prefix("test result:")
            .or_else(|| line.strip_prefix("Tests "));
        let Some(summary) = summary else { return };
        let words: Vec<&str> = summary
            .split([' ', ';', '|', '.'])
            .filter(|w| !w.is_empty())
            .collect();
        for pair in words.windows(2) {
            let Ok(number) = pair[0].parse::<u64>() else {
                continue;
            };
            match pair[1] {
                "passed" => self.passed += number,
                "failed" => self.failed += number,
                _ => {}
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn counted(lines: &[&str]) -> (u64, u64) {
        let mut count = Count::default();
        lines.iter().for_each(|line| count.add(line));
        (count.passed, count.failed)
    }

    #[test]
    fn cargos_and_vitests_summaries_are_added_up() {
        let cargo =
            "test result: FAILED. 12 passed; 1 failed; 3 ignored; 0 measured; 0 filtered out";
        assert_eq!(counted(&[cargo]), (12, 1));
        assert_eq!(
            counted(&["      Tests  2 failed | 40 passed (42)", cargo]),
            (52, 3)
        );
        assert_eq!(counted(&["      Tests  7 passed | 1 skipped (8)"]), (7, 0));
    }

    #[test]
    fn other_lines_count_nothing() {
        assert_eq!(
            counted(&[" Test Files  3 passed (3)", "test a ... ok", "5 passed"]),
            (0, 0)
        );
    }

    #[cfg(unix)]
    #[test]
    fn a_program_that_fails_or_tests_nothing_is_an_error() {
        let mut count = Count::default();
        assert!(
            count
                .run(Command::new("sh").args(["-c", "exit 3"]))
                .is_err()
        );
        assert_eq!(count.failed, 1);
        assert!(
            count
                .run(Command::new("sh").args(["-c", "echo nothing"]))
                .is_err()
        );
    }
}
