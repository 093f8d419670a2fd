//! What must not change between a text and a phrase offered for it: negations, numbers, sides, drugs,
//! and opposites such as before and after.
//!
//! The words are data (`assets/phrasebook/guard-words.json`, `drugs.json`). They are rather too many
//! than too few: a word that is wrongly taken for a negation costs an offer, a missed one a patient.

use std::collections::{BTreeMap, HashMap};

use basics::Language;
use serde::Deserialize;

use crate::fold::{bare, is_number, tokens};

/// A sort of fact.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Kind {
    /// No, not, without, never.
    Negation,
    /// Digits, and number words.
    Number,
    /// Left, right, both.
    Side,
    /// A drug.
    Drug,
    /// Before and after, more and less, start and stop.
    Opposite,
}

/// What stands in a text, each as often as it does.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Facts(BTreeMap<(Kind, String), usize>);

/// `guard-words.json`: for each language and kind, groups of words that mean the same; a group is
/// named by its first word. `un*` is every word that begins so, `*less` every word that ends so; where
/// that is the first word, each such word is a fact of its own.
pub(crate) type GuardFile = HashMap<Language, HashMap<Kind, Vec<Vec<String>>>>;

/// `drugs.json`.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct DrugsFile {
    /// The names of one drug in all languages.
    names: Vec<Vec<String>>,
    /// Endings by which a word in Latin letters is known as a drug's.
    endings: Vec<String>,
}

/// The words of every language that has a rule for each kind.
#[derive(Debug, Default)]
pub struct GuardWords(HashMap<Language, Words>);

#[derive(Debug, Default)]
struct Words {
    /// Rows of tokens, with the fact that they state.
    rows: HashMap<Vec<String>, (Kind, String)>,
    longest: usize,
    /// Beginnings and endings, with the name of the fact; without one each word is its own.
    heads: Vec<(Kind, String, Option<String>)>,
    tails: Vec<(Kind, String, Option<String>)>,
}

impl Facts {
    /// The facts of one kind.
    pub fn of(&self, kind: Kind) -> impl Iterator<Item = &str> {
        (self.0.keys()).filter_map(move |(of, name)| (*of == kind).then_some(name.as_str()))
    }

    fn note(&mut self, kind: Kind, name: &str) {
        *self.0.entry((kind, name.to_owned())).or_default() += 1;
    }
}

impl GuardWords {
    pub(crate) fn new(guard: &GuardFile, drugs: &DrugsFile) -> Self {
        const NEEDED: [Kind; 4] = [Kind::Negation, Kind::Number, Kind::Side, Kind::Opposite];
        let complete = guard.iter().filter(|(_, kinds)| {
            !drugs.names.is_empty() && NEEDED.iter().all(|kind| kinds.contains_key(kind))
        });
        let languages = complete.map(|(&language, kinds)| {
            let mut words = Words::default();
            for name in drugs.names.iter().filter(|names| !names.is_empty()) {
                words.add(Kind::Drug, name, language);
            }
            for ending in &drugs.endings {
                words.tails.push((Kind::Drug, bare(ending, language), None));
            }
            for (kind, groups) in kinds {
                for group in groups {
                    words.add(*kind, group, language);
                }
            }
            (language, words)
        });
        Self(languages.collect())
    }

    /// What stands in a text; `None` where the language has no rules.
    pub fn facts(&self, text: &str, language: Language) -> Option<Facts> {
        let tokens: Vec<String> = (tokens(text, language).iter())
            .map(|token| bare(token, language))
            .collect();
        self.facts_of(&tokens, language)
    }

    /// The same for tokens without accents.
    pub(crate) fn facts_of(&self, tokens: &[String], language: Language) -> Option<Facts> {
        let words = self.0.get(&language)?;
        let mut facts = Facts::default();
        let mut at = 0;
        while let Some(token) = tokens.get(at) {
            let longest = words.longest.min(tokens.len() - at);
            let row = (2..=longest)
                .rev()
                .find_map(|length| Some((length, words.rows.get(&tokens[at..at + length])?)));
            if let Some((length, (kind, name))) = row {
                facts.note(*kind, name);
                at += length;
                continue;
            }
            if is_number(token) {
                facts.note(Kind::Number, &token.replace(',', "."));
            } else if let Some((kind, name)) = words.word(token, language) {
                facts.note(kind, &name);
            }
            at += 1;
        }
        french_ne(&mut facts, language);
        Some(facts)
    }
}

impl Words {
    fn add(&mut self, kind: Kind, group: &[String], language: Language) {
        let Some(name) = group.first() else { return };
        let shared = (!name.contains('*')).then(|| name.clone());
        for word in group {
            if let Some(head) = word.strip_suffix('*') {
                self.heads
                    .push((kind, bare(head, language), shared.clone()));
            } else if let Some(tail) = word.strip_prefix('*') {
                self.tails
                    .push((kind, bare(tail, language), shared.clone()));
            } else {
                let row: Vec<String> = (tokens(word, language).iter())
                    .map(|token| bare(token, language))
                    .collect();
                self.longest = self.longest.max(row.len());
                self.rows.entry(row).or_insert((kind, name.clone()));
            }
        }
    }

    fn word(&self, token: &str, language: Language) -> Option<(Kind, String)> {
        let forms = match language {
            Language::Ar => without_prefixes(token),
            _ => vec![token],
        };
        for form in forms {
            if let Some((kind, name)) = self.rows.get(std::slice::from_ref(&form.to_owned())) {
                return Some((*kind, name.clone()));
            }
        }
        let long = |part: &str| token.chars().count() > part.chars().count() + 1;
        let head = (self.heads.iter()).find(|(_, head, _)| token.starts_with(head) && long(head));
        let tail = (self.tails.iter()).find(|(_, tail, _)| token.ends_with(tail) && long(tail));
        let (kind, _, name) = head.or(tail)?;
        Some((*kind, name.clone().unwrap_or_else(|| token.to_owned())))
    }
}

/// An Arabic word without the conjunctions, prepositions and article that are written onto it.
pub(crate) fn without_prefixes(token: &str) -> Vec<&str> {
    let mut forms = vec![token];
    for prefixes in [&["و", "ف"][..], &["ب", "ل", "ك"], &["ال", "ل"]] {
        let stripped: Vec<&str> = (forms.iter())
            .flat_map(|form| {
                prefixes
                    .iter()
                    .filter_map(|prefix| form.strip_prefix(prefix))
            })
            .filter(|form| form.chars().count() > 1)
            .collect();
        forms.extend(stripped);
    }
    forms
}

/// "Je n'ai pas" and "j'ai pas" deny once: "ne" counts only where nothing else denies.
fn french_ne(facts: &mut Facts, language: Language) {
    if language == Language::Fr && facts.of(Kind::Negation).any(|name| name != "ne") {
        facts.0.remove(&(Kind::Negation, "ne".to_owned()));
    }
}
