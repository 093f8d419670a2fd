//! Makes sure that the machine has what the project needs, and says in words what it cannot do.

mod fonts;
mod node;
mod onnx;
mod python;
mod system;

use anyhow::{Result, ensure};

pub(crate) use self::{python::python, system::has_window_libraries};

use crate::house::House;

/// What could not be put in place, with what a person can do about it.
#[derive(Default)]
pub(crate) struct Missing(Vec<String>);

impl Missing {
    fn add(&mut self, what: impl Into<String>) {
        self.0.push(what.into());
    }
}

/// Installs what is missing; with `check`, only names it.
///
/// It goes on where it can: without root the npm packages and the library are still fetched.
pub(crate) fn setup(house: &House, check: bool) -> Result<()> {
    let mut missing = Missing::default();
    system::packages(house, check, &mut missing)?;
    node::packages(house, "ui", check, &mut missing)?;
    node::packages(house, "tests/peers", check, &mut missing)?;
    onnx::library(house, check, &mut missing)?;
    fonts::fonts(house, check, &mut missing)?;
    python::packages(house, check, &mut missing)?;
    for line in &missing.0 {
        println!("missing: {line}");
    }
    ensure!(
        !check || missing.0.is_empty(),
        "{} things are missing",
        missing.0.len()
    );
    if missing.0.is_empty() {
        println!("setup: everything is in place");
    }
    Ok(())
}
