//! npm packages, exactly as the lock file says.

use std::{fs, path::Path};

use anyhow::Result;

use super::Missing;
use crate::house::{self, House};

/// Runs `npm ci` in a folder, unless its lock file is the one that was last installed.
pub(crate) fn packages(
    house: &House,
    folder: &str,
    check: bool,
    missing: &mut Missing,
) -> Result<()> {
    let lock = house.path(folder).join("package-lock.json");
    if !lock.is_file() {
        missing.add(format!("{folder}/package-lock.json, which belongs in git"));
        return Ok(());
    }
    let stamp = house.path(folder).join("node_modules/.medibridge-stamp");
    let wanted = house::sha256_of(&lock)?;
    if is(&stamp, &wanted) {
        println!("setup: npm packages of {folder}/ are in place");
        return Ok(());
    }
    if check {
        missing.add(format!("npm packages of {folder}/"));
        return Ok(());
    }
    println!("setup: installing the npm packages of {folder}/");
    match house::run(&mut house.npm(folder, &["ci", "--no-audit", "--no-fund"])) {
        Ok(()) => fs::write(stamp, wanted)?,
        Err(error) => missing.add(format!("npm packages of {folder}/ ({error:#})")),
    }
    Ok(())
}

/// Whether a stamp says this.
pub(crate) fn is(stamp: &Path, wanted: &str) -> bool {
    fs::read_to_string(stamp).is_ok_and(|found| found == wanted)
}
