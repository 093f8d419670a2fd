//! What may not be written in the sources.

use super::{Text, line_of};

/// Checks each rule over each text it is about.
pub(crate) fn check(texts: &[Text]) -> Vec<String> {
    let mut findings = Vec::new();
    for text in texts.iter().filter(|text| !text.is("xtask/src/tidy/", &[])) {
        let mut found = |place: usize, what: &str| {
            findings.push(format!(
                "{}:{}: {what}",
                text.path,
                line_of(&text.content, place)
            ));
        };
        if text.is("ui/src/", &["ts", "tsx"]) {
            for (place, _) in text.content.match_indices("dangerouslySetInnerHTML") {
                found(place, "text is shown as text, never as markup");
            }
            if !text.is("ui/src/host/", &[]) {
                for (place, _) in text.content.match_indices("@tauri-apps/") {
                    found(place, "only ui/src/host may import the desktop's packages");
                }
            }
        }
        if text.is("crates/clinic/", &["rs"]) {
            for place in built_sql(&text.content) {
                found(place, "SQL is never built from strings: bind values");
            }
        }
        if text.is("crates/", &["rs", "sql"]) {
            for place in words(&text.content, "OFFSET") {
                found(place, "pages go by cursor, never by OFFSET");
            }
        }
        if text.is(
            "",
            &[
                "rs", "ts", "tsx", "js", "mjs", "css", "py", "sql", "sh", "yml",
            ],
        ) {
            for mark in ["TODO", "FIXME"] {
                for place in words(&text.content, mark) {
                    if !names_issue(&text.content[place..]) {
                        found(place, "what is left to do names its issue: (#12)");
                    }
                }
            }
            for (place, _) in text.content.match_indices("todo!(") {
                found(place, "nothing is left as todo!()");
            }
        }
        // The fake clinic's settings page shows an invented folder.
        let invented = text.is("ui/src/host/fake/", &[]);
        for path in MACHINE_PATHS.iter().filter(|_| !invented) {
            for (place, _) in text.content.match_indices(path) {
                if !continues_word(&text.content, place) {
                    found(place, "a path of one machine");
                }
            }
        }
    }
    findings
}

const MACHINE_PATHS: &[&str] = &["/work/", "/root/", "/home/"];

/// Places of `format!(` (or a push of one) whose text is a statement of SQL.
fn built_sql(content: &str) -> Vec<usize> {
    const VERBS: &[&str] = &["SELECT ", "INSERT ", "UPDATE ", "DELETE "];
    let starts = content.match_indices("format!(").map(|(place, _)| place);
    starts
        .filter(|place| {
            let text = content[*place..].split('"').nth(1).unwrap_or_default();
            VERBS.iter().any(|verb| text.contains(verb))
        })
        .collect()
}

/// Places of a word that stands alone.
fn words<'a>(content: &'a str, word: &'a str) -> impl Iterator<Item = usize> + 'a {
    content
        .match_indices(word)
        .map(|(place, _)| place)
        .filter(move |place| {
            let after = content[place + word.len()..].chars().next();
            let part = |c: char| c.is_alphanumeric() || c == '_';
            !after.is_some_and(part) && !content[..*place].chars().next_back().is_some_and(part)
        })
}

/// Whether a path goes on from something before it, as in an address or a relative path.
fn continues_word(content: &str, place: usize) -> bool {
    let before = content[..place].chars().next_back();
    before.is_some_and(|c| c.is_alphanumeric() || matches!(c, '.' | '_' | '-' | '}' | '~' | '$'))
}

fn names_issue(rest: &str) -> bool {
    let line = rest.lines().next().unwrap_or_default();
    line.split('#')
        .skip(1)
        .any(|after| after.starts_with(|c: char| c.is_ascii_digit()))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tidy::text;

    fn count(path: &str, content: &str) -> usize {
        check(&[text(path, content)]).len()
    }

    #[test]
    fn markup_from_text_is_found() {
        assert_eq!(count("ui/src/a.tsx", "<p dangerouslySetInnerHTML={x}/>"), 1);
    }

    #[test]
    fn the_desktops_packages_are_imported_in_one_place() {
        let line = "import { invoke } from '@tauri-apps/api/core';";
        assert_eq!(
            (
                count("ui/src/a.ts", line),
                count("ui/src/host/tauri.ts", line)
            ),
            (1, 0)
        );
    }

    #[test]
    fn sql_from_strings_and_offset_are_found() {
        let built = "let q = format!(\n    \"SELECT * FROM patient WHERE name = '{name}'\");";
        assert_eq!(count("crates/clinic/src/a.rs", built), 1);
        let pragma = "format!(\"PRAGMA key = \\\"x'{hex}'\\\"\")";
        assert_eq!(count("crates/clinic/src/a.rs", pragma), 0);
        assert_eq!(
            count("crates/clinic/src/a.sql", "SELECT 1 LIMIT 1 OFFSET 2"),
            1
        );
        assert_eq!(
            count("crates/imaging/src/a.rs", "const OFFSETS: u8 = 1;"),
            0
        );
    }

    #[test]
    fn what_is_left_to_do_names_an_issue() {
        assert_eq!(count("crates/a/src/a.rs", "// TODO later"), 1);
        assert_eq!(count("crates/a/src/a.rs", "// TODO(#12) later"), 0);
        assert_eq!(count("crates/a/src/a.rs", "todo!()"), 1);
    }

    #[test]
    fn a_path_of_one_machine_is_found() {
        assert_eq!(count("tests/a.rs", "\"/home/maria/x\""), 1);
        assert_eq!(
            count("README.md", "../work/a, https://example.org/home/"),
            0
        );
    }
}
