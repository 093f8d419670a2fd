//! Finds the phrase that a text *is*: equal but for case, punctuation, spacing and what fills the slots.
//!
//! One mark is no mere punctuation: where a question mark alone makes the question (Spanish "Tiene
//! fiebre."), a text that ends as a statement is not the question, and nowhere is a text that ends
//! as a question the statement.

use std::collections::{BTreeMap, HashMap};

use basics::{Language, PhraseUse};

use super::{
    Phrase, SlotKind, Slots,
    template::{Part, number},
};
use crate::fold::{Ending, asks, ending, is_number, tokens};

/// Phrases by their tokens.
pub(super) struct Exact {
    /// Without slots, by language and tokens.
    plain: HashMap<(Language, Vec<String>), usize>,
    /// With slots, in the book's order.
    slotted: Vec<(Language, usize, Vec<Piece>)>,
}

/// A piece of a phrase with slots.
pub(super) enum Piece {
    Word(String),
    Number(String),
    /// A slot's name, and its values' tokens with their keys, longest first.
    Listed(String, Vec<(Vec<String>, String)>),
}

impl Exact {
    pub(super) fn new(phrases: &[Phrase], slots: &Slots) -> Self {
        let mut plain = HashMap::new();
        let mut slotted = Vec::new();
        for (at, phrase) in phrases.iter().enumerate() {
            for language in Language::ALL {
                if phrase.slots.is_empty() {
                    let tokens = tokens(&phrase.text(language), language);
                    plain.entry((language, tokens)).or_insert(at);
                } else {
                    slotted.push((language, at, pieces(phrase, language, slots)));
                }
            }
        }
        Self { plain, slotted }
    }

    pub(super) fn find(
        &self,
        text: &str,
        language: Language,
        phrases: &[Phrase],
    ) -> Option<PhraseUse> {
        let tokens = tokens(text, language);
        let ending = ending(text);
        if tokens.is_empty() {
            return None;
        }
        let agrees = |at: usize| {
            phrases
                .get(at)
                .filter(|phrase| agrees(phrase, language, ending))
        };
        let key = (language, tokens);
        if let Some(phrase) = self.plain.get(&key).and_then(|at| agrees(*at)) {
            return Some(PhraseUse {
                phrase: phrase.key.clone(),
                slots: BTreeMap::new(),
            });
        }
        let (_, tokens) = key;
        self.slotted
            .iter()
            .filter(|(of, ..)| *of == language)
            .find_map(|(_, at, pieces)| {
                let phrase = agrees(*at)?;
                let mut slots = BTreeMap::new();
                fit(pieces, &tokens, language, &mut slots).then(|| PhraseUse {
                    phrase: phrase.key.clone(),
                    slots,
                })
            })
    }
}

/// A phrase with slots, as pieces.
pub(super) fn pieces(phrase: &Phrase, language: Language, slots: &Slots) -> Vec<Piece> {
    let Ok(template) = phrase.template(language) else {
        return Vec::new();
    };
    let mut pieces = Vec::new();
    for part in template.parts() {
        match part {
            Part::Words(words) => {
                pieces.extend(tokens(words, language).into_iter().map(Piece::Word))
            }
            Part::Slot(name) => pieces.push(match phrase.slot(name) {
                Some(SlotKind::Listed(kind)) => {
                    let values = slots.get(kind).map_or(&[][..], Vec::as_slice);
                    Piece::Listed(name.clone(), by_length(values, language))
                }
                _ => Piece::Number(name.clone()),
            }),
        }
    }
    pieces
}

fn by_length(values: &[(String, super::Texts)], language: Language) -> Vec<(Vec<String>, String)> {
    let mut listed: Vec<_> = values
        .iter()
        .filter_map(|(key, texts)| Some((tokens(texts.get(&language)?, language), key.clone())))
        .collect();
    listed.sort_by_key(|(tokens, _)| std::cmp::Reverse(tokens.len()));
    listed
}

/// Whether the pieces take up all of these tokens; what fills the slots is put in.
fn fit(
    pieces: &[Piece],
    tokens: &[String],
    language: Language,
    slots: &mut BTreeMap<String, String>,
) -> bool {
    let Some((piece, pieces)) = pieces.split_first() else {
        return tokens.is_empty();
    };
    match piece {
        Piece::Word(word) => tokens
            .split_first()
            .is_some_and(|(token, rest)| token == word && fit(pieces, rest, language, slots)),
        Piece::Number(name) => tokens.split_first().is_some_and(|(token, rest)| {
            if !is_number(token) || number(token, language).is_none() {
                return false;
            }
            slots.insert(name.clone(), token.clone());
            fit(pieces, rest, language, slots)
        }),
        Piece::Listed(name, values) => values.iter().any(|(value, key)| {
            let Some(rest) = tokens.strip_prefix(value.as_slice()) else {
                return false;
            };
            slots.insert(name.clone(), key.clone());
            fit(pieces, rest, language, slots)
        }),
    }
}

/// Whether the text's ending leaves it the sentence that the phrase is.
fn agrees(phrase: &Phrase, language: Language, ending: Ending) -> bool {
    // In the others a verb in front, a particle or a question word makes the question.
    let mark_makes_it = matches!(
        language,
        Language::Ar | Language::Es | Language::Fr | Language::Pt | Language::Ru | Language::Te
    );
    match ending {
        Ending::Question => phrase.is_question(language),
        Ending::Statement => !(mark_makes_it && asks(&phrase.text(language))),
        Ending::Open => true,
    }
}
