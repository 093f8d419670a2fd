//! Every screen over the fake host, in a real Chromium, with axe-core.

use anyhow::Result;

use super::count::Count;
use crate::house::House;

/// Runs the Playwright specs of `tests/ui/`.
pub(crate) fn run(house: &House, count: &mut Count) -> Result<()> {
    count.run(&mut house.npm("ui", &["run", "screens"]))
}
