//! The phrasebook's files, as they lie in `assets/phrasebook`.

use std::collections::BTreeMap;

use basics::Language;
use indexmap::IndexMap;
use serde::{Deserialize, Serialize};

/// What sort of sentence a phrase is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Kind {
    /// Asks something.
    Question,
    /// Answers it.
    Answer,
    /// Tells somebody to do something.
    Instruction,
    /// Asks for leave, or gives it.
    Consent,
    /// Danger.
    Emergency,
    /// Politeness.
    Greeting,
}

impl Kind {
    /// Its name in the files.
    pub fn name(self) -> &'static str {
        match self {
            Self::Question => "question",
            Self::Answer => "answer",
            Self::Instruction => "instruction",
            Self::Consent => "consent",
            Self::Emergency => "emergency",
            Self::Greeting => "greeting",
        }
    }
}

/// Who says a phrase.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Who {
    /// The doctor.
    Doctor,
    /// The patient.
    Patient,
    /// Either.
    Both,
}

/// What a slot takes.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Deserialize)]
#[serde(from = "String")]
pub enum SlotKind {
    /// A number, in digits.
    Number,
    /// A value of this list in `slots.json`.
    Listed(String),
}

impl From<String> for SlotKind {
    fn from(kind: String) -> Self {
        match kind.as_str() {
            "number" => Self::Number,
            _ => Self::Listed(kind),
        }
    }
}

/// `NN-<situation>.json`.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct SituationFile {
    pub(super) situation: String,
    pub(super) title: BTreeMap<Language, String>,
    pub(super) phrases: Vec<PhraseFile>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct PhraseFile {
    pub(super) key: String,
    pub(super) kind: Kind,
    pub(super) who: Who,
    pub(super) text: BTreeMap<Language, String>,
    #[serde(default)]
    pub(super) slots: BTreeMap<String, SlotKind>,
    /// Where the professional translation is from, by language.
    #[serde(default)]
    pub(super) source: BTreeMap<Language, String>,
}

/// `slots.json`: kind, then the values' keys with their texts, in the file's order.
pub(super) type SlotsFile = BTreeMap<String, IndexMap<String, BTreeMap<Language, String>>>;
