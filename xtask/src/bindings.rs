//! TypeScript of the command table, written into `ui/src/bindings/`.
//!
//! A small program of `commands` prints the files as one JSON object {name: content}; it is built
//! in the same shape as the tests, so that nothing is compiled twice.

use std::{collections::BTreeMap, fs, path::Path};

use anyhow::{Context, Result, ensure};

use crate::house::{self, House};

const FOLDER: &str = "ui/src/bindings";

/// Writes the files; with `check`, only compares them.
pub(crate) fn bindings(house: &House, check: bool) -> Result<()> {
    let mut build = house.cargo(["build", "--locked", "--example", "bindings"]);
    house::run(build.args(house.shape()))?;
    let program = house.target().join("debug/examples/bindings");
    let printed = house::read(&mut house.command(program))?;
    let files = serde_json::from_str(&printed).context("the program printed no JSON object")?;
    settle(&house.path(FOLDER), &files, check)
}

/// Makes a folder hold exactly these files, or says which differ.
fn settle(folder: &Path, files: &BTreeMap<String, String>, check: bool) -> Result<()> {
    fs::create_dir_all(folder)?;
    let mut stale = Vec::new();
    for entry in fs::read_dir(folder)? {
        let name = entry?.file_name().to_string_lossy().into_owned();
        if !files.contains_key(&name) {
            if !check {
                fs::remove_file(folder.join(&name))?;
            }
            stale.push(name);
        }
    }
    for (name, content) in files {
        let path = folder.join(name);
        if fs::read_to_string(&path).is_ok_and(|found| found == *content) {
            continue;
        }
        if !check {
            fs::write(path, content)?;
        }
        stale.push(name.clone());
    }
    match (check, stale.is_empty()) {
        (_, true) => println!("bindings: current"),
        (false, false) => println!("bindings: wrote {}", stale.join(", ")),
        (true, false) => ensure!(
            false,
            "run `cargo xtask bindings`: {} differ",
            stale.join(", ")
        ),
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_changed_a_missing_and_a_foreign_file_are_found_and_mended() -> Result<()> {
        let folder = tempfile::tempdir()?;
        let files = BTreeMap::from([("a.ts".to_owned(), "1".to_owned())]);
        assert!(settle(folder.path(), &files, true).is_err());
        settle(folder.path(), &files, false)?;
        settle(folder.path(), &files, true)?;
        fs::write(folder.path().join("a.ts"), "2")?;
        assert!(settle(folder.path(), &files, true).is_err());
        fs::write(folder.path().join("old.ts"), "")?;
        settle(folder.path(), &files, false)?;
        settle(folder.path(), &files, true)
    }
}
