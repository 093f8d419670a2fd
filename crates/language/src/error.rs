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
    /// Too little was said for a note.
    #[error("{words} words were said, {needed} are needed")]
    TooLittleSaid {
        /// So many words were said.
        words: usize,
        /// Fewest for a note.
        needed: usize,
    },
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
    /// The speech model on this machine cannot be used.
    #[error("the speech model: {0:?}")]
    ModelFile(ModelFile),
    /// It is no sound that this engine takes: a WAV file of 16 kHz, one channel, 16 bit.
    #[error("the sound cannot be read")]
    Sound,
    /// Somebody stopped it.
    #[error("it was stopped")]
    Stopped,
}

/// What is wrong with a model file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ModelFile {
    /// It is not there, or cannot be read.
    Missing,
    /// It is no speech model of whisper.cpp.
    Foreign,
    /// It was cut off.
    Truncated,
    /// It is no longer the file that was installed.
    Changed,
    /// whisper.cpp cannot load or run it, also for want of memory.
    Unloadable,
    /// It knows English only, and somebody spoke another language.
    EnglishOnly,
    /// The disk is full.
    DiskFull,
    /// The clinic's folder cannot be written.
    Unwritable,
    /// Another one is being installed.
    Installing,
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
            Self::Unusable(_)
                | Self::NotTaken { .. }
                | Self::NoSuchPhrase
                | Self::Slot { .. }
                | Self::Sound
                | Self::ModelFile(ModelFile::EnglishOnly)
        )
    }
}

impl Coded for Error {
    fn code(&self) -> Code {
        match self {
            Self::Phrasebook { .. } => Code::Damaged,
            Self::NoSuchPhrase => Code::NotFound,
            Self::TextChanged | Self::NoEngine | Self::TooLittleSaid { .. } => Code::Conflict,
            Self::Slot { .. } | Self::Settings { .. } => Code::Invalid,
            Self::ModelFile(ModelFile::Foreign | ModelFile::Truncated) | Self::Sound => {
                Code::Unreadable
            }
            Self::ModelFile(ModelFile::DiskFull) => Code::DiskFull,
            Self::ModelFile(ModelFile::Unwritable) => Code::ReadOnly,
            Self::ModelFile(ModelFile::Installing) => Code::Busy,
            Self::ModelFile(_) => Code::ModelUnavailable,
            Self::Stopped => Code::Cancelled,
            _ => Code::EngineUnavailable,
        }
    }

    fn message_id(&self) -> &'static str {
        match self {
            Self::Phrasebook { .. } => "language-phrasebook-damaged",
            Self::NoSuchPhrase => "language-no-such-phrase",
            Self::Slot { .. } => "language-slot",
            Self::TextChanged => "language-text-changed",
            Self::TooLittleSaid { .. } => "language-too-little-said",
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
            Self::ModelFile(wrong) => match wrong {
                ModelFile::Missing => "language-model-missing",
                ModelFile::Foreign => "language-model-foreign",
                ModelFile::Truncated => "language-model-truncated",
                ModelFile::Changed => "language-model-changed",
                ModelFile::Unloadable => "language-model-unloadable",
                ModelFile::EnglishOnly => "language-model-english-only",
                ModelFile::DiskFull => "language-model-disk-full",
                ModelFile::Unwritable => "language-model-unwritable",
                ModelFile::Installing => "language-model-installing",
            },
            Self::Sound => "language-sound-unreadable",
            Self::Stopped => "language-stopped",
        }
    }

    fn args(&self) -> BTreeMap<&'static str, String> {
        match self {
            Self::Phrasebook { what } => [("what", what.clone())].into(),
            Self::Slot { slot } => [("slot", slot.clone())].into(),
            Self::TooLittleSaid { words, needed } => {
                [("words", words.to_string()), ("needed", needed.to_string())].into()
            }
            Self::Settings { field } => [("field", (*field).to_string())].into(),
            Self::Overloaded { status, .. } | Self::NotTaken { status } => {
                [("status", status.to_string())].into()
            }
            _ => BTreeMap::new(),
        }
    }
}
