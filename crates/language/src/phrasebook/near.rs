//! Phrases that come close to a text, offered for the sender to pick.
//!
//! Words count by how rare they are in the phrasebook. A word that the phrasebook does not know must
//! be a slip of a word of the phrase: what could be a drug or a place unknown here is not passed over.
//! Whatever the likeness, nothing is offered that states another fact ([`crate::facts`]), and nothing
//! at all in a language without rules for them.

use std::collections::{BTreeMap, HashMap, HashSet};

use basics::{Language, PhraseUse};

use super::{
    Phrase, Slots,
    exact::{Piece, pieces},
    template::number,
};
use crate::{
    facts::{Facts, GuardWords},
    fold::{bare, is_number, tokens},
};

/// Below this likeness nothing is offered.
const NEAR: f64 = 0.6;
/// A text of more words is no phrase.
const LONGEST: usize = 80;
/// Stands where a slot is not filled: no word runs across it.
const GAP: &str = "\u{0}";

/// A phrase for something close to it.
#[derive(Clone, Debug, PartialEq)]
pub struct Suggestion {
    /// The phrase, with the slots that the text filled.
    pub used: PhraseUse,
    /// How close, from 0.6 to 1.
    pub likeness: f64,
}

pub(super) struct Near {
    guard: GuardWords,
    books: HashMap<Language, Book>,
}

/// The phrases of one language.
struct Book {
    entries: Vec<Entry>,
    /// In how many phrases a unit stands.
    frequency: HashMap<String, usize>,
}

struct Entry {
    pieces: Vec<Piece>,
    /// What a phrase without slots states.
    facts: Option<Facts>,
}

impl Near {
    pub(super) fn new(phrases: &[Phrase], slots: &Slots, guard: GuardWords) -> Self {
        let books = Language::ALL.map(|language| {
            let entry = |phrase: &Phrase| {
                let pieces = pieces(phrase, language, slots).into_iter();
                let pieces: Vec<Piece> = pieces.map(|piece| piece.bare(language)).collect();
                let words: Vec<String> = pieces.iter().flat_map(Piece::words).collect();
                let facts = match phrase.slots.is_empty() {
                    true => guard.facts_of(&words, language),
                    false => None,
                };
                Entry { pieces, facts }
            };
            let entries: Vec<Entry> = phrases.iter().map(entry).collect();
            let mut frequency: HashMap<String, usize> = HashMap::new();
            for entry in &entries {
                let words: Vec<String> = entry.pieces.iter().flat_map(Piece::words).collect();
                for unit in units(&words, language).into_iter().collect::<HashSet<_>>() {
                    *frequency.entry(unit).or_default() += 1;
                }
            }
            (language, Book { entries, frequency })
        });
        Self {
            guard,
            books: books.into(),
        }
    }

    pub(super) fn facts(&self, text: &str, language: Language) -> Option<Facts> {
        self.guard.facts(text, language)
    }

    pub(super) fn find(
        &self,
        text: &str,
        language: Language,
        limit: usize,
        phrases: &[Phrase],
    ) -> Vec<Suggestion> {
        let typed = bare_tokens(text, language);
        if typed.len() > LONGEST {
            return Vec::new();
        }
        let (Some(facts), Some(book)) = (
            self.guard.facts_of(&typed, language),
            self.books.get(&language),
        ) else {
            return Vec::new();
        };
        let mut found: Vec<Suggestion> = Vec::new();
        for (phrase, entry) in phrases.iter().zip(&book.entries) {
            if entry.facts.as_ref().is_some_and(|other| *other != facts) {
                continue;
            }
            let Some((slots, words)) = fill(&entry.pieces, &typed, language) else {
                continue;
            };
            if entry.facts.is_none()
                && self.guard.facts_of(&words, language).as_ref() != Some(&facts)
            {
                continue;
            }
            let words: Vec<String> = words.into_iter().filter(|word| word != GAP).collect();
            let likeness = book.likeness(&typed, &words, language);
            if likeness >= NEAR {
                let phrase = phrase.key.clone();
                found.push(Suggestion {
                    used: PhraseUse { phrase, slots },
                    likeness,
                });
            }
        }
        // Stable: of two as close, the one that stands first in the book.
        found.sort_by(|one, other| other.likeness.total_cmp(&one.likeness));
        found.truncate(limit);
        found
    }
}

impl Book {
    /// From 0 to 1: the share of both texts' weight that the other has too.
    fn likeness(&self, typed: &[String], phrase: &[String], language: Language) -> f64 {
        if language == Language::Te && !only_slips(typed, phrase) {
            return 0.0;
        }
        let typed_units = units(typed, language);
        let mut open = units(phrase, language);
        let total: f64 = typed_units
            .iter()
            .chain(&open)
            .map(|unit| self.weight(unit))
            .sum();
        let mut shared = 0.0;
        let mut lost: Vec<bool> = Vec::new();
        for unit in &typed_units {
            let best = (open.iter().enumerate())
                .map(|(at, other)| (self.same(unit, other, language), at))
                .max_by(|one, other| one.0.total_cmp(&other.0))
                .filter(|(same, _)| *same > 0.0);
            lost.push(best.is_none());
            if let Some((same, at)) = best {
                shared += same * (self.weight(unit) + self.weight(&open.swap_remove(at)));
            }
        }
        if total == 0.0 || self.passes_over_unknown(&typed_units, &lost, typed, phrase, language) {
            return 0.0;
        }
        shared / total
    }

    /// Whether something that the phrasebook does not know is left out by the phrase.
    fn passes_over_unknown(
        &self,
        units: &[String],
        lost: &[bool],
        typed: &[String],
        phrase: &[String],
        language: Language,
    ) -> bool {
        let unknown = |at: usize| lost[at] && !self.frequency.contains_key(&units[at]);
        match language {
            // One wrong character makes two unknown pairs, each beside a known one; an unknown word makes more.
            Language::Zh => (0..units.len()).any(|at| {
                let before = at == 0 || lost[at - 1];
                unknown(at) && before && lost.get(at + 1).is_none_or(|lost| *lost)
            }),
            Language::Ja => loanwords(typed) != loanwords(phrase),
            _ => (0..units.len()).any(unknown),
        }
    }

    /// Rare units weigh more.
    fn weight(&self, unit: &str) -> f64 {
        let phrases = self.entries.len() as f64;
        let frequency = self.frequency.get(unit).copied().unwrap_or(0) as f64;
        ((phrases + 1.0) / (frequency + 0.5)).ln().max(0.1)
    }

    /// How much two units are the same: 1 equal, less for a slip or another ending, 0 different.
    fn same(&self, typed: &str, word: &str, language: Language) -> f64 {
        if typed == word {
            return 1.0;
        }
        if matches!(language, Language::Zh | Language::Ja) || is_number(typed) || is_number(word) {
            return 0.0;
        }
        if !self.frequency.contains_key(typed) && is_slip(typed, word) {
            return 0.85;
        }
        if language != Language::Te && is_inflected(typed, word) {
            return 0.8;
        }
        0.0
    }
}

impl Piece {
    fn bare(self, language: Language) -> Self {
        let bared = |words: Vec<String>| words.iter().map(|word| bare(word, language)).collect();
        match self {
            Self::Word(word) => Self::Word(bare(&word, language)),
            Self::Number(name) => Self::Number(name),
            Self::Listed(name, values) => {
                let values = values.into_iter().map(|(value, key)| (bared(value), key));
                Self::Listed(name, values.collect())
            }
        }
    }

    fn words(&self) -> Vec<String> {
        match self {
            Self::Word(word) => vec![word.clone()],
            Self::Number(_) => vec![GAP.into()],
            Self::Listed(_, values) => (values.iter())
                .flat_map(|(value, _)| value.clone())
                .collect(),
        }
    }
}

/// Fills the slots with what the text holds; the phrase's words with them. `None` where the text's
/// numbers do not say which slot they fill.
fn fill(
    pieces: &[Piece],
    typed: &[String],
    language: Language,
) -> Option<(BTreeMap<String, String>, Vec<String>)> {
    let mut spare: Vec<&String> = typed.iter().filter(|token| is_number(token)).collect();
    for piece in pieces {
        if let Piece::Word(word) = piece
            && let Some(at) = spare.iter().position(|token| *token == word)
        {
            spare.remove(at);
        }
    }
    let places = pieces
        .iter()
        .filter(|piece| matches!(piece, Piece::Number(_)))
        .count();
    // Several numbers in several slots: which is which is for the sender to say.
    if places > 0 && !spare.is_empty() && (places != 1 || spare.len() != 1) {
        return None;
    }
    let said = spare
        .first()
        .filter(|token| number(token, language).is_some());
    let mut slots = BTreeMap::new();
    let mut words = Vec::new();
    for piece in pieces {
        match piece {
            Piece::Word(word) => words.push(word.clone()),
            Piece::Number(name) => {
                words.push(said.map_or_else(|| GAP.into(), |token| (*token).clone()));
                slots.extend(said.map(|token| (name.clone(), (*token).clone())));
            }
            Piece::Listed(name, values) => {
                let holds = |value: &[String]| {
                    !value.is_empty() && typed.windows(value.len()).any(|row| row == value)
                };
                match values.iter().find(|(value, _)| holds(value)) {
                    Some((value, key)) => {
                        slots.insert(name.clone(), key.clone());
                        words.extend(value.iter().cloned());
                    }
                    None => words.push(GAP.into()),
                }
            }
        }
    }
    Some((slots, words))
}

/// A text's tokens without accents.
pub(super) fn bare_tokens(text: &str, language: Language) -> Vec<String> {
    tokens(text, language)
        .iter()
        .map(|token| bare(token, language))
        .collect()
}

/// What is compared: words; in Chinese and Japanese pairs of characters.
fn units(tokens: &[String], language: Language) -> Vec<String> {
    match language {
        Language::Zh | Language::Ja if tokens.len() > 1 => {
            tokens.windows(2).map(|pair| pair.concat()).collect()
        }
        _ => tokens.to_vec(),
    }
}

/// One letter wrong, missing, added or exchanged, two in a long word; never the first two, where
/// `un-` and `in-` would stand.
fn is_slip(typed: &str, word: &str) -> bool {
    let length = typed.chars().count().min(word.chars().count());
    let allowed = match length {
        0..4 => return false,
        4..8 => 1,
        _ => 2,
    };
    typed.chars().take(2).eq(word.chars().take(2))
        && strsim::damerau_levenshtein(typed, word) <= allowed
}

/// Four letters or more the same, at most three of an ending different.
fn is_inflected(typed: &str, word: &str) -> bool {
    let shared = typed
        .chars()
        .zip(word.chars())
        .take_while(|(a, b)| a == b)
        .count();
    let ending = |word: &str| word.chars().count() - shared;
    shared >= 4 && ending(typed) <= 3 && ending(word) <= 3
}

/// Telugu denies in the verb's ending, and the verb stands last: the last word must be the same, any
/// other at most a slip with the same ending.
fn only_slips(typed: &[String], phrase: &[String]) -> bool {
    let tail = |word: &str| word.chars().rev().take(3).collect::<Vec<_>>();
    typed.len() == phrase.len()
        && typed.last() == phrase.last()
        && typed.iter().zip(phrase).all(|(typed, word)| {
            typed == word || (is_slip(typed, word) && tail(typed) == tail(word))
        })
}

/// Words in katakana or Latin letters: drugs and names among them.
fn loanwords(tokens: &[String]) -> Vec<String> {
    let is_loan = |token: &&String| {
        token
            .chars()
            .all(|c| c.is_ascii_alphabetic() || ('\u{30a1}'..='\u{30fc}').contains(&c))
    };
    tokens
        .chunk_by(|one, other| is_loan(&one) == is_loan(&other))
        .filter(|run| run.first().is_some_and(|first| is_loan(&first)))
        .map(<[String]>::concat)
        .collect()
}
