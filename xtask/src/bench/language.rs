//! The guard beside its budget; search and the two phases of a message have theirs in their own crates.

use anyhow::Result;

use crate::house::{self, House};

/// Runs every part, each an example that prints JSON lines.
pub(super) fn language(house: &House) -> Result<()> {
    for (package, name) in [
        ("language", "--example=bench_language"),
        ("clinic", "--example=search"),
        ("acceptance", "--example=phase_one"),
    ] {
        house::run(&mut house.cargo(super::named(package, name)))?;
    }
    Ok(())
}
