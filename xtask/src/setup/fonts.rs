//! The fonts of the reports: out of the npm packages that the lock file pins, checked by their hashes.
//!
//! Noto and, for Arabic, Amiri under the SIL Open Font License 1.1, whose text is laid beside the files. The
//! packages hold every weight; two are used.

use std::{fs, path::Path};

use anyhow::{Context, Result, ensure};

use super::{Missing, node};
use crate::house::{self, House};

const FOLDER: &str = "assets/fonts";

/// Each package's folder, the name its files begin with, and the hashes of regular and bold.
const FAMILIES: &[(&str, &str, [&str; 2])] = &[
    (
        "amiri",
        "Amiri",
        [
            "d26cd95609ed51b6419e3c7d4a066cb9fac7b73117868622f5b7f03998c68568",
            "0cf3c9c5b967adb281a46f17293fe03b1fc05e0538ab4db4a4c2252f45098692",
        ],
    ),
    (
        "noto-sans",
        "NotoSans",
        [
            "fe8c022f48d8dd29f17b744d16f9346f4357e16f7d4f7be58b000ae7c291b614",
            "13a813c49624ae3ba3c5c6e72c5ebffc4b9e1e6ea32f421c04069b037c6ad431",
        ],
    ),
    (
        "noto-sans-devanagari",
        "NotoSansDevanagari",
        [
            "084a94d89eb54aafb93a056e15425c34fd859f6342875165d304837b3bcfc2d2",
            "67f1ec9e2ac30b261090e32953b2df0adf6c942ab26ac47efb490fa7315bddab",
        ],
    ),
    (
        "noto-sans-jp",
        "NotoSansJP",
        [
            "d930d5d52d15231c283089760f84584272ad5e37e14607ba0d19c798e7a9caec",
            "c5b7b9d6a6eb682b0d4e6bbb38509575fd2759a28f147daa74714d1359a7909e",
        ],
    ),
    (
        "noto-sans-sc",
        "NotoSansSC",
        [
            "d45f67f0a7c0ca3f256950777ce6a61cc7ce5f9696d02900cbbaac25f8aa7d16",
            "9a38ae0ab28cd5a256f9ea8e00dedc688aac17f7915fcb000572990afa956b96",
        ],
    ),
    (
        "noto-sans-telugu",
        "NotoSansTelugu",
        [
            "7fcef235380f945d4a97fdfec030952afab6907004cfa37ed664fed8d4962eac",
            "25f2402bfa537c74c5c555452ad2a3289caf5925efeabc116ac4b90469b42a6a",
        ],
    ),
];

/// Weights as the packages and as `assets/fonts` call them.
const WEIGHTS: [(&str, &str); 2] = [("400Regular", "Regular"), ("700Bold", "Bold")];

/// Puts the fonts and their licence into `assets/fonts/`.
pub(crate) fn fonts(house: &House, check: bool, missing: &mut Missing) -> Result<()> {
    let folder = house.path(FOLDER);
    let stamp = folder.join("fonts.stamp");
    let wanted = wanted();
    let placed = FAMILIES.iter().all(|(_, name, _)| {
        let file = |weight: &str| folder.join(format!("{name}-{weight}.ttf")).is_file();
        WEIGHTS.iter().all(|(_, weight)| file(weight))
    });
    if placed && node::is(&stamp, &wanted) {
        println!("setup: the fonts of the reports are in place");
        return Ok(());
    }
    if check {
        missing.add("the fonts of the reports");
        return Ok(());
    }
    println!("setup: fetching the fonts of the reports");
    let args = ["ci", "--ignore-scripts", "--no-audit", "--no-fund"];
    if let Err(error) = house::run(&mut house.npm(FOLDER, &args)) {
        missing.add(format!("the fonts of the reports ({error:#})"));
        return Ok(());
    }
    let packages = folder.join("node_modules/@expo-google-fonts");
    for (package, name, hashes) in FAMILIES {
        for ((long, short), sha256) in WEIGHTS.iter().zip(hashes) {
            let source = packages.join(package).join(long);
            let source = source.join(format!("{name}_{long}.ttf"));
            let found = house::sha256_of(&source)?;
            ensure!(
                found == *sha256,
                "{name} {short} is not the pinned font: sha256 {found}"
            );
            place(&source, &folder.join(format!("{name}-{short}.ttf")))?;
        }
        let licence = packages.join(package).join("LICENSE_FONT");
        place(&licence, &folder.join(format!("LICENSE-{name}.txt")))?;
    }
    fs::write(stamp, wanted)?;
    Ok(fs::remove_dir_all(folder.join("node_modules"))?)
}

/// Copied beside and moved, so that a program that reads the old one keeps it whole.
fn place(from: &Path, to: &Path) -> Result<()> {
    let beside = to.with_extension("new");
    fs::copy(from, &beside).with_context(|| format!("cannot copy {}", from.display()))?;
    Ok(fs::rename(&beside, to)?)
}

/// What the stamp says when everything is as pinned here.
fn wanted() -> String {
    let all: String = FAMILIES.iter().flat_map(|(_, _, hashes)| *hashes).collect();
    house::sha256(all.as_bytes())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_font_is_pinned_by_a_hash_of_its_own() {
        let mut hashes: Vec<&str> = FAMILIES.iter().flat_map(|family| family.2).collect();
        assert!(hashes.iter().all(|hash| hash.len() == 64));
        hashes.sort_unstable();
        hashes.dedup();
        assert_eq!(hashes.len(), FAMILIES.len() * 2);
    }
}
