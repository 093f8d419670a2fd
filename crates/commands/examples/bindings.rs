//! Prints the TypeScript of the command table as a JSON object, file name → content; run by
//! `cargo xtask bindings`.

use std::{collections::BTreeMap, io::Write};

fn main() -> std::io::Result<()> {
    let files: BTreeMap<_, _> = commands::bindings::typescript().into_iter().collect();
    serde_json::to_writer(std::io::stdout().lock(), &files)?;
    std::io::stdout().flush()
}
