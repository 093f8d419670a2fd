//! The house's own rules, each a function from the tree's texts to what breaks it.

mod cards;
mod catalogues;
mod edges;
mod length;
mod locks;
mod readmes;
mod source;
mod words;

use std::{fs, path::Path};

use anyhow::{Result, ensure};

use crate::house::{self, House};

/// A text file of the repository.
pub(crate) struct Text {
    /// Relative to the top folder, with `/` on every system.
    pub(crate) path: String,
    /// Its whole content.
    pub(crate) content: String,
}

impl Text {
    /// Whether it lies below this folder and has one of these endings (all, if none is given).
    fn is(&self, folder: &str, endings: &[&str]) -> bool {
        let ending = self.path.rsplit('.').next().unwrap_or_default();
        self.path.starts_with(folder) && (endings.is_empty() || endings.contains(&ending))
    }
}

/// Checks every rule and prints each finding with its place.
pub(crate) fn tidy(house: &House) -> Result<()> {
    let texts = texts(house)?;
    let metadata = house::read(&mut house.cargo(["metadata", "--format-version=1", "--locked"]))?;
    let metadata = serde_json::from_str(&metadata)?;
    let tree = [
        "tree",
        "--locked",
        "--workspace",
        "--target=all",
        "--all-features",
        "--edges=normal,build",
        "--prefix=none",
        "--format={p}",
    ];
    let tree = house::read(&mut house.cargo(tree))?;
    let findings: Vec<String> = [
        edges::check(&metadata),
        length::check(&texts),
        readmes::check(&texts),
        source::check(&texts),
        locks::check(&texts),
        locks::built(&tree),
        words::check(&texts),
        catalogues::check(&texts),
        cards::check(&house.path("models"))?,
    ]
    .concat();
    for finding in &findings {
        println!("tidy: {finding}");
    }
    ensure!(
        findings.is_empty(),
        "the house is not tidy: {} findings",
        findings.len()
    );
    println!("tidy: {} files, nothing found", texts.len());
    Ok(())
}

/// Every file of the repository that is text; a picture, a model or a font is not.
fn texts(house: &House) -> Result<Vec<Text>> {
    let mut texts = Vec::new();
    for path in house.files()? {
        if is_binary(&path) {
            continue;
        }
        if let Ok(content) = String::from_utf8(fs::read(house.path(&path))?) {
            texts.push(Text {
                path: path.to_string_lossy().replace('\\', "/"),
                content,
            });
        }
    }
    Ok(texts)
}

fn is_binary(path: &Path) -> bool {
    const ENDINGS: &[&str] = &[
        "onnx", "png", "jpg", "jpeg", "dcm", "ico", "icns", "ttf", "woff2", "npy", "npz", "raw",
    ];
    path.extension()
        .is_some_and(|ending| ENDINGS.iter().any(|binary| ending == *binary))
}

/// Line number of a byte's place, from 1.
fn line_of(content: &str, place: usize) -> usize {
    content[..place].matches('\n').count() + 1
}

#[cfg(test)]
fn text(path: &str, content: &str) -> Text {
    Text {
        path: path.into(),
        content: content.into(),
    }
}
