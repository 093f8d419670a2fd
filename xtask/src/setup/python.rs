//! Python programs that tests and benchmarks run beside ours: readers of PDF, a mail server, peers to
//! be compared with. They live in `tests/peers/.venv`, made anew when their list changes.

use std::{fs, path::PathBuf};

use anyhow::Result;

use super::Missing;
use crate::house::{self, House};

const FOLDER: &str = "tests/peers";

/// Puts the packages of `tests/peers/requirements.txt` into their own environment.
pub(crate) fn packages(house: &House, check: bool, missing: &mut Missing) -> Result<()> {
    if is_current(house)? {
        println!("setup: the Python packages of the tests are in place");
    } else if check {
        missing.add("the Python packages of the tests");
    } else if let Err(error) = install(house) {
        missing.add(format!("the Python packages of the tests ({error:#})"));
    }
    Ok(())
}

/// The environment's Python.
pub(crate) fn python(house: &House) -> PathBuf {
    house.path(FOLDER).join(".venv/bin/python")
}

fn install(house: &House) -> Result<()> {
    println!("setup: fetching the Python packages of the tests");
    let folder = house.path(FOLDER).join(".venv");
    let list = house.path(FOLDER).join("requirements.txt");
    let venv = ["-m", "venv", "--clear"];
    house::run(house.command("python3").args(venv).arg(&folder))?;
    let pip = ["-m", "pip", "install", "--quiet", "--requirement"];
    house::run(house.command(python(house)).args(pip).arg(&list))?;
    fs::copy(list, folder.join("requirements.txt"))?;
    Ok(())
}

fn is_current(house: &House) -> Result<bool> {
    let folder = house.path(FOLDER);
    let wanted = fs::read(folder.join("requirements.txt"))?;
    Ok(fs::read(folder.join(".venv/requirements.txt")).is_ok_and(|has| has == wanted))
}
