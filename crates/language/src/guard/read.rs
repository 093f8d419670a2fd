//! What a text states, by the rules of its language.

use std::{collections::HashSet, ops::Range};

use basics::Language;

use super::{
    Kind,
    amounts::{numbers_apart, shared_times},
    denials::denied_once,
    lexer::{Sort, Token, lex},
    rules::{Group, Meaning, Words},
};
use crate::facts::without_prefixes;

/// Shorter words have such endings by chance.
const UNNAMED: usize = 8;

/// A text and what it states.
pub(super) struct Read<'a> {
    pub(super) text: &'a str,
    pub(super) tokens: Vec<Token>,
    pub(super) numbers: Vec<Number>,
    pub(super) facts: Vec<Fact>,
    /// Units that stand anywhere, beside a number or not.
    pub(super) units: HashSet<String>,
}

impl Read<'_> {
    /// Its facts of one group.
    pub(super) fn of(&self, group: Group) -> Vec<Fact> {
        let facts = self.facts.iter().filter(|fact| fact.group == group);
        facts.cloned().collect()
    }
}

/// A number.
#[derive(Clone, Debug)]
pub(super) struct Number {
    /// Each value that it may have.
    pub(super) values: Vec<i128>,
    /// Whether the other text must have it, too.
    pub(super) sure: bool,
    /// Part of a name, as in COVID-19, or a one or nothing that others leave out: it counts only where
    /// another takes its place.
    pub(super) weak: bool,
    pub(super) unit: Option<String>,
    pub(super) is_dose: bool,
    pub(super) span: Range<usize>,
}

/// Anything else.
#[derive(Clone, Debug)]
pub(super) struct Fact {
    pub(super) kind: Kind,
    pub(super) group: Group,
    pub(super) name: String,
    pub(super) sure: bool,
    pub(super) span: Range<usize>,
}

/// Reads a text.
pub(super) fn read<'a>(text: &'a str, language: Language, words: &Words) -> Read<'a> {
    let tokens = numbers_apart(lex(text, language), language);
    let texts: Vec<&str> = tokens.iter().map(|token| token.text.as_str()).collect();
    let mut read = Read {
        text,
        tokens: Vec::new(),
        numbers: Vec::new(),
        facts: Vec::new(),
        units: HashSet::new(),
    };
    let mut at = 0;
    while at < tokens.len() {
        let state = State {
            text,
            tokens: &tokens,
            texts: &texts,
            language,
            words,
        };
        if let Some((_, unit)) = state.unit(at) {
            read.units.insert(unit.to_owned());
        }
        at = (state.month(at, &mut read))
            .or_else(|| state.number(at, &mut read))
            .unwrap_or_else(|| state.word(at, &mut read));
    }
    shared_times(&mut read.numbers);
    denied_once(&mut read);
    read.tokens = tokens;
    read
}

/// A text while it is read.
pub(super) struct State<'a> {
    pub(super) text: &'a str,
    pub(super) tokens: &'a [Token],
    pub(super) texts: &'a [&'a str],
    pub(super) language: Language,
    pub(super) words: &'a Words,
}

impl State<'_> {
    /// The rules' row of words here; in Arabic also without the prefixes written onto the first.
    pub(super) fn find(&self, at: usize) -> Option<(usize, &[Meaning])> {
        let rest = self.texts.get(at..)?;
        if let Some(found) = self.words.find(rest) {
            return Some(found);
        }
        if self.language != Language::Ar {
            return None;
        }
        without_prefixes(rest.first()?)
            .into_iter()
            .find_map(|form| {
                let mut row: Vec<&str> = vec![form];
                row.extend(rest.iter().skip(1).take(4));
                self.words.find(&row)
            })
    }

    /// Reads 5月, which is a month and no five; where the next token is.
    fn month(&self, at: usize, read: &mut Read<'_>) -> Option<usize> {
        let digits = self.tokens[at].sort == Sort::Number;
        let (length, meanings) = self.find(at).filter(|(length, _)| digits && *length > 1)?;
        self.note(meanings.to_vec(), at, length, read);
        Some(at + length)
    }

    /// Reads a word that is no number; where the next token is.
    fn word(&self, at: usize, read: &mut Read<'_>) -> usize {
        let token = &self.tokens[at];
        if token.sort != Sort::Word {
            return at + 1;
        }
        for value in self.words.names.get(&token.text).into_iter().flatten() {
            read.numbers.push(explains(*value, token));
        }
        let (length, meanings) = match self.find(at) {
            Some((length, meanings)) => (length, meanings.to_vec()),
            None => {
                let part = self.words.part(&token.text).cloned();
                (
                    1,
                    part.or_else(|| self.unnamed_drug(token))
                        .into_iter()
                        .collect(),
                )
            }
        };
        self.note(meanings, at, length, read);
        at + length
    }

    /// Notes what the words from here mean.
    fn note(&self, meanings: Vec<Meaning>, at: usize, length: usize, read: &mut Read<'_>) {
        let token = &self.tokens[at];
        let span = token.span.start..self.tokens[at + length - 1].span.end;
        for meaning in meanings {
            match meaning {
                Meaning::Fact {
                    kind,
                    group,
                    name,
                    sure,
                } => {
                    let sure = sure || (group == Group::Month && self.beside_number(at, length));
                    read.facts.push(Fact {
                        kind,
                        group,
                        name,
                        sure,
                        span: span.clone(),
                    });
                }
                Meaning::Number { value, .. } => read.numbers.push(explains(value, token)),
                Meaning::Plain | Meaning::Times(_) | Meaning::And => {}
            }
        }
    }

    /// A word that no list names, known as a drug by its ending.
    fn unnamed_drug(&self, token: &Token) -> Option<Meaning> {
        let ends = |ending: &String| token.text.ends_with(ending.as_str());
        let is_drug = token.text.len() >= UNNAMED && self.words.endings.iter().any(ends);
        is_drug.then(|| Meaning::Fact {
            kind: Kind::Drug,
            group: Group::SpeltDrug,
            name: token.text.clone(),
            sure: false,
        })
    }

    fn beside_number(&self, at: usize, length: usize) -> bool {
        let is_number = |at: usize| {
            self.tokens
                .get(at)
                .is_some_and(|token| token.sort == Sort::Number)
        };
        is_number(at + length) || at > 0 && is_number(at - 1)
    }
}

/// A number that explains one of the other text and asks for none.
fn explains(value: i128, token: &Token) -> Number {
    Number {
        values: vec![value],
        sure: false,
        weak: false,
        unit: None,
        is_dose: false,
        span: token.span.clone(),
    }
}
