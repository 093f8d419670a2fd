//! Any server that speaks the OpenAI protocol: OpenAI itself, or a clinic's own.
//!
//! The requests are `async-openai`'s. They are sent by `reqwest` directly, because that library's
//! client writes answers it cannot parse into the log, and they hold what patients said.

mod answer;
mod ask;
mod chat;
mod completions;
mod embed;
mod prompt;
mod stream;
mod transcribe;
mod translate;

use std::time::Duration;

use basics::Secret;

pub use chat::OpenAiChat;
pub use embed::OpenAiEmbedder;
pub use transcribe::OpenAiTranscriber;
pub use translate::OpenAi;

use crate::error::{Error, Result};

/// Where the server is and what it shall run.
#[derive(Clone, Debug)]
pub struct Settings {
    /// E.g. `https://api.openai.com/v1`. Plain `http` only on this machine: what patients say does not
    /// cross a network in the clear.
    pub base_url: String,
    /// Sent as a bearer token; none where the server wants none.
    pub key: Option<Secret<String>>,
    /// The model.
    pub model: String,
    /// Asked when the first is unknown, overloaded, or answers with nothing usable. Only a chat model has one.
    pub fallback_model: Option<String>,
    /// For one text, all tries together; of a stream, from one piece to the next. 1–600 seconds.
    pub timeout: Duration,
}

impl Settings {
    /// The models to ask, in order.
    ///
    /// # Errors
    /// [`Error::Settings`] where the first has no name, or the time is out of range.
    fn models(&self) -> Result<Vec<String>> {
        if self.model.trim().is_empty() {
            return Err(Error::Settings { field: "model" });
        }
        if !(1..=600).contains(&self.timeout.as_secs()) {
            return Err(Error::Settings { field: "timeout_s" });
        }
        let models = [Some(&self.model), self.fallback_model.as_ref()];
        Ok((models.into_iter().flatten())
            .map(|model| model.trim().to_owned())
            .filter(|model| !model.is_empty())
            .collect())
    }
}
