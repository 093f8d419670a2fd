//! The relay beside a Python server that does the same work.

use std::fs;

use anyhow::Result;

use crate::house::{self, House, cache};

/// Builds the relay, installs the peer once, and runs both under one load.
pub(super) fn relay(house: &House) -> Result<()> {
    let build = [
        "build",
        "--release",
        "--locked",
        "--package",
        "relay",
        "--bin",
        "medibridge-relay",
    ];
    house::run(&mut house.cargo(build))?;
    let mut bench = house.cargo(super::example("relay"));
    bench.arg("--").arg("--program");
    bench.arg(house.target().join("release/medibridge-relay"));
    match peer(house) {
        Ok(python) => {
            bench.arg("--python").arg(python);
        }
        Err(error) => println!("the Python peer did not run: {error:#}"),
    }
    house::run(&mut bench)
}

/// A Python with the peer's packages, made anew when their list changes.
fn peer(house: &House) -> Result<std::path::PathBuf> {
    let list = house.path("tests/peers/requirements.txt");
    let wanted = fs::read(&list)?;
    let folder = cache()?.join("peer-relay");
    let (python, has) = (folder.join("bin/python"), folder.join("requirements.txt"));
    if fs::read(&has).is_ok_and(|has| has == wanted) {
        return Ok(python);
    }
    house::run(
        house
            .command("python3")
            .args(["-m", "venv", "--clear"])
            .arg(&folder),
    )?;
    let mut install = house.command(&python);
    house::run(
        install
            .args(["-m", "pip", "install", "--quiet", "--requirement"])
            .arg(&list),
    )?;
    fs::write(has, wanted)?;
    Ok(python)
}
