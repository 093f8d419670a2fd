//! A report beside WeasyPrint and pikepdf, which make the same page.

use anyhow::Result;

use crate::house::{self, House};

/// Runs both, ours first.
pub(super) fn report(house: &House) -> Result<()> {
    let mut bench = house.cargo(super::example("reports"));
    let python = crate::setup::python(house);
    if python.is_file() {
        bench.args(["--", "--python"]).arg(python);
    } else {
        println!("the Python peer did not run: `cargo xtask setup` puts it in place");
    }
    house::run(&mut bench)
}
