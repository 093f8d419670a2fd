//! The screens as a package: types, lint, unit tests, build, size.

use std::{fs, io::Write, path::Path};

use anyhow::{Context, Result, ensure};
use flate2::{Compression, write::GzEncoder};

use super::count::Count;
use crate::house::{self, House};

/// What the window loads before its first screen, gzipped, in KiB.
const FIRST_BUDGET: usize = 400;
/// All JavaScript and CSS together, gzipped, in KiB; the viewer is by far the largest part.
const ALL_BUDGET: usize = 2048;

/// Lint, unit tests, then the build (which checks the types) and its size.
pub(crate) fn run(house: &House, count: &mut Count) -> Result<()> {
    house::run(&mut house.npm("ui", &["run", "lint"]))?;
    count.run(&mut house.npm("ui", &["test"]))?;
    house::run(&mut house.npm("ui", &["run", "build"]))?;
    size(&house.path("ui/dist"))
}

/// Compares the built files with the budgets.
fn size(dist: &Path) -> Result<()> {
    let page = fs::read_to_string(dist.join("index.html")).context("the build made no page")?;
    let (mut first, mut all) = (0, 0);
    for entry in fs::read_dir(dist.join("assets"))? {
        let path = entry?.path();
        let kind = path
            .extension()
            .unwrap_or_default()
            .to_string_lossy()
            .into_owned();
        if !matches!(kind.as_str(), "js" | "css") {
            continue;
        }
        let bytes = gzipped(&fs::read(&path)?)?;
        all += bytes;
        if page.contains(&*path.file_name().unwrap_or_default().to_string_lossy()) {
            first += bytes;
        }
    }
    for (name, bytes, budget) in [
        ("first screen", first, FIRST_BUDGET),
        ("all", all, ALL_BUDGET),
    ] {
        println!("{name}: {} KiB gzipped, budget {budget} KiB", bytes / 1024);
        ensure!(
            bytes / 1024 <= budget,
            "{name}: {} KiB are over the budget",
            bytes / 1024
        );
    }
    Ok(())
}

fn gzipped(bytes: &[u8]) -> Result<usize> {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::default());
    encoder.write_all(bytes)?;
    Ok(encoder.finish()?.len())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_first_screen_over_its_budget_is_refused_and_a_lazy_part_is_not() -> Result<()> {
        let dist = tempfile::tempdir()?;
        let assets = dist.path().join("assets");
        fs::create_dir(&assets)?;
        fs::write(
            dist.path().join("index.html"),
            "<script src='assets/index-1.js'></script>",
        )?;
        // Bytes that do not compress: a linear congruential generator's high bits.
        let mut state = 1u32;
        let noise: Vec<u8> = std::iter::repeat_with(|| {
            state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
            (state >> 24) as u8
        })
        .take(500 * 1024)
        .collect();
        fs::write(assets.join("viewer-2.js"), &noise)?;
        fs::write(assets.join("index-1.js"), "1")?;
        assert!(size(dist.path()).is_ok());
        fs::write(assets.join("index-1.js"), &noise)?;
        assert!(size(dist.path()).is_err());
        Ok(())
    }
}
