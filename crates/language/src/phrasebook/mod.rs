//! The phrasebook: clinical phrases in eleven languages, shipped inside the program.
//!
//! A phrase is found by its key, by its exact text ([`Phrasebook::exact`]), or offered for something
//! close to it ([`Phrasebook::suggest`]) for the sender to pick. English is what every other language
//! translates; who stands behind a translation is [`Phrasebook::standing`].

mod exact;
mod file;
mod load;
mod near;
mod standing;
mod template;

use std::{collections::HashMap, sync::OnceLock};

use basics::{Language, PhraseUse};

use self::{exact::Exact, near::Near, template::Template};
use crate::{
    error::{Error, Result},
    facts::{Facts, GuardWords},
};

pub use file::{Kind, SlotKind, Who};
pub use near::Suggestion;
pub use standing::{Approval, Approvals, Standing};

/// One text for each language.
pub type Texts = HashMap<Language, String>;

/// Every phrase, and what is needed to find one.
pub struct Phrasebook {
    situations: Vec<Situation>,
    phrases: Vec<Phrase>,
    by_key: HashMap<String, usize>,
    slots: Slots,
    same_as_english: Vec<String>,
    exact: Exact,
    near: Near,
}

/// A group of phrases.
#[derive(Debug)]
pub struct Situation {
    /// Its key, e.g. `pain`.
    pub key: String,
    /// Its title.
    pub title: Texts,
}

/// A phrase.
#[derive(Debug)]
pub struct Phrase {
    /// Its key, e.g. `pain-where`.
    pub key: String,
    /// Key of the situation it belongs to.
    pub situation: String,
    /// What sort of sentence it is.
    pub kind: Kind,
    /// Who says it.
    pub who: Who,
    /// Its slots, in the order of the English text.
    pub slots: Vec<(String, SlotKind)>,
    texts: HashMap<Language, Template>,
    professional: HashMap<Language, String>,
}

/// The values that a slot may take: kind, then the values' keys with their texts, in order.
pub(crate) type Slots = HashMap<String, Vec<(String, Texts)>>;

impl Phrasebook {
    /// The phrasebook inside this program.
    ///
    /// # Errors
    /// [`Error::Phrasebook`] where a file of it is not valid; a defect of the build.
    pub fn embedded() -> Result<&'static Self> {
        static BOOK: OnceLock<Result<Phrasebook>> = OnceLock::new();
        BOOK.get_or_init(load::embedded)
            .as_ref()
            .map_err(Error::clone)
    }

    /// A phrasebook from `(file name, content)`: `NN-<situation>.json`, `slots.json`,
    /// `same-as-english.json`, `guard-words.json`, `drugs.json`.
    ///
    /// # Errors
    /// [`Error::Phrasebook`] naming the first file, key and rule that is broken.
    pub fn from_files<'a>(files: impl IntoIterator<Item = (&'a str, &'a [u8])>) -> Result<Self> {
        let book = load::read(files)?;
        let guard = GuardWords::new(&book.guard, &book.drugs);
        Ok(Self {
            exact: Exact::new(&book.phrases, &book.slots),
            near: Near::new(&book.phrases, &book.slots, guard),
            by_key: (book.phrases.iter().enumerate())
                .map(|(at, phrase)| (phrase.key.clone(), at))
                .collect(),
            situations: book.situations,
            phrases: book.phrases,
            slots: book.slots,
            same_as_english: book.same_as_english,
        })
    }

    /// The situations, in the book's order.
    pub fn situations(&self) -> &[Situation] {
        &self.situations
    }

    /// The phrases, in the book's order.
    pub fn phrases(&self) -> &[Phrase] {
        &self.phrases
    }

    /// The phrase with this key.
    ///
    /// # Errors
    /// [`Error::NoSuchPhrase`].
    pub fn phrase(&self, key: &str) -> Result<&Phrase> {
        let at = self.by_key.get(key).ok_or(Error::NoSuchPhrase)?;
        self.phrases.get(*at).ok_or(Error::NoSuchPhrase)
    }

    /// The values that fill a slot of this kind, each with its key; none for a number.
    pub fn values(&self, kind: &SlotKind) -> &[(String, Texts)] {
        match kind {
            SlotKind::Number => &[],
            SlotKind::Listed(name) => self.slots.get(name).map_or(&[], Vec::as_slice),
        }
    }

    /// The numbers, sides, drugs, negations and opposites in a text; `None` where the language has no rules.
    pub fn facts(&self, text: &str, language: Language) -> Option<Facts> {
        self.near.facts(text, language)
    }

    /// Keys `phrase/language` and `slots/kind/value/language` whose text may equal the English.
    pub fn same_as_english(&self) -> &[String] {
        &self.same_as_english
    }

    /// The phrase in a language, its slots filled, its first letter raised.
    ///
    /// # Errors
    /// [`Error::NoSuchPhrase`]; [`Error::Slot`] where one is empty or filled with what it does not take.
    pub fn render(&self, used: &PhraseUse, language: Language) -> Result<String> {
        let phrase = self.phrase(&used.phrase)?;
        if let Some(unknown) = (used.slots.keys()).find(|name| phrase.slot(name).is_none()) {
            let slot = unknown.clone();
            return Err(Error::Slot { slot });
        }
        let text = phrase.template(language)?.fill(|slot| {
            let refused = || Error::Slot { slot: slot.into() };
            let value = used.slots.get(slot).ok_or_else(refused)?;
            match phrase.slot(slot).ok_or_else(refused)? {
                SlotKind::Number => template::number(value, language).ok_or_else(refused),
                kind => (self.values(kind).iter())
                    .find(|(key, _)| key == value)
                    .and_then(|(_, texts)| texts.get(&language).cloned())
                    .ok_or_else(refused),
            }
        })?;
        Ok(template::raised(&text))
    }

    /// The phrase that this text is, but for case, punctuation, spacing and slots.
    pub fn exact(&self, text: &str, language: Language) -> Option<PhraseUse> {
        self.exact.find(text, language, &self.phrases)
    }

    /// Phrases that come close to this text, best first, for the sender to pick from. None of them
    /// differs from it in a negation, a number, a side, a drug or an opposite such as before and
    /// after. Slots that the text does not fill are left out of [`Suggestion::used`].
    pub fn suggest(&self, text: &str, language: Language, limit: usize) -> Vec<Suggestion> {
        self.near.find(text, language, limit, &self.phrases)
    }

    /// Phrases whose text in one of two languages holds all of these words, in the book's order.
    pub fn browse(
        &self,
        situation: Option<&str>,
        query: &str,
        languages: [Language; 2],
    ) -> Vec<&Phrase> {
        let wanted = languages.map(|language| near::bare_tokens(query, language));
        (self.phrases.iter())
            .filter(|phrase| situation.is_none_or(|key| key == phrase.situation))
            .filter(|phrase| {
                (languages.iter().zip(&wanted)).any(|(&language, wanted)| {
                    let text = near::bare_tokens(&phrase.text(language), language).join(" ");
                    wanted.iter().all(|word| text.contains(word.as_str()))
                })
            })
            .collect()
    }
}

impl Phrase {
    /// Its text as it stands in the book, slots as `{name}`.
    pub fn text(&self, language: Language) -> String {
        (self.texts.get(&language)).map_or_else(String::new, Template::source)
    }

    /// Its text as it is shown: the first letter raised.
    pub fn shown(&self, language: Language) -> String {
        template::raised(&self.text(language))
    }

    /// Whether this one says it; `Both` asks for what either says.
    pub fn is_said_by(&self, speaker: Who) -> bool {
        self.who == speaker || self.who == Who::Both || speaker == Who::Both
    }

    /// What the slot of this name takes.
    pub fn slot(&self, name: &str) -> Option<&SlotKind> {
        (self.slots.iter()).find_map(|(slot, kind)| (slot == name).then_some(kind))
    }

    /// Whether it is a question in this language.
    fn is_question(&self, language: Language) -> bool {
        self.kind == Kind::Question || crate::fold::asks(&self.text(language))
    }

    fn template(&self, language: Language) -> Result<&Template> {
        self.texts.get(&language).ok_or(Error::NoSuchPhrase)
    }
}
