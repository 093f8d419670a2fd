//! Everything in Rust.

use anyhow::Result;

use super::count::Count;
use crate::{
    bindings,
    house::{self, House},
    tidy,
};

/// Format, the house's rules, lint, bindings, tests; the quick ones first.
pub(crate) fn run(house: &House, count: &mut Count) -> Result<()> {
    house::run(&mut house.cargo(["fmt", "--all", "--", "--check"]))?;
    tidy::tidy(house)?;
    let shape = house.shape();
    let mut clippy = house.cargo(["clippy", "--all-targets", "--locked"]);
    house::run(clippy.args(&shape).args(["--", "-D", "warnings"]))?;
    bindings::bindings(house, true)?;
    let mut test = house.cargo(["test", "--all-targets", "--locked", "--no-fail-fast"]);
    count.run(test.args(&shape))
}
