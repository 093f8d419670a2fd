//! A phrase's text with its slots: `Pain from 0 to 10: {n}`.

use basics::Language;

use crate::{
    error::Result,
    fold::{is_number, tokens},
};

/// Words and slots in turn.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Template(Vec<Part>);

/// A part of a text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Part {
    /// As it stands.
    Words(String),
    /// A slot, by name.
    Slot(String),
}

impl Template {
    /// Reads a text; `None` where a brace is left alone or a name is empty.
    pub(crate) fn parse(text: &str) -> Option<Self> {
        let mut parts = Vec::new();
        let mut rest = text;
        while let Some((words, after)) = rest.split_once('{') {
            let (name, after) = after.split_once('}')?;
            if name.is_empty() || words.contains('}') || name.contains('{') {
                return None;
            }
            parts.push(Part::Words(words.into()));
            parts.push(Part::Slot(name.into()));
            rest = after;
        }
        parts.push(Part::Words(rest.into()));
        parts.retain(|part| *part != Part::Words(String::new()));
        (!rest.contains('}')).then_some(Self(parts))
    }

    pub(crate) fn parts(&self) -> &[Part] {
        &self.0
    }

    /// Names of its slots, in order.
    pub(crate) fn slots(&self) -> impl Iterator<Item = &str> {
        self.0.iter().filter_map(|part| match part {
            Part::Slot(name) => Some(name.as_str()),
            Part::Words(_) => None,
        })
    }

    /// The text it was read from.
    pub(crate) fn source(&self) -> String {
        let parts = self.0.iter().map(|part| match part {
            Part::Words(words) => words.clone(),
            Part::Slot(name) => format!("{{{name}}}"),
        });
        parts.collect()
    }

    /// The text with every slot filled.
    pub(crate) fn fill(&self, mut value: impl FnMut(&str) -> Result<String>) -> Result<String> {
        let mut text = String::new();
        for part in &self.0 {
            match part {
                Part::Words(words) => text.push_str(words),
                Part::Slot(name) => text.push_str(&value(name)?),
            }
        }
        Ok(text)
    }
}

/// A number as a language writes it: at most seven digits, of which at most two stand behind a point
/// or comma. Three would read as thousands in one country and thousandths in the next.
pub(crate) fn number(typed: &str, language: Language) -> Option<String> {
    let tokens = tokens(typed, Language::En);
    let [token] = tokens.as_slice() else {
        return None;
    };
    if !is_number(token) {
        return None;
    }
    let unsigned = token.strip_prefix('-').unwrap_or(token);
    let (whole, part) = match unsigned.split_once(['.', ',']) {
        Some((whole, part)) => (whole, Some(part)),
        None => (unsigned, None),
    };
    let digits = |text: &str, most: usize| {
        (1..=most).contains(&text.len()) && text.bytes().all(|byte| byte.is_ascii_digit())
    };
    if !digits(whole, 5) || part.is_some_and(|part| !digits(part, 2)) {
        return None;
    }
    let point = match language {
        Language::De | Language::Es | Language::Fr | Language::Pt | Language::Ru => ',',
        _ => '.',
    };
    Some(match part {
        Some(part) => format!(
            "{}{whole}{point}{part}",
            &token[..token.len() - unsigned.len()]
        ),
        None => token.clone(),
    })
}

/// The text with its first letter raised, behind any opening mark.
pub(crate) fn raised(text: &str) -> String {
    let Some((at, first)) = text
        .char_indices()
        .find(|(_, c)| c.is_alphanumeric() || *c == '{')
    else {
        return text.into();
    };
    let (head, tail) = text.split_at(at);
    let tail = &tail[first.len_utf8()..];
    head.chars()
        .chain(first.to_uppercase())
        .chain(tail.chars())
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn braces_must_pair() {
        for bad in ["{", "}", "a {b", "a {} b", "a } {b}", "{a{b}}"] {
            assert_eq!(Template::parse(bad), None, "{bad}");
        }
        for good in ["", "words", "{n}", "a {b} {c}."] {
            assert_eq!(Template::parse(good).unwrap().source(), good);
        }
    }

    #[test]
    fn a_number_is_written_as_the_language_writes_it_or_not_at_all() {
        assert_eq!(number("2,5", Language::En).as_deref(), Some("2.5"));
        assert_eq!(number("٢٫٥", Language::De).as_deref(), Some("2,5"));
        assert_eq!(number("-3", Language::Hi).as_deref(), Some("-3"));
        for bad in [
            "1,500", "1.000", "ten", "", "3 4", "1/2", "123456", "1.2.3", "8:30", "-",
        ] {
            assert_eq!(number(bad, Language::En), None, "{bad}");
        }
    }

    #[test]
    fn the_first_letter_is_raised_behind_opening_marks() {
        assert_eq!(raised("¿dónde?"), "¿Dónde?");
        assert_eq!(raised("это"), "Это");
        assert_eq!(raised("{n} tablets"), "{n} tablets");
        assert_eq!(raised("疼吗"), "疼吗");
        assert_eq!(raised("…"), "…");
    }
}
