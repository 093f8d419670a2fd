//! Chat completions of one server: in the richest shape that it takes, by the first model that answers.

use std::sync::atomic::{AtomicUsize, Ordering};

use async_openai::types::chat::CreateChatCompletionRequest;
use reqwest::Response;

use super::{
    Settings,
    ask::{Body, Server},
};
use crate::error::{Error, Result};

/// How much of the protocol a server takes, the richest first.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Shape {
    /// A schema for the answer, no chance in the wording.
    Strict,
    /// A schema; some models let nobody choose the chance.
    Schema,
    /// Neither; the answer is asked for in words and checked all the same.
    Plain,
}

const SHAPES: [Shape; 3] = [Shape::Strict, Shape::Schema, Shape::Plain];
const PATH: [&str; 2] = ["chat", "completions"];

/// A server's chat models.
pub(super) struct Completions {
    server: Server,
    models: Vec<String>,
    /// The richest shape of request that the server took.
    shape: AtomicUsize,
}

impl Completions {
    /// Sends nothing yet.
    ///
    /// # Errors
    /// [`Error::Settings`] naming the field that cannot be used.
    pub(super) fn new(settings: &Settings) -> Result<Self> {
        Ok(Self {
            server: Server::new(&settings.base_url, settings.key.as_ref())?,
            models: settings.models()?,
            shape: AtomicUsize::new(0),
        })
    }

    pub(super) fn name(&self) -> &str {
        self.models.first().map_or("", String::as_str)
    }

    /// A whole answer that `read` can use.
    pub(super) async fn whole<T>(
        &self,
        make: impl Fn(&str, Shape) -> CreateChatCompletionRequest,
        read: impl Fn(&[u8]) -> Result<T>,
    ) -> Result<T> {
        let mut last = Error::ModelUnknown;
        for model in &self.models {
            let outcome = (self.by_model(model, &make).await).and_then(|body| read(&body));
            match outcome {
                Err(error) if another_may(&error) => last = error,
                outcome => return outcome,
            }
        }
        Err(last)
    }

    async fn by_model(
        &self,
        model: &str,
        make: &impl Fn(&str, Shape) -> CreateChatCompletionRequest,
    ) -> Result<Vec<u8>> {
        let mut at = self.shape.load(Ordering::Relaxed);
        loop {
            let body = Body::json(&make(model, SHAPES[at]))?;
            match self.server.whole(&PATH, &body).await {
                Err(error) if is_of_the_shape(&error, at) => at += 1,
                outcome => return self.took(at, outcome.map(|answer| answer.body)),
            }
        }
    }

    /// An answer that comes piece by piece.
    pub(super) async fn open(
        &self,
        make: impl Fn(&str, Shape) -> CreateChatCompletionRequest,
    ) -> Result<Response> {
        let mut last = Error::ModelUnknown;
        for model in &self.models {
            match self.open_by_model(model, &make).await {
                Err(error) if another_may(&error) => last = error,
                outcome => return outcome,
            }
        }
        Err(last)
    }

    async fn open_by_model(
        &self,
        model: &str,
        make: &impl Fn(&str, Shape) -> CreateChatCompletionRequest,
    ) -> Result<Response> {
        let mut at = self.shape.load(Ordering::Relaxed);
        loop {
            let body = Body::json(&make(model, SHAPES[at]))?;
            match self.server.open(&PATH, &body).await {
                Err(error) if is_of_the_shape(&error, at) => at += 1,
                outcome => return self.took(at, outcome),
            }
        }
    }

    /// Remembers the shape that the server took. One that took none was not refused for its shape.
    fn took<T>(&self, at: usize, outcome: Result<T>) -> Result<T> {
        if outcome.is_ok() {
            self.shape.store(at, Ordering::Relaxed);
        }
        outcome
    }
}

fn is_of_the_shape(error: &Error, at: usize) -> bool {
    matches!(error, Error::NotTaken { status: 400 | 422 }) && at + 1 < SHAPES.len()
}

/// Whether the next model may do better.
fn another_may(error: &Error) -> bool {
    let may = matches!(
        error,
        Error::ModelUnknown | Error::Overloaded { .. } | Error::Unusable(_)
    );
    if may {
        tracing::debug!(%error, "the next model is asked, if there is one");
    }
    may
}
