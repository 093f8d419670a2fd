//! Names as the search sees them, in every script.
//!
//! Han and kana are written without spaces, so each such character is made a word of its own, in the
//! index and in the question; a run of them is then asked for as a phrase. Everything else is left to
//! FTS5's `unicode61`, which folds case and accents.

/// Texts as they go into the index.
pub(crate) fn indexed(texts: &[&str]) -> String {
    texts
        .iter()
        .map(|text| spaced(text))
        .collect::<Vec<_>>()
        .join(" ")
}

/// What a person typed as an FTS5 question: every word must begin a word of the record. `None` where
/// nothing is asked for.
pub(crate) fn query(text: &str) -> Option<String> {
    let terms: Vec<_> = text
        .split(|c: char| c.is_whitespace() || c.is_control())
        // A term without a letter or digit is no word to the index and would match nothing.
        .filter(|term| term.chars().any(char::is_alphanumeric))
        // Quoted, nothing in it is an operator; a quote is doubled.
        .map(|term| format!("\"{}\"*", spaced(term).replace('"', "\"\"").trim()))
        .collect();
    (!terms.is_empty()).then(|| terms.join(" "))
}

/// What names are sorted and compared by.
pub(crate) fn sort_name(name: &str) -> String {
    name.split_whitespace()
        .map(str::to_lowercase)
        .collect::<Vec<_>>()
        .join(" ")
}

fn spaced(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        if c == '\0' {
            // Ends a text for FTS5.
            out.push(' ');
        } else if stands_alone(c) {
            out.extend([' ', c, ' ']);
        } else {
            out.push(c);
        }
    }
    out
}

/// Hiragana, katakana, and the Han blocks of the Unicode Standard, chapter 18.
fn stands_alone(c: char) -> bool {
    matches!(c,
        '\u{3005}'..='\u{3007}' | '\u{3040}'..='\u{30ff}' | '\u{31f0}'..='\u{31ff}'
        | '\u{3400}'..='\u{4dbf}' | '\u{4e00}'..='\u{9fff}' | '\u{f900}'..='\u{faff}'
        | '\u{20000}'..='\u{3ffff}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn questions_are_quoted_and_prefixed() {
        assert_eq!(query("  "), None);
        assert_eq!(query("--- \" *"), None);
        assert_eq!(
            query("ana NEAR mar\"ia").unwrap(),
            "\"ana\"* \"NEAR\"* \"mar\"\"ia\"*"
        );
        assert_eq!(query("小明").unwrap(), "\"小  明\"*");
    }
}
