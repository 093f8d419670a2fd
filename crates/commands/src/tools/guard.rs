//! Compares translations with their sources, a JSON line each.

use std::{
    collections::BTreeMap,
    fs::File,
    io::{BufRead, BufReader},
    path::Path,
};

use ::language::guard::{Flag, Guard};
use basics::{Code, Coded, Language};
use serde::{Deserialize, Serialize};

use crate::error::CommandError;

/// A line is at most so long; what is longer is no message.
const LONGEST: usize = 1024 * 1024;

/// What was found in one pair.
#[derive(Debug, Serialize)]
pub struct GuardLine {
    /// Each difference, the gravest first.
    pub flags: Vec<Flag>,
}

/// A line that cannot be compared; its words are not repeated.
#[derive(Debug, PartialEq, Eq, thiserror::Error)]
pub enum BadLine {
    /// It is no JSON object with the four texts.
    #[error(
        "line {line} is not {{\"source\",\"source_lang\",\"target\",\"target_lang\"}}: {problem}"
    )]
    Malformed {
        /// Its number, from 1.
        line: usize,
        /// `syntax`, `fields` or `length`.
        problem: &'static str,
    },
    /// One of its languages is none of the house's.
    #[error("line {line}: {field} is none of ar, de, en, es, fr, hi, ja, pt, ru, te, zh")]
    Language {
        /// Its number, from 1.
        line: usize,
        /// Which field.
        field: &'static str,
    },
}

impl Coded for BadLine {
    fn code(&self) -> Code {
        Code::Invalid
    }

    fn message_id(&self) -> &'static str {
        match self {
            Self::Malformed { .. } => "guard-line-malformed",
            Self::Language { .. } => "guard-language-unknown",
        }
    }

    fn args(&self) -> BTreeMap<&'static str, String> {
        match self {
            Self::Malformed { line, problem } => {
                [("line", line.to_string()), ("problem", (*problem).into())].into()
            }
            Self::Language { line, field } => {
                [("line", line.to_string()), ("field", (*field).into())].into()
            }
        }
    }
}

/// A pair as it stands in the file.
#[derive(Deserialize)]
struct Pair {
    source: String,
    source_lang: String,
    target: String,
    target_lang: String,
}

/// Compares every line of a file; `tell` is called once a line that is not blank, in order. A bad line
/// stops nothing.
///
/// # Errors
/// Where the file cannot be read.
pub fn guard(
    file: &Path,
    mut tell: impl FnMut(Result<GuardLine, BadLine>),
) -> Result<(), CommandError> {
    let file = File::open(file).map_err(|_| CommandError::FileNotRead)?;
    for (at, text) in BufReader::new(file).split(b'\n').enumerate() {
        let text = text.map_err(|_| CommandError::FileNotRead)?;
        if !text.trim_ascii().is_empty() {
            tell(compare(at + 1, &text));
        }
    }
    Ok(())
}

fn compare(line: usize, text: &[u8]) -> Result<GuardLine, BadLine> {
    let malformed = |problem| BadLine::Malformed { line, problem };
    if text.len() > LONGEST {
        return Err(malformed("length"));
    }
    let pair: Pair = serde_json::from_slice(text).map_err(|error| match error.is_data() {
        true => malformed("fields"),
        false => malformed("syntax"),
    })?;
    let language =
        |tag: &str, field| Language::from_tag(tag).ok_or(BadLine::Language { line, field });
    let from = language(&pair.source_lang, "source_lang")?;
    let to = language(&pair.target_lang, "target_lang")?;
    let flags = Guard::shared().compare(&pair.source, from, &pair.target, to);
    Ok(GuardLine { flags })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_bad_line_is_named_by_its_number() {
        let of = |text: &str| compare(7, text.as_bytes()).map(|found| found.flags.len());
        let pair = r#"{"source":"Take 10 mg","source_lang":"en","target":"Tome 100 mg","target_lang":"es"}"#;
        assert_eq!(of(pair), Ok(1));
        assert_eq!(
            of("{"),
            Err(BadLine::Malformed {
                line: 7,
                problem: "syntax"
            })
        );
        assert_eq!(
            of("[]"),
            Err(BadLine::Malformed {
                line: 7,
                problem: "fields"
            })
        );
        let tag = pair.replace("\"es\"", "\"xx\"");
        assert_eq!(
            of(&tag),
            Err(BadLine::Language {
                line: 7,
                field: "target_lang"
            })
        );
    }
}
