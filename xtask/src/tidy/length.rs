//! Small files: at most 500 lines without tests; the shell as a whole under 1,000.

use super::Text;

const FILE: usize = 500;
const SHELL: usize = 1000;

/// Compares every source file, and the shell, with its limit.
pub(crate) fn check(texts: &[Text]) -> Vec<String> {
    let mut findings = Vec::new();
    let mut shell = 0;
    for text in texts
        .iter()
        .filter(|text| text.is("", &["rs", "ts", "tsx", "css", "py"]))
    {
        let lines = without_tests(text);
        if lines > FILE {
            findings.push(format!(
                "{}: {lines} lines without tests, limit {FILE}",
                text.path
            ));
        }
        if text.is("src-tauri/", &["rs"]) {
            shell += text.content.lines().count();
        }
    }
    if shell >= SHELL {
        findings.push(format!("src-tauri/: {shell} lines, limit {SHELL}"));
    }
    findings
}

fn without_tests(text: &Text) -> usize {
    let path = &text.path;
    let is_test = path.starts_with("tests/")
        || path.contains("/tests/")
        || path.ends_with("tests.rs")
        || path.contains(".test.")
        || path.contains(".spec.");
    let is_generated = path.starts_with("ui/src/bindings/");
    if is_test || is_generated {
        return 0;
    }
    text.content
        .lines()
        .take_while(|line| *line != "#[cfg(test)]")
        .count()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tidy::text;

    #[test]
    fn a_long_file_is_found_and_its_tests_do_not_count() {
        let long = "x\n".repeat(501);
        assert_eq!(check(&[text("crates/a/src/lib.rs", &long)]).len(), 1);
        let tested = format!("{}#[cfg(test)]\n{long}", "x\n".repeat(500));
        assert_eq!(check(&[text("crates/a/src/lib.rs", &tested)]), [""; 0]);
        assert_eq!(check(&[text("tests/stories.rs", &long)]), [""; 0]);
    }

    #[test]
    fn a_shell_that_grows_is_found() {
        let part = "x\n".repeat(499);
        let file = |name| text(name, &part);
        let (one, two) = (file("src-tauri/src/a.rs"), file("src-tauri/src/b.rs"));
        assert_eq!(check(&[one, two]), [""; 0]);
        let three = [
            file("src-tauri/src/a.rs"),
            file("src-tauri/src/b.rs"),
            file("src-tauri/build.rs"),
        ];
        assert_eq!(check(&three).len(), 1);
    }
}
