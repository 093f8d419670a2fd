//! Writes down voice notes, by a transcription model.

use std::{
    sync::atomic::{AtomicBool, Ordering},
    time::Duration,
};

use basics::Language;
use futures_util::{FutureExt, future::BoxFuture};
use serde::Deserialize;

use super::{
    Settings,
    ask::{Answer, Body, Server},
};
use crate::{
    engines::sound,
    error::{Error, Result, Unusable},
    transcriber::{Segment, Transcriber, Transcript},
};

/// Letters that somebody says in a second, at most; an engine that loops says more.
const LETTERS: u64 = 50;
/// Above this a piece repeats itself, as the model's own decoder judges it.
const REPEATS: f32 = 2.4;
const PATH: [&str; 2] = ["audio", "transcriptions"];

/// A transcription model.
pub struct OpenAiTranscriber {
    server: Server,
    model: String,
    timeout: Duration,
    /// The server gives no pieces.
    bare: AtomicBool,
}

/// What is read of an answer; servers differ in the rest, and own ones leave out `usage`.
#[derive(Deserialize)]
struct Answered {
    text: String,
    #[serde(default)]
    language: Option<String>,
    #[serde(default)]
    segments: Option<Vec<Piece>>,
}

#[derive(Deserialize)]
struct Piece {
    start: f64,
    end: f64,
    text: String,
    #[serde(default)]
    avg_logprob: Option<f32>,
    #[serde(default)]
    no_speech_prob: Option<f32>,
    #[serde(default)]
    compression_ratio: Option<f32>,
}

impl OpenAiTranscriber {
    /// Sends nothing yet.
    ///
    /// # Errors
    /// [`Error::Settings`] naming the field that cannot be used.
    pub fn new(settings: &Settings) -> Result<Self> {
        settings.models()?;
        Ok(Self {
            server: Server::new(&settings.base_url, settings.key.as_ref())?,
            model: settings.model.trim().to_owned(),
            timeout: settings.timeout,
            bare: AtomicBool::new(false),
        })
    }

    async fn written(&self, sound: &[u8], hint: Option<Language>) -> Result<Transcript> {
        let bare = self.bare.load(Ordering::Relaxed);
        let answer = match self.asked(sound, hint, bare).await {
            // Some models take no other shape than the bare one.
            Err(Error::NotTaken { status: 400 | 422 }) if !bare => {
                let answer = self.asked(sound, hint, true).await?;
                self.bare.store(true, Ordering::Relaxed);
                answer
            }
            outcome => outcome?,
        };
        transcript(&answer, sound::milliseconds(sound))
    }

    async fn asked(&self, sound: &[u8], hint: Option<Language>, bare: bool) -> Result<Answer> {
        let mut fields = vec![("model", self.model.clone()), ("temperature", "0".into())];
        fields.extend(hint.map(|hint| ("language", hint.tag().into())));
        match bare {
            true => fields.push(("response_format", "json".into())),
            false => fields.extend([
                ("response_format", "verbose_json".into()),
                ("timestamp_granularities[]", "segment".into()),
            ]),
        }
        let body = Body::Sound {
            file: sound::file_name(sound),
            bytes: sound.to_vec(),
            fields,
        };
        self.server.whole(&PATH, &body).await
    }
}

impl Transcriber for OpenAiTranscriber {
    fn name(&self) -> &str {
        &self.model
    }

    fn on_device(&self) -> bool {
        false
    }

    fn transcribe<'a>(
        &'a self,
        wav: &'a [u8],
        hint: Option<Language>,
    ) -> BoxFuture<'a, Result<Transcript>> {
        async move {
            tokio::time::timeout(self.timeout, self.written(wav, hint))
                .await
                .unwrap_or(Err(Error::TimedOut))
        }
        .boxed()
    }
}

/// The transcript in an answer to a sound of this length, where that is known.
fn transcript(answer: &Answer, length: Option<u64>) -> Result<Transcript> {
    let malformed = Error::Unusable(Unusable::Malformed);
    let answered: Answered = match serde_json::from_slice(&answer.body) {
        Ok(answered) => answered,
        // Some own servers answer with the words alone.
        Err(_) if answer.is_text && !answer.body.trim_ascii_start().starts_with(b"{") => Answered {
            text: String::from_utf8(answer.body.clone()).map_err(|_| malformed.clone())?,
            language: None,
            segments: None,
        },
        Err(_) => return Err(malformed),
    };
    let language = answered.language.as_deref().and_then(language);
    let pieces = answered.segments.filter(|pieces| !pieces.is_empty());
    let mut segments: Vec<Segment> = match pieces {
        Some(pieces) => (pieces.into_iter())
            .map(|piece| segment(piece, length))
            .collect::<Option<_>>()
            .ok_or(malformed)?,
        None => vec![Segment {
            from_ms: 0,
            to_ms: length.unwrap_or_default(),
            text: sound::words(&answered.text),
            confidence: None,
        }],
    };
    segments.retain(|segment| !segment.text.expose().is_empty());
    segments.sort_by_key(|segment| segment.from_ms);
    let said: usize = segments
        .iter()
        .map(|s| s.text.expose().chars().count())
        .sum();
    let most = length.map(|ms| 500 + LETTERS * ms / 1_000);
    match most.is_some_and(|most| said as u64 > most) {
        true => Err(Error::Unusable(Unusable::Length)),
        false => Ok(Transcript { language, segments }),
    }
}

fn segment(piece: Piece, length: Option<u64>) -> Option<Segment> {
    let ms = |seconds: f64| {
        let ms = (seconds.is_finite() && seconds >= 0.0).then_some((seconds * 1_000.0) as u64)?;
        Some(ms.min(length.unwrap_or(u64::MAX)))
    };
    let (from_ms, to_ms) = (ms(piece.start)?, ms(piece.end)?);
    Some(Segment {
        from_ms,
        to_ms: to_ms.max(from_ms),
        text: sound::words(&piece.text),
        confidence: confidence(&piece),
    })
}

/// The mean likelihood of its words, less the more it may be no speech at all; a piece that repeats
/// itself is not to be trusted.
fn confidence(piece: &Piece) -> Option<f32> {
    let spoken = 1.0 - piece.no_speech_prob.unwrap_or_default().clamp(0.0, 1.0);
    let likely = piece.avg_logprob.filter(|mean| !mean.is_nan())?.exp();
    match piece.compression_ratio {
        Some(ratio) if ratio > REPEATS => Some(0.0),
        _ => Some((likely * spoken).clamp(0.0, 1.0)),
    }
}

/// Servers say "en" or "english".
fn language(told: &str) -> Option<Language> {
    let told = told.trim().to_lowercase();
    let is_it = |language: &Language| told == language.english_name().to_lowercase();
    Language::from_tag(&told).or_else(|| Language::ALL.into_iter().find(is_it))
}
