//! Lock files: in step with what they lock, and without a download address.

use std::collections::BTreeSet;

use serde_json::Value;

use super::Text;

/// Where every crate comes from.
const CRATES_IO: &str = "source = \"registry+https://github.com/rust-lang/crates.io-index\"";

/// Crates that deny.toml bans too; here they are found without cargo-deny. The lock file also names
/// what nobody builds (an optional dependency of an optional one), so the tree decides.
const BANNED: &[&str] = &["ring", "native-tls", "openssl"];

/// Checks Cargo.lock's sources and every npm lock file. (`cargo metadata --locked` has already
/// shown that Cargo.lock is in step.)
pub(crate) fn check(texts: &[Text]) -> Vec<String> {
    let mut findings = Vec::new();
    for text in texts {
        if text.path == "Cargo.lock" {
            let foreign = |line: &&str| line.starts_with("source = ") && *line != CRATES_IO;
            let lines = text.content.lines().filter(foreign);
            findings.extend(lines.map(|line| format!("Cargo.lock: {line}")));
        }
        if let Some(folder) = text.path.strip_suffix("package-lock.json") {
            let manifest = texts
                .iter()
                .find(|text| text.path == format!("{folder}package.json"));
            findings.extend(npm(text, manifest).map(|what| format!("{}: {what}", text.path)));
        }
    }
    findings
}

/// Checks what is built on any platform with any feature: `cargo tree`, a package to a line.
pub(crate) fn built(tree: &str) -> Vec<String> {
    let names: BTreeSet<&str> = tree
        .lines()
        .filter_map(|line| line.split_whitespace().next())
        .collect();
    let banned = BANNED.iter().filter(|name| names.contains(**name));
    banned.map(|name| format!("banned crate {name}")).collect()
}

fn npm(lock: &Text, manifest: Option<&Text>) -> Option<&'static str> {
    if lock.content.contains("\"resolved\": \"http") {
        return Some("holds download addresses");
    }
    let parse = |text: &Text| serde_json::from_str::<Value>(&text.content).ok();
    let (Some(lock), Some(manifest)) = (parse(lock), manifest.and_then(parse)) else {
        return Some("cannot be compared with its package.json");
    };
    let root = &lock["packages"][""];
    let same = |key: &str| root[key] == manifest[key];
    let kinds = [
        "dependencies",
        "devDependencies",
        "optionalDependencies",
        "peerDependencies",
    ];
    (!kinds.into_iter().all(same)).then_some("is not in step with package.json")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tidy::text;

    #[test]
    fn a_crate_from_elsewhere_is_found() {
        assert_eq!(check(&[text("Cargo.lock", CRATES_IO)]), [""; 0]);
        assert_eq!(
            check(&[text("Cargo.lock", "source = \"git+https://example.org\"")]).len(),
            1
        );
    }

    #[test]
    fn a_second_tls_is_found() {
        assert_eq!(built("openssl-sys v0.9.1\nserde v1.0.0"), [""; 0]);
        assert_eq!(built("serde v1.0.0\nring v0.17.14 (*)").len(), 1);
    }

    #[test]
    fn a_stale_lock_and_an_address_are_found() {
        let manifest = || text("ui/package.json", r#"{"dependencies": {"react": "19"}}"#);
        let lock = |content: &str| text("ui/package-lock.json", content);
        let good = r#"{"packages": {"": {"dependencies": {"react": "19"}}}}"#;
        assert_eq!(check(&[manifest(), lock(good)]), [""; 0]);
        assert_eq!(
            check(&[manifest(), lock(&good.replace("19", "18"))]).len(),
            1
        );
        assert_eq!(
            check(&[manifest(), lock("{\"resolved\": \"https://example.org\"}")]).len(),
            1
        );
    }
}
