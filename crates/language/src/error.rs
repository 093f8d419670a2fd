//! Why there is no translation. Nothing of what was said is in here.

use std::collections::BTreeMap;

use basics::{Code, Coded};

/// The result of this crate's functions.
pub type Result<T, E = Error> = std::result::Result<T, E>;

/// Why something was not translated.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum Error {
    /// A file of the phrasebook is not what it must be.
    #[error("the phrasebook: {what}")]
    Phrasebook {
        /// File, key and rule.
        what: String,
    },
    /// There is no such phrase.
    #[error("no such phrase")]
    NoSuchPhrase,
    /// A slot is empty, unknown, or filled with something else than it takes.
    #[error("slot {slot} is not filled as it must be")]
    Slot {
        /// Its name.
        slot: String,
    },
    /// The text is no longer the one that was shown when somebody decided about it.
    #[error("the text has changed meanwhile")]
    TextChanged,
    /// No engine is set.
    #[error("no engine is set")]
    NoEngine,
    /// The engine's address is no `http(s)://` address, or its key has characters no key has.
    #[error("the engine's {field} cannot be used")]
    Settings {
        /// `base_url`, `key` or `model`.
        field: &'static str,
    },
    /// The engine refuses the key (HTTP 401, 403).
    #[error("the engine refuses the key")]
    KeyRefused,
    /// The account behind the key has nothing left (HTTP 402, or 429 `insufficient_quota`).
    #[error("the account's quota is used up")]
    QuotaOut,
    /// The engine knows neither the model nor the one to fall back to (HTTP 404).
    #[error("the engine does not know the model")]
    ModelUnknown,
    /// No connection, or it was cut.
    #[error("the engine cannot be reached")]
    Unreachable,
    /// No answer in time.
    #[error("the engine did not answer in time")]
    TimedOut,
    /// Too many requests, or trouble at the engine's end (HTTP 429, 5xx), also after trying again.
    #[error("the engine is overloaded or broken (HTTP {status})")]
    Overloaded {
        /// What it answered.
        status: u16,
        /// Seconds after which it wants to be asked again.
        retry_after: Option<u64>,
    },
    /// The engine does not take the request (any other HTTP 4xx).
    #[error("the engine does not take the request (HTTP {status})")]
    NotTaken {
        /// What it answered.
        status: u16,
    },
    /// It answered, but not with a translation that can be shown.
    #[error("the answer cannot be used: {0:?}")]
    Unusable(Unusable),
}

/// What is wrong with an answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Unusable {
    /// It is not the JSON that was asked for.
    Malformed,
    /// It holds no words.
    Empty,
    /// The engine declined, or its filter did.
    Refused,
    /// It was cut off, or is far longer or shorter than the text.
    Length,
    /// It is the text itself, untranslated.
    Unchanged,
    /// It is not written in the language's script.
    Script,
}

impl Error {
    /// Whether it may pass by itself: then what was asked for waits, and is asked for again.
    pub fn may_pass(&self) -> bool {
        matches!(
            self,
            Self::Unreachable | Self::TimedOut | Self::Overloaded { .. } | Self::QuotaOut
        )
    }

    /// Whether it concerns this one text and says nothing about the engine.
    pub fn is_of_the_text(&self) -> bool {
        matches!(
            self,
            Self::Unusable(_) | Self::NotTaken { .. } | Self::NoSuchPhrase | Self::Slot { .. }
        )
    }
}

impl Coded for Error {
    fn code(&self) -> Code {
        match self {
            Self::Phrasebook { .. } => Code::Damaged,
            Self::NoSuchPhrase => Code::NotFound,
            Self::TextChanged | Self::NoEngine => Code::Conflict,
            Self::Slot { .. } | Self::Settings { .. } => Code::Invalid,
            _ => Code::EngineUnavailable,
        }
    }

    fn message_id(&self) -> &'static str {
        match self {
            Self::Phrasebook { .. } => "language-phrasebook-damaged",
            Self::NoSuchPhrase => "language-no-such-phrase",
            Self::Slot { .. } => "language-slot",
            Self::TextChanged => "language-text-changed",
            Self::NoEngine => "language-no-engine",
            Self::Settings { .. } => "language-engine-settings",
            Self::KeyRefused => "language-key-refused",
            Self::QuotaOut => "language-quota-out",
            Self::ModelUnknown => "language-model-unknown",
            Self::Unreachable => "language-engine-unreachable",
            Self::TimedOut => "language-engine-slow",
            Self::Overloaded { .. } => "language-engine-overloaded",
            Self::NotTaken { .. } => "language-request-not-taken",
            Self::Unusable(_) => "language-answer-unusable",
        }
    }

    fn args(&self) -> BTreeMap<&'static str, String> {
        match self {
            Self::Phrasebook { what } => [("what", what.clone())].into(),
            Self::Slot { slot } => [("slot", slot.clone())].into(),
            Self::Settings { field } => [("field", (*field).to_string())].into(),
            Self::Overloaded { status, .. } | Self::NotTaken { status } => {
                [("status", status.to_string())].into()
            }
            _ => BTreeMap::new(),
        }
    }
}
