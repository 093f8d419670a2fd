//! Lock files: in step with what they lock, and without a download address.

use serde_json::Value;

use super::Text;

/// Where every crate comes from.
const CRATES_IO: &str = "source = \"registry+https://github.com/rust-lang/crates.io-index\"";

/// Crates that deny.toml bans too; here they are found without cargo-deny.
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
            let names = text
                .content
                .lines()
                .filter_map(|line| line.strip_prefix("name = \""));
            let banned = names.filter(|name| BANNED.contains(&name.trim_end_matches('"')));
            findings.extend(banned.map(|name| format!("Cargo.lock: banned crate \"{name}")));
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
        let lock = |name: &str| {
            [text(
                "Cargo.lock",
                &format!("[[package]]\nname = \"{name}\"\n"),
            )]
        };
        assert_eq!(check(&lock("openssl-sys")), [""; 0]);
        assert_eq!(check(&lock("ring")).len(), 1);
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
