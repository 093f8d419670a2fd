//! Every crate says what it is, in at most 60 lines that are also its documentation.

use std::collections::BTreeSet;

use super::Text;

const LIMIT: usize = 60;

/// Looks for each crate's README.md and for the line that makes it the crate's documentation.
pub(crate) fn check(texts: &[Text]) -> Vec<String> {
    let find = |path: &str| texts.iter().find(|text| text.path == path);
    let folders: BTreeSet<&str> = texts
        .iter()
        .filter_map(|text| text.path.strip_suffix("/Cargo.toml"))
        .filter(|folder| folder.starts_with("crates/") || *folder == "xtask")
        .collect();
    let mut findings = Vec::new();
    for folder in folders {
        let lines = find(&format!("{folder}/README.md")).map(|text| text.content.lines().count());
        match lines {
            None => findings.push(format!("{folder} has no README.md")),
            Some(lines) if lines > LIMIT => {
                findings.push(format!("{folder}/README.md: {lines} lines, limit {LIMIT}"));
            }
            Some(_) => {}
        }
        let roots = ["lib.rs", "main.rs"].map(|name| find(&format!("{folder}/src/{name}")));
        let included = |text: &Text| text.content.contains("include_str!(\"../README.md\")");
        if !roots.into_iter().flatten().any(included) {
            findings.push(format!(
                "{folder}: README.md is not the crate's documentation"
            ));
        }
    }
    findings
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tidy::text;

    #[test]
    fn a_missing_a_long_and_an_unused_readme_are_found() {
        let cargo = || text("crates/a/Cargo.toml", "");
        let code = || {
            text(
                "crates/a/src/lib.rs",
                "#![doc = include_str!(\"../README.md\")]",
            )
        };
        let good = text("crates/a/README.md", "# a");
        assert_eq!(check(&[cargo(), code(), good]), [""; 0]);
        assert_eq!(check(&[cargo(), code()]).len(), 1);
        let long = text("crates/a/README.md", &"x\n".repeat(61));
        assert_eq!(check(&[cargo(), code(), long]).len(), 1);
        let unused = [
            cargo(),
            text("crates/a/src/lib.rs", ""),
            text("crates/a/README.md", ""),
        ];
        assert_eq!(check(&unused).len(), 1);
    }
}
