//! Every error that a person can meet has a sentence, and no sentence is left over.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::Value;

use super::Text;

const CATALOGUE: &str = "assets/i18n/en/errors.";

/// Compares the message ids in the Rust sources with the English catalogue.
pub(crate) fn check(texts: &[Text]) -> Vec<String> {
    let mut findings = Vec::new();
    let mut sentences: BTreeMap<String, &str> = BTreeMap::new();
    for text in texts.iter().filter(|text| text.path.starts_with(CATALOGUE)) {
        let Ok(Value::Object(entries)) = serde_json::from_str(&text.content) else {
            findings.push(format!("{}: not an object", text.path));
            continue;
        };
        for (key, entry) in entries {
            let filled = |part: &str| entry[part].as_str().is_some_and(|text| !text.is_empty());
            if !filled("title") || !filled("advice") {
                findings.push(format!(
                    "{}: {key} lacks its title or its advice",
                    text.path
                ));
            }
            if let Some(other) = sentences.insert(key.clone(), &text.path) {
                findings.push(format!("{}: {key} is also in {other}", text.path));
            }
        }
    }

    let sources = || {
        let rust = texts.iter().filter(|text| text.is("", &["rs"]));
        rust.filter(|text| text.is("crates/", &[]) || text.is("src-tauri/", &[]))
    };
    for text in sources() {
        for id in ids(code(&text.content)) {
            if !sentences.contains_key(id) {
                findings.push(format!(
                    "{}: no sentence for {id} in assets/i18n/en",
                    text.path
                ));
            }
        }
    }
    // Some errors are the screens' own (a picture that could not be drawn).
    let screens = texts
        .iter()
        .filter(|text| text.is("ui/src/", &["ts", "tsx"]));
    let quoted = screens.flat_map(|text| text.content.split('\'').skip(1));
    let spoken: BTreeSet<&str> = sources()
        .flat_map(|text| literals(code(&text.content)))
        .chain(quoted)
        .collect();
    for (key, path) in &sentences {
        if !spoken.contains(key.as_str()) {
            findings.push(format!("{path}: no error has the id {key}"));
        }
    }
    findings
}

/// A file without its tests.
fn code(content: &str) -> &str {
    content
        .split("\n#[cfg(test)]\nmod ")
        .next()
        .unwrap_or_default()
}

/// The ids in the bodies of `fn message_id`, and those of the shell's own `defect("…")`.
fn ids(code: &str) -> Vec<&str> {
    let bodies = code
        .match_indices("fn message_id(")
        .map(|(place, _)| body(&code[place..]));
    let defects = code.match_indices("defect(\"").map(|(place, _)| {
        let call = &code[place..];
        &call[..call.find(')').unwrap_or(call.len())]
    });
    bodies
        .chain(defects)
        .flat_map(literals)
        .filter(|text| is_id(text))
        .collect()
}

/// From a function's first brace to the one that closes it.
fn body(function: &str) -> &str {
    let mut depth = 0;
    for (place, c) in function.char_indices() {
        match c {
            '{' => depth += 1,
            '}' if depth == 1 => return &function[..place],
            '}' => depth -= 1,
            ';' if depth == 0 => return "",
            _ => {}
        }
    }
    function
}

/// What stands between quotation marks, line by line (no id holds one or spans lines).
fn literals(code: &str) -> impl Iterator<Item = &str> {
    let code_lines = code
        .lines()
        .filter(|line| !line.trim_start().starts_with("//"));
    code_lines.flat_map(|line| line.split('"').skip(1).step_by(2))
}

fn is_id(text: &str) -> bool {
    text.starts_with(|c: char| c.is_ascii_lowercase())
        && text
            .chars()
            .all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-')
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tidy::text;

    const CODE: &str = r#"impl Coded for Error {
    fn message_id(&self) -> &'static str {
        match self {
            Self::Truncated { .. } => "dicom-truncated",
            Self::Other(error) => error.message_id(),
        }
    }
    fn other(&self) -> &'static str { "not-an-id" }
}"#;
    const WORDS: &str = r#"{"dicom-truncated": {"title": "Cut off.", "advice": "Copy it again."}}"#;

    fn found(code: &str, words: &str) -> Vec<String> {
        let code = text("crates/imaging/src/error.rs", code);
        check(&[code, text("assets/i18n/en/errors.imaging.json", words)])
    }

    #[test]
    fn each_error_has_its_sentence() {
        assert_eq!(found(CODE, WORDS), [""; 0]);
        assert_eq!(found(CODE, "{}").len(), 1);
        assert_eq!(
            found("fn f() { defect(\"shell-panicked\") }", "{}").len(),
            1
        );
    }

    #[test]
    fn a_sentence_without_an_error_or_without_advice_is_found() {
        assert_eq!(found("", WORDS).len(), 1);
        let bare = WORDS.replace("Copy it again.", "");
        assert_eq!(found(CODE, &bare).len(), 1);
    }
}
