//! Reads an engine's answer as it comes, statement by statement. A statement is shown when it is whole,
//! names passages that were given, and may rest on them; anything else is withheld and counted. So nothing
//! that was not checked is ever on a screen, not even while the answer is being written.

use basics::Phi;

use super::{
    ask::{About, Given, NOT_FOUND},
    support,
};

/// Of a longer answer the rest is not read.
const LONGEST: usize = 8_000;

/// A statement that may be shown.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Statement {
    /// Its words, without the numbers.
    pub text: Phi<String>,
    /// The passages that it rests on, from 1.
    pub rests_on: Vec<usize>,
}

/// Why a statement is withheld.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Doubt {
    /// It names no passage.
    Uncited,
    /// It names a passage that was not given.
    Unknown,
    /// It has a number that its passages have not.
    Number,
    /// It names a drug that its passages do not.
    Drug,
    /// It names a side that its passages do not.
    Side,
    /// It denies what its passages do not, or the other way round.
    Negation,
    /// It has nothing to do with its passages.
    Unrelated,
    /// It tells a patient what they have or should do.
    Advice,
}

/// Reads one answer.
pub struct Reader {
    about: About,
    given: Vec<Given>,
    rest: String,
    read: usize,
    statements: Vec<Statement>,
    withheld: Vec<Doubt>,
    not_found: bool,
}

impl Reader {
    /// A reader of an answer from these passages.
    pub fn new(about: About, given: Vec<Given>) -> Self {
        Self {
            about,
            given,
            rest: String::new(),
            read: 0,
            statements: Vec::new(),
            withheld: Vec::new(),
            not_found: false,
        }
    }

    /// Takes some more words; whether anything new can be shown.
    pub fn push(&mut self, words: &str) -> bool {
        self.read += words.len();
        self.rest.push_str(words);
        let before = self.seen();
        while let Some(end) = whole(&self.rest, false) {
            self.take(end);
        }
        self.seen() != before
    }

    /// Whether the answer is longer than anybody asked for: then there is no more to read.
    pub fn is_full(&self) -> bool {
        self.read > LONGEST
    }

    /// The answer has ended by itself: what is left is whole.
    pub fn finish(&mut self) {
        while let Some(end) = whole(&self.rest, true) {
            self.take(end);
        }
    }

    /// What may be shown.
    pub fn statements(&self) -> &[Statement] {
        &self.statements
    }

    /// Why others may not.
    pub fn withheld(&self) -> &[Doubt] {
        &self.withheld
    }

    /// The engine says that nothing of what it was given answers, and said nothing else.
    pub fn is_not_found(&self) -> bool {
        self.not_found && self.statements.is_empty()
    }

    fn seen(&self) -> (usize, usize, bool) {
        (self.statements.len(), self.withheld.len(), self.not_found)
    }

    fn take(&mut self, end: usize) {
        let segment: String = self.rest.drain(..end).collect();
        let (text, rests_on) = parted(&segment);
        if !text.chars().any(char::is_alphanumeric) {
            return;
        }
        if text
            .trim_end_matches(['.', '!'])
            .eq_ignore_ascii_case(NOT_FOUND)
        {
            self.not_found = true;
            return;
        }
        let cited: Option<Vec<&Given>> = (rests_on.iter())
            .map(|n| self.given.get(n.checked_sub(1)?))
            .collect();
        let doubt = match cited {
            None => Some(Doubt::Unknown),
            Some(cited) if cited.is_empty() => Some(Doubt::Uncited),
            Some(cited) => support::doubt(&text, &cited, self.about),
        };
        match doubt {
            Some(doubt) => self.withheld.push(doubt),
            None => self.statements.push(Statement {
                text: Phi::new(text),
                rests_on,
            }),
        }
    }
}

/// Where the first whole statement ends, with the numbers that follow it.
fn whole(text: &str, ended: bool) -> Option<usize> {
    let chars: Vec<(usize, char)> = text.char_indices().collect();
    let at = |index: usize| chars.get(index).map(|&(_, c)| c);
    for (index, &(_, c)) in chars.iter().enumerate() {
        let stops = match c {
            '\n' | '。' | '！' | '？' | '।' => true,
            '.' | '!' | '?' => {
                at(index + 1).is_none_or(|next| next.is_whitespace() || "[)\"”»".contains(next))
                    && !(c == '.' && is_abbreviated(&text[..chars[index].0]))
            }
            _ => false,
        };
        let cites = c == ']' && ends_with_citation(&text[..=chars[index].0]);
        if !stops && !cites {
            continue;
        }
        let next = match after_citations(&chars, text, index + 1) {
            Some(next) => next,
            // A bracket is open.
            None if ended => return Some(text.len()),
            None => return None,
        };
        match chars.get(next) {
            None if ended => return Some(text.len()),
            None => return None,
            Some(&(byte, _)) if stops => return Some(byte),
            // "… on Monday [1] The next begins."
            Some(&(byte, c)) if !c.is_lowercase() && !c.is_ascii_punctuation() => {
                return Some(byte);
            }
            Some(_) => {}
        }
    }
    (ended && !text.is_empty()).then_some(text.len())
}

/// Skips spaces, closing marks and numbers in brackets; `None` inside a bracket that is not closed yet.
fn after_citations(chars: &[(usize, char)], text: &str, from: usize) -> Option<usize> {
    let mut index = from;
    while let Some(&(byte, c)) = chars.get(index) {
        match c {
            '[' => {
                let close = text[byte..].find(']')?;
                if !ends_with_citation(&text[..=byte + close]) {
                    break;
                }
                index += text[byte..=byte + close].chars().count();
            }
            _ if c.is_whitespace() || ".!?,;)\"”»".contains(c) => index += 1,
            _ => break,
        }
    }
    Some(index)
}

fn ends_with_citation(text: &str) -> bool {
    (text.strip_suffix(']'))
        .and_then(|text| text.rsplit_once('['))
        .is_some_and(|(_, inside)| !numbers_in(inside).is_empty())
}

/// `1`, `1, 2`, `1;2`; none where anything else stands there.
fn numbers_in(inside: &str) -> Vec<usize> {
    let numbers = inside.split([',', ';']).map(|part| part.trim().parse());
    numbers.collect::<Result<_, _>>().unwrap_or_default()
}

/// A full stop after this does not end a sentence.
fn is_abbreviated(before: &str) -> bool {
    let word = before
        .rsplit(|c: char| !c.is_alphanumeric())
        .next()
        .unwrap_or_default();
    let alone = before.trim() == word;
    let lower = word.to_lowercase();
    ["dr", "mr", "mrs", "ms", "prof", "st", "vs", "approx", "fig", "resp"].contains(&lower.as_str())
        || (word.chars().count() == 1 && word.chars().all(char::is_alphabetic))
        // The number of an item in a list.
        || (alone && !word.is_empty() && word.bytes().all(|byte| byte.is_ascii_digit()))
}

/// The words, and the numbers in brackets; Markdown's marks are left out.
fn parted(segment: &str) -> (String, Vec<usize>) {
    let mut words = String::new();
    let mut numbers = Vec::new();
    let mut rest = segment;
    while let Some((before, after)) = rest.split_once('[') {
        words.push_str(before);
        let cited = after
            .split_once(']')
            .map(|(inside, after)| (numbers_in(inside), after))
            .filter(|(cited, _)| !cited.is_empty());
        match cited {
            Some((cited, after)) => {
                numbers.extend(cited);
                rest = after;
            }
            None => {
                words.push('[');
                rest = after;
            }
        }
    }
    words.push_str(rest);
    let words: Vec<&str> = words.split_whitespace().collect();
    let mut text = words.join(" ").replace(['*', '`', '#'], "");
    for mark in ['.', ',', '!', '?', ';', ':'] {
        text = text.replace(&format!(" {mark}"), &mark.to_string());
    }
    let text = text.trim().trim_start_matches("- ").trim();
    // The number of an item in a list.
    let text = match text.split_once(". ") {
        Some((n, rest)) if n.len() < 3 && n.bytes().all(|byte| byte.is_ascii_digit()) => rest,
        _ => text,
    };
    let text = text.to_owned();
    numbers.sort_unstable();
    numbers.dedup();
    (text, numbers)
}

#[cfg(test)]
mod tests;
