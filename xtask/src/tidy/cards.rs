//! Every model folder has a card that names the model file's own hash.

use std::{fs, path::Path};

use anyhow::Result;

use crate::house;

/// Compares each `models/<id>/model.onnx` with its `card.toml`.
pub(crate) fn check(models: &Path) -> Result<Vec<String>> {
    let mut findings = Vec::new();
    if !models.is_dir() {
        return Ok(findings);
    }
    for entry in fs::read_dir(models)? {
        let folder = entry?.path();
        let name = folder
            .file_name()
            .unwrap_or_default()
            .to_string_lossy()
            .into_owned();
        if !folder.is_dir() || name == "training" {
            continue;
        }
        match (
            fs::read_to_string(folder.join("card.toml")),
            folder.join("model.onnx"),
        ) {
            (Err(_), _) => findings.push(format!("models/{name} has no card.toml")),
            (Ok(_), model) if !model.is_file() => {
                findings.push(format!("models/{name} has no model.onnx"));
            }
            (Ok(card), model) => {
                let hash = house::sha256_of(&model)?;
                if !card.contains(&format!("sha256 = \"{hash}\"")) {
                    findings.push(format!(
                        "models/{name}: the card does not name sha256 {hash}"
                    ));
                }
            }
        }
    }
    findings.sort();
    Ok(findings)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_missing_card_and_another_models_card_are_found() -> Result<()> {
        let models = tempfile::tempdir()?;
        let folder = models.path().join("chest");
        fs::create_dir_all(models.path().join("training"))?;
        fs::create_dir(&folder)?;
        assert_eq!(check(models.path())?.len(), 1);
        fs::write(folder.join("model.onnx"), "weights")?;
        fs::write(folder.join("card.toml"), "sha256 = \"00\"")?;
        assert_eq!(check(models.path())?.len(), 1);
        let card = format!("sha256 = \"{}\"", house::sha256(b"weights"));
        fs::write(folder.join("card.toml"), card)?;
        assert_eq!(check(models.path())?, [""; 0]);
        Ok(())
    }
}
