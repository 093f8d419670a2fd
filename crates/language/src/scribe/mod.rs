//! The scribe: a clinical note drafted from a consultation – symptoms, diagnosis, treatment plan.
//!
//! An engine writes sentences and names the messages that each rests on; whatever it writes is then
//! checked here, sentence by sentence, against those messages. A sentence that they do not carry is
//! struck out with the reason, never hidden and never repaired. What people said is data to the engine,
//! and the checks do not ask whether it obeyed somebody: they look only at what was said.
//!
//! Without an engine there is an extract: sentences of the conversation, word for word.

mod ask;
mod check;
mod extract;
mod listen;
#[cfg(test)]
mod tests;
mod words;

use basics::{Language, MessageId, Phi};

pub use ask::draft;
pub use extract::extract;

use crate::{
    error::{Error, Result},
    fold::{is_number, tokens},
};

/// Words of conversation below which no note is drafted.
pub const FEWEST_WORDS: usize = 40;

/// What a note is drafted from.
#[derive(Clone, Debug)]
pub struct Conversation {
    /// The language of the note: what the doctor reads and writes.
    pub language: Language,
    /// What was said, in order.
    pub heard: Vec<Heard>,
}

/// One message.
#[derive(Clone, Debug)]
pub struct Heard {
    /// Which.
    pub id: MessageId,
    /// Who said it.
    pub by: Teller,
    /// In which words: as it was said first, then its translations.
    pub said: Vec<Wording>,
}

/// A text and its language.
#[derive(Clone, Debug)]
pub struct Wording {
    /// Its language.
    pub language: Language,
    /// The words.
    pub text: Phi<String>,
}

/// Who said something.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Teller {
    /// The doctor.
    Doctor,
    /// The patient, or whoever came with them.
    Patient,
}

/// A drafted note.
#[derive(Clone, Debug, PartialEq)]
pub struct Draft {
    /// Who drafted it.
    pub by: Drafter,
    /// Its sentences: symptoms first, then diagnosis, then plan.
    pub sentences: Vec<Sentence>,
}

/// Who drafted a note.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Drafter {
    /// An engine of this name.
    Engine(String),
    /// Nobody: these are sentences of the conversation, sorted by rules.
    Extract,
}

/// A part of a note.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Section {
    /// What the patient has.
    Symptoms,
    /// What the doctor said it is.
    Diagnosis,
    /// What was agreed.
    Plan,
}

/// A sentence of a note.
#[derive(Clone, Debug, PartialEq)]
pub struct Sentence {
    /// Where it stands.
    pub section: Section,
    /// Its language: that of the note, but for an extract of what was not translated.
    pub language: Language,
    /// The words.
    pub text: Phi<String>,
    /// The messages it rests on.
    pub sources: Vec<MessageId>,
    /// Why it does not count, where it does not.
    pub struck: Option<Struck>,
}

/// Why a sentence was struck out.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Struck {
    /// The reason.
    pub reason: Reason,
    /// The words of the sentence that it is about.
    pub words: Vec<Phi<String>>,
}

/// What is wrong with a sentence.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Reason {
    /// It names no message.
    NoSource,
    /// It names a message that is not there.
    UnknownSource,
    /// What it rests on was not translated into the note's language, so nobody can check it.
    NotTranslated,
    /// What it rests on gives orders to a program.
    Orders,
    /// It is a diagnosis or a plan, and the doctor did not say it.
    NotByDoctor,
    /// It was asked and never answered.
    OnlyAsked,
    /// A number, or what it counts, is another one.
    Number,
    /// A drug was not named.
    Drug,
    /// A side was not named, or of something else.
    Side,
    /// It affirms what was denied, or the other way round.
    Negation,
    /// Words of it were not said.
    NotSaid,
}

impl Section {
    /// Every section, in the order of a note.
    pub const ALL: [Self; 3] = [Self::Symptoms, Self::Diagnosis, Self::Plan];
}

impl Conversation {
    /// How many words were said, as they were said. Chinese and Japanese write none apart: there three
    /// characters are two words, and two characters one.
    pub fn words(&self) -> usize {
        let said = self.heard.iter().filter_map(|heard| heard.said.first());
        said.map(|wording| count(wording.text.expose(), wording.language))
            .sum()
    }

    /// # Errors
    /// [`Error::TooLittleSaid`] below [`FEWEST_WORDS`].
    pub fn is_enough(&self) -> Result<()> {
        let words = self.words();
        match words < FEWEST_WORDS {
            true => Err(Error::TooLittleSaid {
                words,
                needed: FEWEST_WORDS,
            }),
            false => Ok(()),
        }
    }
}

impl Heard {
    /// Its words in this language, if there are any.
    fn wording(&self, language: Language) -> Option<&Wording> {
        (self.said.iter())
            .find(|one| one.language == language && !one.text.expose().trim().is_empty())
    }
}

impl Struck {
    fn new(reason: Reason, words: impl IntoIterator<Item = String>) -> Option<Self> {
        let words = words.into_iter().map(Phi::new).collect();
        Some(Self { reason, words })
    }
}

fn count(text: &str, language: Language) -> usize {
    let words = tokens(text, language)
        .into_iter()
        .filter(|token| is_number(token) || token.chars().any(char::is_alphabetic));
    // A word in Latin letters within a Chinese sentence is one token for each letter: close enough.
    match language {
        Language::Zh => words.count() * 2 / 3,
        Language::Ja => words.count() / 2,
        _ => words.count(),
    }
}
