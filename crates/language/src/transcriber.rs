//! What writes down a voice note, on this machine or elsewhere.

use std::time::{Duration, Instant};

use basics::{Language, Phi};
use futures_util::{FutureExt, future::BoxFuture};

use crate::{engines::sound, error::Result};

/// What was said, as a machine heard it.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Transcript {
    /// The language it heard, if it says and if it is one of the house.
    pub language: Option<Language>,
    /// Piece by piece, in order; none where it heard no words.
    pub segments: Vec<Segment>,
}

/// A piece of it.
#[derive(Clone, Debug, PartialEq)]
pub struct Segment {
    /// Where it begins.
    pub from_ms: u64,
    /// Where it ends.
    pub to_ms: u64,
    /// The words.
    pub text: Phi<String>,
    /// How sure the engine is, 0 to 1, where it says.
    pub confidence: Option<f32>,
}

impl Transcript {
    /// The whole text.
    pub fn text(&self) -> Phi<String> {
        let words: Vec<&str> = (self.segments.iter())
            .map(|segment| segment.text.expose().trim())
            .filter(|text| !text.is_empty())
            .collect();
        // Chinese and Japanese put no space between sentences.
        let between = match self.language {
            Some(Language::Zh | Language::Ja) => "",
            _ => " ",
        };
        Phi::new(words.join(between))
    }
}

/// Writes down speech. Dropping the future cancels: nothing goes on in the background.
pub trait Transcriber: Send + Sync + 'static {
    /// What the settings and marks call it: the model, never a key.
    fn name(&self) -> &str;

    /// Whether the sound stays on this machine.
    fn on_device(&self) -> bool;

    /// Writes down a WAV file (16 kHz, one channel, 16 bit). The hint is what the speaker says they speak.
    fn transcribe<'a>(
        &'a self,
        wav: &'a [u8],
        hint: Option<Language>,
    ) -> BoxFuture<'a, Result<Transcript>>;

    /// Writes down a second of its own to see whether it works; how long that took.
    fn check(&self) -> BoxFuture<'_, Result<Duration>> {
        async move {
            let started = Instant::now();
            let silence = sound::silence();
            let written = self.transcribe(&silence, None).await;
            written.map(|_| started.elapsed())
        }
        .boxed()
    }
}
