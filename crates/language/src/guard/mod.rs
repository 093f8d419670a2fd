//! Compares a text with its translation: what must not change between them, and what betrays a
//! translation that went wrong.
//!
//! Both texts are read by the rules of their own language (`assets/guard/<tag>.json`) into facts that
//! have the same names in every language; then the facts are compared. A rule that is not sure of a
//! word ("right" is a side, and correct) lets it explain a fact of the other text, but asks for none.
//! The guard says what differs; whether that is a mistake is for a clinician to say.

mod amounts;
mod compare;
mod denials;
mod lexer;
mod numbers;
mod read;
mod rules;
mod shape;

use std::sync::LazyLock;

use basics::Language;
use serde::{Deserialize, Serialize};

use rules::Rules;

/// What differs.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Kind {
    /// A number.
    Number,
    /// The unit of a number.
    Unit,
    /// A number of a dose, or how often it is taken.
    Dose,
    /// A month or a day of the week.
    Date,
    /// Not, no, without, never.
    Negation,
    /// Left, right, both sides.
    Laterality,
    /// The name of a drug.
    Drug,
    /// Before and after, more and less, positive and negative.
    Opposite,
    /// Far shorter or longer than such a translation is.
    Length,
    /// The same words over and over.
    Loop,
}

/// Something that differs, as it stands in both texts; empty where one of them says nothing of it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Flag {
    /// What.
    pub kind: Kind,
    /// In the source.
    pub source: String,
    /// In the translation.
    pub target: String,
}

/// How far the rules reach between two languages.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Coverage {
    /// What is compared.
    pub checked: Vec<Kind>,
    /// What is not, for want of rules in one of the languages.
    pub unchecked: Vec<Kind>,
    /// Whether false alarms were counted on professional translations between these languages.
    pub measured: bool,
}

/// The rules of every language.
pub struct Guard {
    rules: Rules,
}

impl Kind {
    /// Every kind.
    pub const ALL: [Self; 10] = [
        Self::Number,
        Self::Unit,
        Self::Dose,
        Self::Date,
        Self::Negation,
        Self::Laterality,
        Self::Drug,
        Self::Opposite,
        Self::Length,
        Self::Loop,
    ];

    /// Its name in files and in the record.
    pub fn key(self) -> &'static str {
        match self {
            Self::Number => "number",
            Self::Unit => "unit",
            Self::Dose => "dose",
            Self::Date => "date",
            Self::Negation => "negation",
            Self::Laterality => "laterality",
            Self::Drug => "drug",
            Self::Opposite => "opposite",
            Self::Length => "length",
            Self::Loop => "loop",
        }
    }

    /// The kind of this name.
    pub fn from_key(key: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.key() == key)
    }
}

impl Guard {
    /// The guard with the rules inside the program, made once.
    pub fn shared() -> &'static Self {
        static SHARED: LazyLock<Guard> = LazyLock::new(|| Guard {
            rules: Rules::embedded(),
        });
        &SHARED
    }

    /// What differs between a text and its translation, the gravest kinds first; nothing where both
    /// are in one language.
    pub fn compare(&self, source: &str, from: Language, target: &str, to: Language) -> Vec<Flag> {
        if from == to || source.trim().is_empty() {
            return Vec::new();
        }
        let (Some(one), Some(other)) = (self.rules.of(from), self.rules.of(to)) else {
            return Vec::new();
        };
        let said = read::read(source, from, one);
        let translated = read::read(target, to, other);
        let mut flags = compare::compare(&said, &translated, &self.coverage(from, to));
        flags.extend(shape::flags(&said, from, &translated, to));
        flags
    }

    /// How far the rules reach.
    pub fn coverage(&self, from: Language, to: Language) -> Coverage {
        let silent = |kind: Kind| {
            [from, to].iter().any(|&language| {
                (self.rules.of(language)).is_none_or(|rules| rules.silent.contains(&kind))
            })
        };
        let (unchecked, checked) = Kind::ALL.into_iter().partition(|&kind| silent(kind));
        Coverage {
            checked,
            unchecked,
            measured: [from, to].iter().all(|language| is_measured(*language)),
        }
    }
}

/// Languages of the professional translations that the false alarms are counted on.
fn is_measured(language: Language) -> bool {
    !matches!(language, Language::De | Language::Ja | Language::Te)
}

#[cfg(test)]
mod tests;
