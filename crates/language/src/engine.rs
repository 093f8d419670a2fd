//! What every translation engine is, wherever it runs.

use std::time::Duration;

use basics::{Language, Phi};
use futures_util::future::BoxFuture;

use crate::error::Result;

/// One text to translate.
#[derive(Clone, Debug)]
pub struct Request {
    /// The words.
    pub text: Phi<String>,
    /// What they are written in.
    pub from: Language,
    /// Into what.
    pub to: Language,
    /// What was said just before, for pronouns and the like; it is not translated.
    pub context: Option<Phi<String>>,
}

/// Translates. Dropping the future cancels: nothing goes on in the background.
///
/// An engine answers within the time it was given or fails with [`crate::Error::TimedOut`], and it
/// never returns what it doubts itself: that is [`crate::Error::Unusable`]. `tests/engine_contract`
/// is what each must pass.
pub trait Engine: Send + Sync + 'static {
    /// What the settings and messages call it: the model, never a key.
    fn name(&self) -> &str;

    /// Translates one text.
    fn translate<'a>(&'a self, request: &'a Request) -> BoxFuture<'a, Result<String>>;

    /// Asks for a small translation of its own to see whether it works; how long that took.
    fn check(&self) -> BoxFuture<'_, Result<Duration>>;
}

/// What translates, besides the phrasebook.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum State {
    /// Nothing is set.
    None,
    /// Set, and answering as far as is known.
    Ready {
        /// Its name.
        name: String,
    },
    /// Set, and not answering.
    Failing {
        /// Its name.
        name: String,
        /// What it last failed with.
        error: crate::Error,
    },
}
