//! The relay beside a Python server that does the same work.

use anyhow::Result;

use crate::house::{self, House};

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
    let python = crate::setup::python(house);
    if python.is_file() {
        bench.arg("--python").arg(python);
    } else {
        println!("the Python peer did not run: `cargo xtask setup` puts it in place");
    }
    house::run(&mut bench)
}
